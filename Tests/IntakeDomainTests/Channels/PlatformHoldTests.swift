import Contracts
import IntakeDomain
import Support
import Testing

@Suite("What a platform's word means for people")
struct PlatformHoldTests {
    private static let key = "shop/2589104771324567890"
    private static let open = #""status": "WAIT_SELLER_SEND_GOODS", "created""#
    private static let cup = #""title": "杯子", "status": "WAIT_SELLER_SEND_GOODS""#
    private static let dearer = (#""payment": "103.00""#, #""payment": "108.00""#)
    private static let closedCup = (cup, #""title": "杯子", "status": "TRADE_CLOSED""#)

    private func trade(_ minute: Int, _ word: String? = nil, _ changes: [(String, String)] = []) throws -> String {
        let status = word.map { [(Self.open, #""status": "\#($0)", "created""#)] } ?? []
        return try NativeSamples.taobao.withAll(
            [(#""modified": "2026-11-22 10:01:30""#, #""modified": "2026-11-22 11:0\#(minute):00""#)] + status + changes
        )
    }

    private func release(_ desk: inout Desk, _ kind: HoldKind? = nil, id: String) throws -> CommandAnswered? {
        let orderID = try #require(desk.placed?.orderID)
        return try desk.command(ReleaseOrder(head: .sample(id), orderID: orderID, hold: kind))
    }

    @Test func onlyThePlatformLiftsItsOwnHold() throws {
        var desk = try FollowSnapshotTests.desk()
        try desk.follow(.taobao, trade(1, "PAID_FORBID_CONSIGN"), key: Self.key)
        #expect(desk.placed?.holds.map(\.kind) == [.platform])
        #expect(desk.last(OrderHeld.self)?.hold == .platform)
        #expect(try release(&desk, .platform, id: "C-1")?.reason == "the platform holds the order")
        #expect(desk.placed?.holds.count == 1)
        try desk.follow(.taobao, trade(2), key: Self.key)
        #expect(desk.placed?.holds == [])
    }

    @Test func twoReasonsOfThePlatformEndByThemselves() throws {
        var desk = try FollowSnapshotTests.desk()
        try desk.follow(.taobao, trade(1), key: Self.key)
        try desk.reserve()
        try desk.follow(.taobao, trade(2, "PAID_FORBID_CONSIGN", [Self.dearer]), key: Self.key)
        let paused = try #require(desk.placed?.holds.last?.reason)
        #expect(desk.placed?.holds.map(\.reason) == ["changed-on-platform", paused])
        #expect(paused.hasPrefix("platform-"))
        #expect(try release(&desk, id: "C-1")?.outcome == .accepted)
        #expect(desk.last(OrderReleased.self)?.reason == "changed-on-platform")
        #expect(desk.last(OrderReleased.self)?.remaining == ["platform"])
        #expect(desk.placed?.holds.map(\.reason) == [paused])
    }

    /// A person's hold neither hides the platform's nor goes with it.
    @Test func anOperatorsHoldStaysBesideIt() throws {
        var desk = try FollowSnapshotTests.desk()
        try desk.follow(.taobao, trade(1), key: Self.key)
        let orderID = try #require(desk.placed?.orderID)
        _ = try desk.command(HoldOrder(head: .sample("C-1", reason: "odd"), orderID: orderID))
        try desk.follow(.taobao, trade(2, nil, [Self.closedCup]), key: Self.key)
        #expect(desk.placed?.holds.map(\.kind) == [.operator, .platform])
        #expect(desk.placed?.hold == "odd; refunded-on-platform")
    }

    /// Goods that nobody knows, in the place of goods that were asked for, wait; matched, they get a number of their own.
    @Test func otherGoodsThatNobodyKnowsWaitForTheirMatch() throws {
        var desk = try FollowSnapshotTests.desk()
        let order = { (sku: String, minute: Int) in
            """
            {"id": 5, "status": "pending", "currency": "USD", "date_created_gmt": "2026-11-22T08:00:00",
            "date_modified_gmt": "2026-11-22T08:0\(minute):00", "total": "5.00", "line_items":
            [{"id": 1, "sku": "\(sku)", "quantity": 1, "subtotal": "5.00", "total": "5.00"}]}
            """
        }
        try desk.follow(.wooCommerce, order("SKU-1", 1), key: "shop/5")
        try desk.follow(.wooCommerce, order("theirs", 2), key: "shop/5")
        let held = try #require(desk.state.order(.external("shop", "5")))
        #expect(held.holds.map(\.kind) == [.unmatchedSku])
        #expect(held.reservation == 1)
        let match = MatchSku(
            head: .sample("C-1"), orderID: held.orderID, channel: "shop", externalSku: "theirs", sku: "MUG", quantity: 1
        )
        #expect(try desk.command(match)?.outcome == .accepted)
        let matched = try #require(desk.state.order(.external("shop", "5")))
        #expect(matched.holds == [] && matched.reservation == 2 && matched.stock == .pending)
        #expect(desk.last(OrderRevised.self)?.reservation == 2)
        #expect(desk.last(OrderRevised.self)?.lines.map(\.sku) == ["MUG"])
    }
}
