import Contracts
import IntakeDomain
import Support
import Testing

@Suite("Following a platform's snapshots")
struct FollowSnapshotTests {
    private static let channel = CatalogChannel.sample(channel: "shop", money: .platform, clocks: .platform)
    private static let taobao = "2589104771324567890"

    /// A desk with a channel whose platform has money and clocks, and listings of what the samples sell.
    static func desk() throws -> Desk {
        var desk = try Desk(channel)
        for sku in ["红色+XL", "MUG", "GIFT", "IPOD-8", "49148385", "93", "Bar3", "100012043979", "A-2", "CUP", "SET-9"] {
            try desk.take(CatalogItem.sample(sku: sku), on: .catalogItems, key: sku)
        }
        return desk
    }

    /// A Taobao trade at a minute of its life.
    private func trade(_ minute: Int, _ changes: [(String, String)] = []) throws -> String {
        let number = minute < 10 ? "0\(minute)" : "\(minute)"
        return try NativeSamples.taobao.withAll(
            [(#""modified": "2026-11-22 10:01:30""#, #""modified": "2026-11-22 11:\#(number):00""#)] + changes)
    }

    private func status(_ word: String) -> (String, String) {
        (#""status": "WAIT_SELLER_SEND_GOODS", "created""#, #""status": "\#(word)", "created""#)
    }

    private static let unpaid = (
        #""status": "WAIT_SELLER_SEND_GOODS", "created""#, #""status": "WAIT_BUYER_PAY", "created""#
    )

    @Test func aSnapshotIsPlacedAndPaidOnce() throws {
        var desk = try Self.desk()
        try desk.follow(.taobao, trade(0), key: "shop/\(Self.taobao)")
        #expect(desk.story == ["OrderPlaced", "OrderPaid"])
        try desk.follow(.taobao, trade(0), key: "shop/\(Self.taobao)")
        try desk.follow(.taobao, trade(1), key: "shop/\(Self.taobao)")
        #expect(desk.story == ["OrderPlaced", "OrderPaid"])
        #expect(desk.timers.isEmpty)
    }

    @Test func anOlderSnapshotIsIgnored() throws {
        var desk = try Self.desk()
        try desk.follow(.taobao, trade(5), key: "shop/\(Self.taobao)")
        let before = desk.state
        try desk.follow(.taobao, trade(4, [status("TRADE_CLOSED")]), key: "shop/\(Self.taobao)")
        #expect(desk.placed == before.placedOrder)
        #expect(desk.story == ["OrderPlaced", "OrderPaid"])
    }

    @Test func aHoldOfThePlatformComesAndGoes() throws {
        var desk = try Self.desk()
        try desk.follow(.taobao, trade(1, [status("PAID_FORBID_CONSIGN")]), key: "shop/\(Self.taobao)")
        #expect(desk.story == ["OrderPlaced", "OrderPaid", "OrderHeld"])
        try desk.reserve()
        #expect(desk.last(OrderConfirmed.self) == nil)
        try desk.follow(.taobao, trade(2), key: "shop/\(Self.taobao)")
        #expect(desk.story.suffix(2) == ["OrderReleased", "OrderConfirmed"])
    }

    @Test func cancelledBeforeConfirmationEndsAndOwesNothing() throws {
        var desk = try Self.desk()
        try desk.follow(.taobao, trade(1), key: "shop/\(Self.taobao)")
        try desk.follow(.taobao, trade(2, [status("TRADE_CLOSED")]), key: "shop/\(Self.taobao)")
        #expect(desk.placed?.cancelReason == .platform)
        #expect(desk.last(OrderCancelled.self)?.refundDue == 0)
    }

    @Test func cancelledAfterConfirmationAsksFulfilmentOnce() throws {
        var desk = try Self.desk()
        try desk.follow(.taobao, trade(1), key: "shop/\(Self.taobao)")
        try desk.reserve()
        try desk.follow(.taobao, trade(2, [status("TRADE_CLOSED")]), key: "shop/\(Self.taobao)")
        try desk.follow(.taobao, trade(3, [status("TRADE_CLOSED")]), key: "shop/\(Self.taobao)")
        #expect(desk.story.filter { $0 == "OrderCancelRequested" }.count == 1)
        #expect(desk.placed?.state == .paid)
    }

    @Test func aPriceChangedBeforePaymentIsTakenOver() throws {
        var desk = try Self.desk()
        try desk.follow(
            .taobao, trade(1, [Self.unpaid, (#""payment": "103.00""#, #""payment": "108.00""#)]),
            key: "shop/\(Self.taobao)")
        #expect(desk.placed?.account.total == 10_800)
        try desk.follow(.taobao, trade(2), key: "shop/\(Self.taobao)")
        #expect(desk.story == ["OrderPlaced", "OrderRevised", "OrderPaid"])
        #expect(desk.placed?.account.total == 10_300)
        #expect(desk.placed?.state == .paid)
        #expect(desk.last(OrderRevised.self)?.reservation == 1)
        #expect(desk.last(OrderRevised.self)?.cause == .platform)
    }

    /// A total of 0 is paid by itself, and what is paid does not become dearer.
    @Test func aTotalOfZeroIsPaid() throws {
        let order = { (total: String, minute: Int) in
            """
            {"id": 5, "status": "pending", "currency": "USD", "date_created_gmt": "2026-11-22T08:00:00",
            "date_modified_gmt": "2026-11-22T08:0\(minute):00", "total": "\(total)", "line_items":
            [{"id": 1, "sku": "SKU-1", "quantity": 1, "subtotal": "\(total)", "total": "\(total)"}]}
            """
        }
        var cheaper = try Self.desk()
        try cheaper.follow(.wooCommerce, order("5.00", 1), key: "shop/5")
        try cheaper.follow(.wooCommerce, order("0.00", 2), key: "shop/5")
        #expect(cheaper.story == ["OrderPlaced", "OrderRevised", "OrderPaid"])
        var dearer = try Self.desk()
        try dearer.follow(.wooCommerce, order("0.00", 1), key: "shop/5")
        try dearer.follow(.wooCommerce, order("5.00", 2), key: "shop/5")
        #expect(dearer.story == ["OrderPlaced", "OrderPaid", "OrderHeld"])
        #expect(dearer.state.order(.external("shop", "5"))?.account.total == 0)
    }

    @Test func otherGoodsAskForStockAgain() throws {
        var desk = try Self.desk()
        let closed = (
            #""title": "杯子", "status": "WAIT_SELLER_SEND_GOODS""#, #""title": "杯子", "status": "TRADE_CLOSED_BY_TAOBAO""#
        )
        try desk.follow(.taobao, trade(1, [Self.unpaid]), key: "shop/\(Self.taobao)")
        try desk.follow(
            .taobao, trade(2, [closed, (#""payment": "103.00""#, #""payment": "68.00""#)]), key: "shop/\(Self.taobao)")
        #expect(desk.last(OrderRevised.self)?.reservation == 2)
        #expect(desk.last(OrderRevised.self)?.lines.count == 2)
        #expect(desk.placed?.reservation == 2)
        #expect(desk.placed?.placed.lines.count == 2)
        #expect(desk.placed?.state == .paid)
    }

    @Test func moneyChangedAfterConfirmationHolds() throws {
        var desk = try Self.desk()
        try desk.follow(.taobao, trade(1), key: "shop/\(Self.taobao)")
        try desk.reserve()
        try desk.follow(
            .taobao, trade(2, [(#""payment": "103.00""#, #""payment": "108.00""#)]), key: "shop/\(Self.taobao)")
        #expect(desk.placed?.hold == "changed-on-platform")
        #expect(desk.placed?.account.total == 10_300)
        #expect(desk.placed?.account.excess == 0)
    }

    @Test func aPartPaidBackHoldsTheRest() throws {
        var desk = try Self.desk()
        let back = (#""title": "杯子", "status": "WAIT_SELLER_SEND_GOODS""#, #""title": "杯子", "status": "TRADE_CLOSED""#)
        try desk.follow(.taobao, trade(1), key: "shop/\(Self.taobao)")
        try desk.follow(.taobao, trade(2, [back]), key: "shop/\(Self.taobao)")
        #expect(desk.placed?.hold == "refunded-on-platform")
        #expect(desk.placed?.account.refunded == 3500)
        #expect(desk.last(OrderRefundStatusChanged.self)?.status == .partial)
        try desk.follow(.taobao, trade(3, [back]), key: "shop/\(Self.taobao)")
        #expect(desk.story.filter { $0 == "OrderRefundStatusChanged" }.count == 1)
    }

    @Test func theSameRefundToldByAfterSalesCountsOnce() throws {
        var desk = try Self.desk()
        let back = (#""title": "杯子", "status": "WAIT_SELLER_SEND_GOODS""#, #""title": "杯子", "status": "TRADE_CLOSED""#)
        try desk.follow(.taobao, trade(1, [back]), key: "shop/\(Self.taobao)")
        let orderID = try #require(desk.placed?.orderID)
        try desk.take(
            RefundSettled(
                refundID: "\(orderID)-R1", orderID: orderID, caseID: "\(orderID)-A1", amount: 3500, currency: "CNY",
                settledAt: .sample))
        #expect(desk.placed?.account.refunded == 3500)
    }

    @Test func goodsThatOthersSentAreNotSentAgain() throws {
        var desk = try Self.desk()
        try desk.follow(.taobao, trade(1, [status("WAIT_BUYER_CONFIRM_GOODS")]), key: "shop/\(Self.taobao)")
        #expect(desk.placed?.state == .shipped)
        try desk.reserve()
        #expect(desk.last(OrderConfirmed.self) == nil)
        try desk.follow(.taobao, trade(2, [status("TRADE_FINISHED")]), key: "shop/\(Self.taobao)")
        #expect(desk.placed?.state == .completed)
    }

    @Test(arguments: ["WAIT_BUYER_CONFIRM_GOODS", "TRADE_FINISHED", "TRADE_CLOSED"])
    func anOrderThatIsOverWhenItComesAsksForNoStock(word: String) throws {
        var desk = try Self.desk()
        try desk.follow(.taobao, trade(1, [status(word)]), key: "shop/\(Self.taobao)")
        #expect(desk.last(OrderPlaced.self)?.reservation == 0)
    }

    @Test func shippedElsewhereWhileConfirmedIsForPeople() throws {
        var desk = try Self.desk()
        try desk.follow(.taobao, trade(1), key: "shop/\(Self.taobao)")
        try desk.reserve()
        try desk.follow(.taobao, trade(2, [status("WAIT_BUYER_CONFIRM_GOODS")]), key: "shop/\(Self.taobao)")
        #expect(desk.last(OrderHeld.self)?.reason == "shipped-on-platform")
        #expect(desk.placed?.state == .paid)
    }

    @Test func aSealThatALaterSnapshotLacksStays() throws {
        var desk = try Self.desk()
        try desk.follow(.taobao, trade(1), key: "shop/\(Self.taobao)")
        try desk.follow(.taobao, trade(2, [(#""oaid": "1CAVoy3kVrgyZ==", "#, "")]), key: "shop/\(Self.taobao)")
        let orderID = try #require(desk.placed?.orderID)
        guard case .parties(let parties) = desk.state[.parties(orderID)] else {
            Issue.record("no parties")
            return
        }
        #expect(parties.shipTo?.sealed?.token == "1CAVoy3kVrgyZ==")
    }

    @Test(arguments: [[0, 1, 2], [1, 0, 2], [2, 1, 0], [1, 2, 0]])
    func anOrderThatJDSplitIsOverInAnyOrder(order: [Int]) throws {
        let parent = NativeSamples.jd
        let children = try ["290011223355", "290011223366"].map { id in
            try parent.withAll([
                (#""orderId": "290011223344""#, #""orderId": "\#(id)""#),
                (#""parentOrderId": "0""#, #""parentOrderId": "290011223344""#),
            ])
        }
        let all = [("290011223344", parent), ("290011223355", children[0]), ("290011223366", children[1])]
        var desk = try Self.desk()
        for index in order { try desk.follow(.jd, all[index].1, key: "shop/\(all[index].0)") }
        #expect(desk.state.order(.external("shop", "290011223344"))?.cancelReason == .platform)
        for id in ["290011223355", "290011223366"] {
            #expect(desk.state.order(.external("shop", id))?.state == .paid)
        }
    }

    @Test func aKeyThatNamesAnotherOrderIsRefused() throws {
        var desk = try Self.desk()
        for key in ["shop/1", "shop", "sh op/\(Self.taobao)", "/\(Self.taobao)"] {
            #expect(fault { try desk.follow(.taobao, trade(1), key: key) }?.field == "key")
        }
    }
}

extension Desk {
    /// A record of a native payload.
    mutating func follow(_ native: NativeOrder, _ payload: String, key: String) throws {
        try take(bytes: Array(payload.utf8), type: native.rawValue, on: .channelOrders, key: key)
    }

    /// The only order there is.
    var placed: Order? { state.placedOrder }

    /// Inventory sets all of the only order aside.
    mutating func reserve() throws {
        guard let order = placed else { return }
        let lines = order.placed.lines.map { LineQuantity.sample($0.lineID, quantity: $0.quantity) }
        try take(StockReserved.sample(orderID: order.orderID, reservation: order.reservation, lines: lines))
    }
}

extension State<IntakeAggregate> {
    fileprivate var placedOrder: Order? {
        let key = Key.external("shop", "2589104771324567890")
        return isLoaded(key) ? order(key) : nil
    }
}
