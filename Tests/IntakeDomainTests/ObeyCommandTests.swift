import Contracts
import IntakeDomain
import Support
import Testing

@Suite("Operators' commands")
struct ObeyCommandTests {
    @Test func aHeldOrderIsConfirmedWhenItIsReleased() throws {
        var desk = try Desk()
        try desk.place(.sample(paid: true))
        #expect(try desk.command(HoldOrder(head: .sample(), orderID: .sample))?.outcome == .accepted)
        #expect(desk.last(OrderHeld.self)?.reason == "asked by phone")
        try desk.take(StockReserved.sample())
        #expect(desk.last(OrderConfirmed.self) == nil)
        #expect(try desk.command(ReleaseOrder(head: .sample("C-2"), orderID: .sample))?.outcome == .accepted)
        #expect(Array(desk.story.suffix(3)) == ["OrderReleased", "OrderConfirmed", "CommandAnswered"])
    }

    @Test func anOrderIsHeldOnce() throws {
        var desk = try Desk()
        try desk.place(.sample())
        _ = try desk.command(HoldOrder(head: .sample(), orderID: .sample))
        #expect(
            try desk.command(HoldOrder(head: .sample("C-2"), orderID: .sample))?.reason == "the order is held already")
    }

    @Test func aShippedOrderCannotBeHeld() throws {
        var desk = try Desk.shipped()
        #expect(try desk.command(HoldOrder(head: .sample(), orderID: .sample))?.reason == "the order has left already")
    }

    @Test func anUnmatchedSkuIsNotReleasedByHand() throws {
        var desk = try Desk()
        try desk.place(.sample(lines: [.sample(sku: "theirs")]))
        #expect(try desk.command(ReleaseOrder(head: .sample(), orderID: .sample))?.outcome == .refused)
    }

    @Test func anOrderThatIsNotHeldIsNotReleased() throws {
        var desk = try Desk.confirmed()
        #expect(try desk.command(ReleaseOrder(head: .sample(), orderID: .sample))?.reason == "the order is not held")
    }

    @Test func anOperatorsCancelSaysSo() throws {
        var desk = try Desk()
        try desk.place(.sample(paid: true))
        #expect(try desk.command(CancelOrder(head: .sample(), orderID: .sample))?.outcome == .accepted)
        #expect(desk.last(OrderCancelled.self)?.reason == .operator)
        #expect(
            try desk.command(CancelOrder(head: .sample("C-2"), orderID: .sample))?.reason
                == "the order is cancelled already")
    }

    @Test func anOperatorsCancelOfAConfirmedOrderAsksFulfilment() throws {
        var desk = try Desk.confirmed()
        #expect(try desk.command(CancelOrder(head: .sample(), orderID: .sample))?.outcome == .accepted)
        #expect(desk.last(OrderCancelRequested.self)?.reason == "operator")
    }

    @Test func anOperatorsLateCancelIsRefused() throws {
        var desk = try Desk.shipped()
        #expect(
            try desk.command(CancelOrder(head: .sample(), orderID: .sample))?.reason == "the order has left already")
        #expect(desk.last(OrderCancelRefused.self) == nil)
    }

    @Test func receiptIsConfirmedForWhatHasLeft() throws {
        var desk = try Desk.confirmed()
        #expect(try desk.command(ConfirmReceipt(head: .sample(), orderID: .sample))?.reason == "the order has not left")
        try desk.take(ShipmentDispatched.sample())
        #expect(try desk.command(ConfirmReceipt(head: .sample("C-2"), orderID: .sample))?.outcome == .accepted)
        #expect(desk.order()?.state == .completed)
        #expect(
            try desk.command(ConfirmReceipt(head: .sample("C-3"), orderID: .sample))?.reason
                == "the order is completed already")
    }

    @Test func aNoteIsKept() throws {
        var desk = try Desk.confirmed()
        _ = try desk.command(NoteOrder(head: .sample(), orderID: .sample, note: "ring twice"))
        #expect(desk.order()?.note == "ring twice")
    }

    @Test func anUnknownOrderIsAnsweredAtOnce() throws {
        var desk = try Desk()
        #expect(try desk.command(HoldOrder(head: .sample(), orderID: .sample))?.reason == "the order is unknown")
    }

    @Test func withoutKeysNobodyIsErased() throws {
        var desk = try Desk.confirmed()
        let answer = try desk.command(
            EraseBuyer(head: .sample(), orderID: .sample, buyerID: "wechat-mini/u-77"))
        #expect(answer?.outcome == .refused)
        #expect(answer?.reason == "not available here")
        #expect(answer?.commandID == "C-1")
    }
}

@Suite("Giving an order to another distributor")
struct ReassignDistributorTests {
    private func desk() throws -> Desk {
        var desk = try Desk()
        for member in [
            DistributionMember.sample(memberID: "M1"), .sample(memberID: "M2", parentID: "M1"),
            .sample(memberID: "M3", status: .disabled),
        ] { try desk.take(member) }
        try desk.place(.sample(referral: ChannelOrder.Referral(code: "M1", kind: .link), paid: true))
        return desk
    }

    private func reassign(_ memberID: String?) -> ReassignDistributor {
        ReassignDistributor(head: .sample(), orderID: .sample, memberID: memberID)
    }

    @Test func theNewChainIsThatOfTheSale() throws {
        var desk = try desk()
        #expect(try desk.command(reassign("M2"))?.outcome == .accepted)
        let changed = desk.last(OrderAttributionChanged.self)
        #expect(changed?.attribution?.kind == .operator)
        #expect(changed?.attribution?.chain.map(\.memberID) == ["M2", "M1"])
        #expect(changed?.attribution?.contest.map(\.memberID) == ["M1"])
        #expect(changed?.reason == "asked by phone")
        #expect(desk.order()?.attribution == changed?.attribution)
        #expect(desk.order()?.placed.attribution?.memberID == "M1")
    }

    @Test func anOrderMayBelongToNobody() throws {
        var desk = try desk()
        _ = try desk.command(reassign(nil))
        #expect(desk.order()?.attribution == nil)
        #expect(desk.last(OrderAttributionChanged.self)?.attribution == nil)
    }

    @Test(arguments: [
        ("M1", "the order belongs there already"), ("M3", "member M3 is disabled"), ("M8", "member M8 is unknown"),
    ])
    func someAreRefused(memberID: String, reason: String) throws {
        var desk = try desk()
        #expect(try desk.command(reassign(memberID))?.reason == reason)
    }

    @Test func anOrderThatIsOverStaysWhereItIs() throws {
        var desk = try desk()
        try desk.take(ChannelOrderCancel.sample(), on: .channelOrders)
        #expect(try desk.command(reassign("M2"))?.reason == "the order is over")
    }
}
