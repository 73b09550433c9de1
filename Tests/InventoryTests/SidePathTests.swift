import Contracts
import InventoryDomain
import Pipeline
import Support
import Testing

@testable import Inventory

@Suite("Orders that end otherwise")
struct SidePathTests {
    private func cancel(_ orderID: OrderID = .sample) -> OrderCancelled {
        OrderCancelled(orderID: orderID, reason: .paymentTimeout, cancelledAt: .sample, refundDue: 0)
    }

    private func reinstate() -> OrderReinstated {
        OrderReinstated(orderID: .sample, reservation: 2, paymentID: "P-1", amount: 1, reinstatedAt: .sample)
    }

    private func inspect(_ outcome: InspectionOutcome) -> CaseInspected {
        CaseInspected(
            orderID: .sample, caseID: "\(OrderID.sample)-A1", warehouse: "beijing",
            lines: [InspectedLine(lineID: "1", sku: "SKU-1", quantity: 1, outcome: outcome)], inspectedAt: .sample,
            version: 4)
    }

    private func revised(_ sku: String, pieces: Int64 = 1, reservation: Int64 = 1) -> OrderRevised {
        var line = PlacedLine.sample(sku: sku, quantity: 2)
        line = PlacedLine(
            lineID: line.lineID, sku: sku, quantity: 2, unitPrice: line.unitPrice, discount: 0, orderDiscountShare: 0,
            freightShare: 0, paid: line.paid, piecesPerUnit: pieces)
        return OrderRevised(
            orderID: .sample, cause: .sku, reservation: reservation, region: .sample(), weightGrams: 1, lines: [line],
            goodsTotal: line.paid, freight: 0, total: line.paid, receivable: line.paid, reason: "matched",
            revisedAt: .sample)
    }

    @Test func whatIsMatchedLaterIsReservedThen() throws {
        let mall = try Mall(onHand: ["hangzhou": 6])
        mall.harness.publish(OrderPlaced.sample(reservation: 0, lines: [.sample(sku: "theirs", quantity: 2)]))
        try mall.harness.settle()
        #expect(mall.harness.facts(StockReserved.self).isEmpty)
        mall.harness.publish(revised("theirs", reservation: 0))
        mall.harness.publish(revised("SKU-1", pieces: 3))
        mall.harness.publish(revised("SKU-1", pieces: 3))
        mall.harness.publish(revised("SKU-1", pieces: 2))
        try mall.harness.settle()
        let reserved = mall.harness.facts(StockReserved.self)
        #expect(reserved.map(\.reservation) == [1])
        #expect(reserved.first?.allocations.flatMap(\.lines).map(\.quantity) == [6])
        #expect(mall.harness.facts(StockRejected.self).isEmpty)
        #expect(mall.stock()?.level("hangzhou") == StockLevel(onHand: 6, reserved: 6))
        try mall.audit()
    }

    /// A platform has changed the goods: what was set aside goes back, and the others are asked for.
    @Test func otherGoodsAreAskedForUnderTheNextNumber() throws {
        let mall = try Mall(onHand: ["hangzhou": 6])
        mall.harness.publish(OrderPlaced.sample(lines: [.sample(quantity: 5)]))
        mall.harness.publish(revised("SKU-1", pieces: 3, reservation: 2))
        mall.harness.publish(revised("SKU-1", pieces: 1, reservation: 2))
        try mall.harness.settle()
        #expect(mall.harness.facts(StockReserved.self).map(\.reservation) == [1, 2])
        #expect(mall.harness.facts(StockReleased.self).map(\.reservation) == [1])
        #expect(mall.stock()?.level("hangzhou") == StockLevel(onHand: 6, reserved: 6))
        try mall.audit()
    }

    @Test func anotherAddressCountsWhenStockIsAskedForAgain() throws {
        let mall = try Mall(onHand: ["hangzhou": 5, "beijing": 5])
        mall.harness.publish(OrderPlaced.sample(lines: [.sample(quantity: 2)]))
        let line = PlacedLine.sample(quantity: 2)
        mall.harness.publish(
            OrderRevised(
                orderID: .sample, cause: .address, reservation: 1,
                region: Region(country: "CN", province: "北京市", city: "北京市"), weightGrams: 1, lines: [line],
                goodsTotal: line.paid, freight: 0, total: line.paid, receivable: line.paid, reason: "moved",
                revisedAt: .sample))
        mall.harness.publish(cancel())
        mall.harness.publish(reinstate())
        try mall.harness.settle()
        let reserved = mall.harness.facts(StockReserved.self)
        #expect(reserved.map { $0.allocations.map(\.warehouse) } == [["hangzhou"], ["beijing"]])
        try mall.audit()
    }

    @Test func aRevisionThatComesBeforeItsOrderWaits() throws {
        let mall = try Mall(onHand: ["hangzhou": 6])
        mall.harness.publish(revised("SKU-1"))
        try mall.harness.settle()
        mall.harness.publish(OrderPlaced.sample(reservation: 0, lines: [.sample(sku: "theirs", quantity: 2)]))
        try mall.harness.settle()
        #expect(mall.harness.facts(StockReserved.self).count == 1)
        try mall.audit()
    }

    @Test func cancelledOrderFreesItsPiecesOnce() throws {
        let mall = try Mall(onHand: ["hangzhou": 5])
        mall.harness.publish(OrderPlaced.sample(lines: [.sample(quantity: 2)]))
        mall.harness.publish(cancel())
        mall.harness.publish(cancel())
        try mall.harness.settle()
        #expect(mall.harness.facts(StockReleased.self).map(\.reason) == ["payment-timeout"])
        #expect(mall.stock()?.level("hangzhou") == StockLevel(onHand: 5))
        try mall.audit()
    }

    @Test func orderPaidTooLateAsksAgainUnderTheNextNumber() throws {
        let mall = try Mall(onHand: ["hangzhou": 5])
        mall.harness.publish(OrderPlaced.sample(lines: [.sample(quantity: 2)]))
        mall.harness.publish(cancel())
        mall.harness.publish(reinstate())
        mall.harness.publish(reinstate())
        mall.harness.publish(ShipmentDispatched.sample(lines: [.sample(quantity: 2)]))
        try mall.harness.settle()
        #expect(mall.harness.facts(StockReserved.self).map(\.reservation) == [1, 2])
        #expect(mall.harness.facts(StockDeducted.self).map(\.reservation) == [2])
        try mall.audit()
    }

    @Test func orderPaidTooLateIsRejectedWhenSomebodyElseHasThePieces() throws {
        let mall = try Mall(onHand: ["hangzhou": 2])
        mall.harness.publish(OrderPlaced.sample(lines: [.sample(quantity: 2)]))
        mall.harness.publish(cancel())
        try mall.harness.settle()
        mall.harness.publish(OrderPlaced.sample(externalOrderID: "WX-2"))
        try mall.harness.settle()
        mall.harness.publish(reinstate())
        try mall.harness.settle()
        let rejected = try #require(mall.harness.facts(StockRejected.self).first)
        #expect(rejected.reservation == 2)
        #expect(rejected.shortages == [Shortage(sku: "SKU-1", wanted: 2, available: 1)])
    }

    @Test func orderWithUnmatchedLinesAsksOnlyWhenItIsReinstated() throws {
        let mall = try Mall(onHand: ["hangzhou": 9])
        mall.harness.publish(OrderPlaced.sample(reservation: 0, lines: [.sample(sku: "SET", quantity: 2)]))
        try mall.harness.settle()
        #expect(mall.harness.facts(StockRejected.self).isEmpty)
        let listing = CatalogListing(
            channel: "wechat-mini", externalSku: "SET", components: [.init(sku: "SKU-1", quantity: 3)])
        mall.harness.publish(listing, on: .catalogListings, key: "wechat-mini/SET")
        try mall.harness.settle()
        mall.harness.publish(
            OrderReinstated(orderID: .sample, reservation: 1, paymentID: "P", amount: 1, reinstatedAt: .sample))
        try mall.harness.settle()
        #expect(mall.stock()?.level("hangzhou").reserved == 6)
        try mall.audit()
    }

    @Test(arguments: [false, true])
    func lastPieceGoesToTheFirstOfTwoOrders(isReversed: Bool) throws {
        let mall = try Mall(onHand: ["hangzhou": 1])
        let names = isReversed ? ["WX-2", "WX-1"] : ["WX-1", "WX-2"]
        for name in names {
            mall.harness.publish(OrderPlaced.sample(externalOrderID: name))
            try mall.harness.settle()
        }
        #expect(mall.harness.facts(StockReserved.self).map(\.orderID) == [.sample(names[0])])
        #expect(mall.harness.facts(StockRejected.self).map(\.orderID) == [.sample(names[1])])
        try mall.audit()
    }

    @Test func cancelBeforeDispatchFreesAndTheShipmentIsAFault() throws {
        let mall = try Mall(onHand: ["hangzhou": 1])
        mall.harness.publish(OrderPlaced.sample())
        mall.harness.publish(cancel())
        try mall.harness.settle()
        mall.harness.publish(ShipmentDispatched.sample())
        try mall.harness.settle()
        #expect(mall.faults == ["lines[0].quantity: 1 pieces left hangzhou, 0 are reserved there"])
        try mall.audit()
    }

    @Test func cancelAfterDispatchFreesOnlyWhatHasNotLeft() throws {
        let mall = try Mall(onHand: ["hangzhou": 5])
        mall.harness.publish(OrderPlaced.sample(lines: [.sample(quantity: 3)]))
        try mall.harness.settle()
        mall.harness.publish(ShipmentDispatched.sample(lines: [.sample(quantity: 2)]))
        try mall.harness.settle()
        mall.harness.publish(cancel())
        try mall.harness.settle()
        #expect(mall.harness.facts(StockReleased.self).map(\.lines) == [[.sample(quantity: 1)]])
        #expect(mall.stock()?.level("hangzhou") == StockLevel(onHand: 3))
        try mall.audit()
    }

    @Test func repetitionsChangeNothing() throws {
        let mall = try Mall(onHand: ["hangzhou": 5])
        for _ in 0..<2 {
            mall.harness.publish(OrderPlaced.sample())
            mall.harness.publish(ShipmentDispatched.sample())
            mall.harness.publish(inspect(.restock))
            try mall.harness.settle()
        }
        #expect(mall.harness.facts(StockReserved.self).count == 1)
        #expect(mall.harness.facts(StockDeducted.self).count == 1)
        #expect(mall.harness.facts(StockReturned.self).count == 1)
        #expect(mall.faults == [])
        try mall.audit()
    }

    @Test func shipmentThatComesBeforeItsOrderWaits() throws {
        let mall = try Mall(onHand: ["hangzhou": 5])
        mall.harness.publish(ShipmentDispatched.sample())
        try mall.harness.settle()
        #expect(mall.harness.database.waiting.map(\.key) == ["reservation:\(OrderID.sample)"])
        mall.harness.publish(OrderPlaced.sample())
        try mall.harness.settle()
        #expect(mall.harness.facts(StockDeducted.self).count == 1)
        #expect(mall.harness.database.waiting.isEmpty)
    }

    @Test func parcelGoingBackChangesNothingUntilItIsInspected() throws {
        let mall = try Mall(onHand: ["hangzhou": 5])
        mall.harness.publish(OrderPlaced.sample())
        mall.harness.publish(ShipmentDispatched.sample())
        mall.harness.publish(ShipmentDispatched.sample(shipment: 2, direction: .return))
        try mall.harness.settle()
        #expect(mall.stock()?.level("hangzhou") == StockLevel(onHand: 4))
        mall.harness.publish(inspect(.restock))
        try mall.harness.settle()
        #expect(mall.harness.facts(StockReturned.self).map(\.warehouse) == ["beijing"])
        #expect(mall.stock()?.level("beijing") == StockLevel(onHand: 1))
        try mall.audit()
    }

    @Test func usedPiecesAreASecondGradeWithAStockOfItsOwn() throws {
        let mall = try Mall(onHand: ["hangzhou": 5])
        mall.harness.publish(OrderPlaced.sample())
        mall.harness.publish(ShipmentDispatched.sample())
        mall.harness.publish(inspect(.secondGrade))
        try mall.harness.settle()
        let told = try #require(mall.harness.facts(StockReturned.self).first)
        #expect(told.reason == "second-grade" && told.lines.map(\.sku) == ["SKU-1~second-grade"])
        #expect(mall.stock()?.available(nil) == 4)
        #expect(mall.stock("SKU-1~second-grade")?.level("beijing") == StockLevel(onHand: 1))
        try mall.audit()
    }

    @Test(arguments: [InspectionOutcome.scrap, .supplier])
    func piecesThatAreNotGoodStayOut(outcome: InspectionOutcome) throws {
        let mall = try Mall(onHand: ["hangzhou": 5])
        mall.harness.publish(OrderPlaced.sample())
        mall.harness.publish(ShipmentDispatched.sample())
        mall.harness.publish(inspect(outcome))
        try mall.harness.settle()
        #expect(mall.harness.facts(StockReturned.self).isEmpty)
        #expect(mall.stock()?.level("beijing") == StockLevel())
    }

    @Test func lineWithoutPiecesIsAFault() throws {
        let mall = try Mall()
        mall.harness.publish(OrderPlaced.sample(lines: [.sample("1"), .sample("2", quantity: 0)]))
        mall.harness.publish(OrderPlaced.sample(externalOrderID: "WX-2", lines: [.sample("1"), .sample("1")]))
        try mall.harness.settle()
        #expect(
            Set(mall.faults) == ["lines[1].quantity: quantity 0 is not positive", "lines[1].lineId: stands twice"])
    }
}
