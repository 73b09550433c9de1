import Contracts
import InventoryDomain
import Pipeline
import Support
import Testing

@testable import Inventory

@Suite("Stock set aside elsewhere")
struct ReallocationTests {
    private func reserved(_ onHand: [String: Int64] = ["hangzhou": 5, "beijing": 3]) throws -> Mall {
        let mall = try Mall(onHand: onHand)
        mall.harness.publish(OrderPlaced.sample(lines: [.sample(quantity: 2)]))
        try mall.harness.settle()
        #expect(mall.stock()?.level("hangzhou").reserved == 2)
        return mall
    }

    private func ask(
        _ mall: Mall, _ requestID: String = "C-1", from: String = "hangzhou", to: String = "beijing",
        quantity: Int64 = 2, reservation: Int64 = 1
    ) throws {
        mall.harness.publish(
            ReallocationRequested(
                orderID: .sample, requestID: requestID, reservation: reservation, warehouse: to,
                allocations: [WarehouseAllocation(warehouse: from, lines: [.sample(quantity: quantity)])]))
        try mall.harness.settle()
    }

    private func refusals(_ mall: Mall) -> [String?] { mall.harness.facts(StockReallocated.self).map(\.refusal) }

    @Test func allPiecesMoveAndLeaveFromThere() throws {
        let mall = try reserved()
        try ask(mall)
        try ask(mall)
        #expect(refusals(mall) == [nil], "a wish counts once")
        #expect(mall.stock()?.level("hangzhou") == StockLevel(onHand: 5, reserved: 0))
        #expect(mall.stock()?.level("beijing") == StockLevel(onHand: 3, reserved: 2))
        mall.harness.publish(ShipmentDispatched.sample(warehouse: "beijing", lines: [.sample(quantity: 2)]))
        try mall.harness.settle()
        #expect(mall.stock()?.level("beijing") == StockLevel(onHand: 1, reserved: 0))
        try mall.audit()
    }

    @Test func whatCannotMoveStaysWhole() throws {
        let mall = try reserved(["hangzhou": 5, "beijing": 1])
        try ask(mall)
        try ask(mall, "C-2", quantity: 3)
        try ask(mall, "C-3", from: "beijing", to: "hangzhou", quantity: 1)
        try ask(mall, "C-4", to: "nowhere")
        try ask(mall, "C-5", reservation: 2)
        #expect(
            refusals(mall) == [
                "2 of SKU-1 are wanted, 1 are free in beijing", "line 1 has 2 pieces set aside in hangzhou",
                "line 1 has 0 pieces set aside in beijing", "warehouse nowhere is not active",
                "the order asked for stock anew",
            ])
        #expect(mall.stock()?.level("hangzhou") == StockLevel(onHand: 5, reserved: 2))
        try mall.audit()
    }

    private func dispatch(_ mall: Mall, quantity: Int64 = 2) throws {
        mall.harness.publish(ShipmentDispatched.sample(lines: [.sample(quantity: quantity)]))
        try mall.harness.settle()
    }

    @Test func aParcelThatHadLeftCountsWhereItLeftFrom() throws {
        let mall = try reserved()
        try ask(mall)
        try dispatch(mall)
        #expect(mall.faults == [])
        #expect(mall.stock()?.level("hangzhou") == StockLevel(onHand: 3))
        #expect(mall.stock()?.level("beijing") == StockLevel(onHand: 3))
        let back = try #require(mall.harness.facts(StockReallocated.self).last)
        #expect(back.requestID == "\(OrderID.sample)-S1")
        #expect(back.warehouse == "hangzhou")
        #expect(back.allocations.map(\.warehouse) == ["beijing"])
        try mall.audit()
    }

    @Test func onlyAPartOfItHadLeft() throws {
        let mall = try reserved()
        try ask(mall)
        try dispatch(mall, quantity: 1)
        #expect(mall.stock()?.level("hangzhou") == StockLevel(onHand: 4))
        #expect(mall.stock()?.level("beijing") == StockLevel(onHand: 3, reserved: 1))
        try mall.audit()
    }

    /// Others have what the parcel took: somebody has to look at it.
    @Test func itTakesNobodysPieces() throws {
        let mall = try reserved(["hangzhou": 2, "beijing": 2])
        try ask(mall)
        mall.harness.publish(OrderPlaced.sample(externalOrderID: "WX-2", lines: [.sample(quantity: 1)]))
        try mall.harness.settle()
        try dispatch(mall)
        #expect(mall.faults == ["lines[0].quantity: 2 pieces left hangzhou, 0 are reserved there"])
        #expect(mall.stock()?.level("hangzhou") == StockLevel(onHand: 2, reserved: 1))
        try mall.audit()
    }

    /// A parcel of another warehouse, where the order's pieces never were, is a fault as before.
    @Test func whatWasNeverThereIsAFault() throws {
        let mall = try reserved()
        mall.harness.publish(ShipmentDispatched.sample(warehouse: "beijing", lines: [.sample(quantity: 2)]))
        try mall.harness.settle()
        #expect(mall.faults == ["lines[0].quantity: 2 pieces left beijing, 0 are reserved there"])
        #expect(mall.stock()?.level("hangzhou").reserved == 2)
    }

    /// A channel's limit is used up by the sale, not by where it lies.
    @Test func aMoveCostsNoQuota() throws {
        let mall = try reserved()
        let head = CommandHead(commandID: "Q-1", actor: "anna", reason: "r", issuedAt: .sample)
        mall.harness.publish(
            SetChannelQuota(head: head, sku: "SKU-1", channel: "wechat-mini", quantity: 5),
            on: .commands(of: "inventory"), key: "SKU-1")
        try mall.harness.settle()
        let before = mall.stock()?.quotas["wechat-mini"]?.left
        try ask(mall)
        #expect(mall.stock()?.quotas["wechat-mini"]?.left == before)
        mall.harness.publish(
            OrderCancelled(orderID: .sample, reason: .buyer, cancelledAt: .sample, refundDue: 0))
        try mall.harness.settle()
        #expect(mall.stock()?.level("beijing").reserved == 0)
        try mall.audit()
    }
}
