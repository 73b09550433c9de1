import Contracts
import InventoryDomain
import Pipeline
import Support
import Testing

@testable import Inventory

@Suite("What warehouses and operators say")
struct WarehouseTests {
    private func head(_ id: String) -> CommandHead {
        CommandHead(commandID: id, actor: "u-1", reason: "because", issuedAt: .sample)
    }

    private func command(_ command: some HeadedCommand, to mall: Mall) throws {
        mall.harness.publish(command, on: .commands(of: "inventory"), key: command.key)
        try mall.harness.settle()
    }

    @Test(
        arguments: [
            (.received, 3, 13), (.adjusted, -2, 8), (.adjusted, 2, 12), (.scrapped, 4, 6), (.transferredOut, 6, 4),
            (.transferredIn, 1, 11), (.counted, 7, 7), (.counted, 10, 10),
        ] as [(WarehouseMovement.Kind, Int64, Int64)])
    func movementChangesWhatIsOnHand(kind: WarehouseMovement.Kind, quantity: Int64, balance: Int64) throws {
        let mall = try Mall(onHand: ["hangzhou": 10])
        mall.move(.sample(movementID: "M", kind: kind, quantity: quantity, reference: "R"))
        try mall.harness.settle()
        #expect(mall.stock()?.level("hangzhou").onHand == balance)
        let moved = mall.harness.facts(StockMoved.self).filter { $0.movementID == "M" }
        #expect(moved.map(\.quantity) == (balance == 10 ? [] : [balance - 10]))
        #expect(moved.allSatisfy { $0.balance == balance && $0.kind.rawValue == kind.rawValue && $0.reference == "R" })
        try mall.audit()
    }

    @Test(
        arguments: [(.adjusted, -3), (.scrapped, 3), (.transferredOut, 3), (.counted, 1)]
            as [(WarehouseMovement.Kind, Int64)])
    func movementBelowWhatIsReservedIsAFault(kind: WarehouseMovement.Kind, quantity: Int64) throws {
        let mall = try Mall(onHand: ["hangzhou": 4])
        mall.harness.publish(OrderPlaced.sample(lines: [.sample(quantity: 2)]))
        try mall.harness.settle()
        mall.move(.sample(movementID: "M", kind: kind, quantity: quantity))
        try mall.harness.settle()
        #expect(mall.faults == ["quantity: 1 pieces would be left for 2 reserved ones"])
        try mall.audit()
    }

    @Test func movementThatComesAgainChangesNothingAndAnotherUnderItsNumberIsAFault() throws {
        let mall = try Mall(onHand: ["hangzhou": 4])
        for _ in 0..<2 { mall.move(.sample(movementID: "M", quantity: 5)) }
        try mall.harness.settle()
        #expect(mall.stock()?.level("hangzhou").onHand == 9)
        #expect(mall.faults == [])
        mall.move(.sample(movementID: "M", quantity: 6))
        mall.move(.sample(movementID: "M", sku: "SKU-2", quantity: 6))
        mall.move(.sample(movementID: "M", warehouse: "beijing", quantity: 6))
        try mall.harness.settle()
        #expect(mall.faults == ["movementId: came before with another content"])
        #expect(mall.stock()?.level("beijing").onHand == 6)
        try mall.audit()
    }

    @Test func movementWaitsForItsWarehouseThirtySeconds() throws {
        let mall = try Mall()
        mall.receive(5, at: "shenzhen", id: "A")
        mall.receive(5, at: "nowhere", id: "B")
        try mall.harness.settle()
        mall.harness.publish(CatalogWarehouse.sample(warehouse: "shenzhen"), on: .catalogWarehouses, key: "shenzhen")
        try mall.harness.advance(by: .seconds(2))
        #expect(mall.stock()?.level("shenzhen").onHand == 5)
        #expect(mall.faults == [])
        for _ in 0..<10 { try mall.harness.advance(by: .seconds(10)) }
        #expect(mall.faults == ["-: warehouse nowhere is unknown"])
    }

    @Test func orderedPiecesAreExpectedUntilTheyCome() throws {
        let mall = try Mall(onHand: ["hangzhou": 1])
        mall.move(.sample(movementID: "O", kind: .ordered, quantity: 10, reference: "PO-1"))
        mall.move(.sample(movementID: "R", kind: .received, quantity: 4, reference: "PO-1"))
        mall.move(.sample(movementID: "X", kind: .received, quantity: 4, reference: "PO-2"))
        mall.move(.sample(movementID: "C", kind: .orderCancelled, quantity: 1, reference: "PO-1"))
        try mall.harness.settle()
        #expect(mall.stock()?.incomingTotal == 5)
        #expect(mall.stock()?.level("hangzhou").onHand == 9)
        try mall.harness.advance(by: .seconds(2))
        #expect(mall.harness.facts(AvailabilityChanged.self).last?.incoming == 5)
        try mall.audit()
    }

    @Test func piecesBetweenTwoWarehousesAreExpected() throws {
        let mall = try Mall(onHand: ["hangzhou": 10])
        mall.move(.sample(movementID: "T-out", kind: .transferredOut, quantity: 6, reference: "T-1"))
        try mall.harness.settle()
        #expect(mall.stock()?.incomingTotal == 6)
        mall.move(
            .sample(movementID: "T-in", warehouse: "beijing", kind: .transferredIn, quantity: 6, reference: "T-1"))
        try mall.harness.settle()
        #expect(mall.stock()?.incomingTotal == 0)
        #expect(mall.stock()?.level("beijing").onHand == 6)
        try mall.audit()
    }

    @Test func availabilityIsToldAtOnceThenTogetherAndAtOnceWhenNothingIsLeft() throws {
        let mall = try Mall(onHand: ["hangzhou": 4])
        for number in 1...3 {
            mall.harness.publish(OrderPlaced.sample(externalOrderID: "N-\(number)"))
            try mall.harness.settle()
        }
        #expect(mall.harness.facts(AvailabilityChanged.self).map(\.available) == [4])
        try mall.harness.advance(by: .seconds(2))
        #expect(mall.harness.facts(AvailabilityChanged.self).map(\.available) == [4, 1])
        mall.harness.publish(OrderPlaced.sample(externalOrderID: "N-4"))
        try mall.harness.settle()
        #expect(mall.harness.facts(AvailabilityChanged.self).map(\.available) == [4, 1, 0])
        let last = try #require(mall.harness.facts(AvailabilityChanged.self).last)
        #expect(
            last.byWarehouse == [WarehouseAvailability(warehouse: "hangzhou", onHand: 4, reserved: 4, available: 0)])
    }

    @Test func lowStockIsToldOnceAndItsRecoveryToo() throws {
        let mall = try Mall(onHand: ["hangzhou": 12], items: [.sample(reorderPoint: 10)])
        mall.harness.publish(OrderPlaced.sample(lines: [.sample(quantity: 2)]))
        mall.harness.publish(OrderPlaced.sample(externalOrderID: "WX-2", lines: [.sample(quantity: 2)]))
        try mall.harness.settle()
        mall.receive(5, id: "more")
        try mall.harness.settle()
        #expect(mall.harness.facts(StockLow.self).map(\.available).count == 1)
        #expect(mall.harness.facts(StockRecovered.self).map(\.available) == [13])
    }

    @Test func safetyStockIsHeldBackAndCanBeSetByWarehouseAndSku() throws {
        let mall = try Mall(onHand: ["hangzhou": 5], items: [.sample(safetyStock: 1)])
        #expect(mall.harness.facts(AvailabilityChanged.self).last?.available == 4)
        try command(SetSafetyStock(head: head("C1"), sku: "SKU-1", quantity: 3), to: mall)
        try command(SetSafetyStock(head: head("C2"), sku: "SKU-1", warehouse: "hangzhou", quantity: 1), to: mall)
        mall.harness.publish(OrderPlaced.sample(lines: [.sample(quantity: 2)]))
        try mall.harness.settle()
        #expect(
            mall.harness.facts(StockRejected.self).first?.shortages
                == [Shortage(sku: "SKU-1", wanted: 2, available: 1)])
        #expect(mall.harness.facts(CommandAnswered.self).map(\.outcome) == [.accepted, .accepted])
    }

    @Test func commandThatMakesNoSenseIsRefused() throws {
        let mall = try Mall(onHand: ["hangzhou": 5])
        try command(RepairStock(head: head("C1"), sku: "SKU-1", warehouse: "hangzhou"), to: mall)
        try command(SetSafetyStock(head: head("C2"), sku: "SKU-1", quantity: -1), to: mall)
        try command(SetSafetyStock(head: head("C3"), sku: "SKU-1", warehouse: "mars", quantity: 1), to: mall)
        try command(RepublishAvailability(head: head("C4"), sku: "none"), to: mall)
        try command(RunForecast(head: head("C5"), sku: "none"), to: mall)
        try command(SetChannelQuota(head: head("C6"), sku: "none", channel: "jd", quantity: 1), to: mall)
        try command(SetChannelQuota(head: head("C7"), sku: "SKU-1", channel: "jd", quantity: -1), to: mall)
        let answers = mall.harness.facts(CommandAnswered.self)
        #expect(answers.allSatisfy { $0.outcome == .refused })
        #expect(
            answers.map(\.reason) == [
                "SKU-1 was never stocked in hangzhou", "quantity -1 is negative", "warehouse mars is unknown",
                "none was never stocked", "none was never stocked", "none was never stocked", "quantity -1 is negative",
            ])
    }

    @Test func availabilityIsToldAgainOnDemand() throws {
        let mall = try Mall(onHand: ["hangzhou": 5])
        try command(RepublishAvailability(head: head("C1"), sku: "SKU-1"), to: mall)
        #expect(mall.harness.facts(AvailabilityChanged.self).map(\.available) == [5, 5])
    }

    @Test func catalogChangesWhatCanBeSold() throws {
        let mall = try Mall(onHand: ["hangzhou": 5])
        mall.harness.clock.advance(by: .seconds(5))
        mall.harness.publish(CatalogItem.sample(safetyStock: 2), on: .catalogItems, key: "SKU-1")
        try mall.harness.settle()
        #expect(mall.harness.facts(AvailabilityChanged.self).map(\.available) == [5, 3])
    }

    @Test func withdrawnWarehouseSendsNothing() throws {
        let mall = try Mall(onHand: ["hangzhou": 5])
        mall.harness.broker.publish("catalog.warehouses.v1", key: "hangzhou", value: nil)
        try mall.harness.settle()
        mall.harness.publish(OrderPlaced.sample())
        try mall.harness.settle()
        #expect(mall.harness.facts(StockRejected.self).count == 1)
        #expect(mall.faults == [])
    }

    @Test func unknownCommandIsAFaultAndUnknownFactIsNot() throws {
        let mall = try Mall()
        mall.harness.publish(OrderConfirmed.sample())
        mall.harness.publish(ChannelOrderReceived.sample, on: .commands(of: "inventory"), key: "x")
        try mall.harness.settle()
        #expect(mall.faults == ["ce_type: is a type this service does not know"])
    }
}

extension ChannelOrderReceived {
    fileprivate static let sample = ChannelOrderReceived(
        channel: "wechat-mini", externalOrderID: "WX-1", receivedAt: .sample)
}
