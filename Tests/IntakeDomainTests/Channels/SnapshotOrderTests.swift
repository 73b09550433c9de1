import Contracts
import Support
import Testing

@testable import IntakeDomain

/// What a platform says of one order from its beginning to its end; the texts that differ from the sample.
struct PlatformLife: Sendable, CustomStringConvertible {
    let native: NativeOrder
    let payload: String
    let key: String
    /// Where the sample says when it was changed, as `before`, the two digits of a minute, `after`.
    let modified: (sample: String, before: String, after: String)
    let stages: [[(String, String)]]

    var description: String { native.rawValue }

    /// The payloads in their true order; each prefix of the life is a life too.
    func payloads() throws -> [String] {
        try stages.enumerated().map { minute, changes in
            let digits = minute < 10 ? "0\(minute)" : "\(minute)"
            return try payload.withAll([(modified.sample, modified.before + digits + modified.after)] + changes)
        }
    }

    static let all = [taobao, taobaoClosed, jd, douyin, pinduoduo, weChatShop, shopify, shopifyCancelled, wooCommerce]

    private static let taobaoKey = "shop/2589104771324567890"
    private static let taobaoModified = (
        sample: #""modified": "2026-11-22 10:01:30""#, before: #""modified": "2026-11-22 11:"#, after: #":00""#
    )
    private static let cup = #""title": "杯子", "status": "WAIT_SELLER_SEND_GOODS""#

    private static func trade(_ word: String) -> (String, String) {
        (#""status": "WAIT_SELLER_SEND_GOODS", "created""#, #""status": "\#(word)", "created""#)
    }

    private static let taobao = PlatformLife(
        native: .taobao, payload: NativeSamples.taobao, key: taobaoKey, modified: taobaoModified,
        stages: [
            [trade("WAIT_BUYER_PAY"), (#""payment": "103.00""#, #""payment": "108.00""#)],
            [trade("WAIT_BUYER_PAY")],
            [
                trade("WAIT_BUYER_PAY"),
                (
                    #""type": "fixed""#,
                    #""type": "step", "step_trade_status": "FRONT_PAID_FINAL_NOPAID", "step_paid_fee": "9.00""#
                ),
            ],
            [trade("PAID_FORBID_CONSIGN")], [],
            [(cup, #""title": "杯子", "refund_status": "WAIT_SELLER_AGREE", "status": "WAIT_SELLER_SEND_GOODS""#)],
            [(cup, #""title": "杯子", "status": "TRADE_CLOSED""#)],
            [
                trade("SELLER_CONSIGNED_PART"),
                (cup, #""title": "杯子", "status": "TRADE_CLOSED""#),
            ],
            [
                trade("WAIT_BUYER_CONFIRM_GOODS"),
                (cup, #""title": "杯子", "status": "TRADE_CLOSED""#),
            ],
            [trade("TRADE_FINISHED"), (cup, #""title": "杯子", "status": "TRADE_CLOSED""#)],
        ])

    private static let shirt = #""title": "T 恤",\#n"status": "WAIT_SELLER_SEND_GOODS""#

    private static let taobaoClosed = PlatformLife(
        native: .taobao, payload: NativeSamples.taobao, key: taobaoKey, modified: taobaoModified,
        stages: [
            [trade("WAIT_BUYER_PAY")], [],
            [(cup, #""title": "杯子", "status": "TRADE_CLOSED""#)],
            [
                (shirt, #""title": "T 恤", "status": "TRADE_CLOSED""#),
                (cup, #""title": "杯子", "status": "TRADE_CLOSED""#),
            ],
            [
                trade("TRADE_CLOSED"), (shirt, #""title": "T 恤", "status": "TRADE_CLOSED""#),
                (cup, #""title": "杯子", "status": "TRADE_CLOSED""#),
            ],
        ])

    private static let jd = PlatformLife(
        native: .jd, payload: NativeSamples.jd, key: "shop/290011223344",
        modified: (#""modified": "2026-11-22 10:02:05""#, #""modified": "2026-11-22 11:"#, #":00""#),
        stages: [
            [("WAIT_SELLER_STOCK_OUT", "NOT_PAY")], [], [("WAIT_SELLER_STOCK_OUT", "LOCKED")],
            [(#""fullAddress": "北京朝阳区***""#, #""fullAddress": "北京海淀区***""#)],
            [("WAIT_SELLER_STOCK_OUT", "WAIT_GOODS_RECEIVE_CONFIRM")], [("WAIT_SELLER_STOCK_OUT", "FINISHED_L")],
        ])

    private static func douyin(_ order: Int, _ main: Int) -> (String, String) {
        (#""order_status": 2, "main_status": 2"#, #""order_status": \#(order), "main_status": \#(main)"#)
    }

    private static let douyin = PlatformLife(
        native: .douyin, payload: NativeSamples.douyin, key: "shop/6917055180234556427",
        modified: (#""update_time": 1795312870"#, #""update_time": 17953130"#, ""),
        stages: [
            [douyin(1, 1)], [douyin(1, 103)], [douyin(105, 105)], [],
            [(#""after_sale_status": 0, "after_sale_type": 0"#, #""after_sale_status": 6, "after_sale_type": 2"#)],
            [douyin(101, 101)], [douyin(3, 3)], [douyin(5, 5), (#""ship_time": 0"#, #""ship_time": 1795313060"#)],
            [
                douyin(5, 39), (#""ship_time": 0"#, #""ship_time": 1795313060"#),
                (#""finish_time": 0"#, #""finish_time": 1795313070"#),
            ],
        ])

    private static let pinduoduo = PlatformLife(
        native: .pinduoduo, payload: NativeSamples.pinduoduo, key: "shop/261122-512345678901234",
        modified: (#""updated_at": "2026-11-22 10:05:01""#, #""updated_at": "2026-11-22 11:"#, #":00""#),
        stages: [
            [
                (#""confirm_status": 1"#, #""confirm_status": 0"#),
                (#""pay_time": "2026-11-22 10:00:30""#, #""pay_time": null"#),
            ],
            [(#""confirm_status": 1"#, #""confirm_status": 0"#)],
            [(#""risk_control_status": 0"#, #""risk_control_status": 1"#)],
            [], [(#""refund_status": 1"#, #""refund_status": 2"#)], [(#""order_status": 1"#, #""order_status": 2"#)],
            [(#""order_status": 1"#, #""order_status": 3"#)],
            [(#""order_status": 1"#, #""order_status": 3"#), (#""refund_status": 1"#, #""refund_status": 4"#)],
        ])

    private static func weChat(_ number: Int) -> (String, String) { (#""status": 20"#, #""status": \#(number)"#) }

    private static let weChatShop = PlatformLife(
        native: .weChatShop, payload: NativeSamples.weChatShop, key: "shop/3705115058471208928",
        modified: (#""update_time": 1795312900"#, #""update_time": 17953130"#, ""),
        stages: [
            [weChat(10)], [weChat(15)], [], [(#""on_aftersale_sku_cnt": 0"#, #""on_aftersale_sku_cnt": 1"#)],
            [(#""finish_aftersale_sku_cnt": 0"#, #""finish_aftersale_sku_cnt": 1"#)], [weChat(21)], [weChat(30)],
            [weChat(100), (#""finish_aftersale_sku_cnt": 0"#, #""finish_aftersale_sku_cnt": 2"#)],
        ])

    private static let refund = (
        #""refunds": []"#,
        #""refunds": [{"id": 1, "refund_line_items": [{"line_item_id": 466157049, "quantity": 1}], "transactions": [{"kind": "refund", "status": "success", "amount": "18.00"}]}]"#
    )

    private static let shopify = PlatformLife(
        native: .shopify, payload: NativeSamples.shopify, key: "shop/820982911946154508",
        modified: (#""updated_at": "2026-11-22T11:00:10+08:00""#, #""updated_at": "2026-11-22T12:"#, #":00+08:00""#),
        stages: [
            [(#""financial_status": "paid""#, #""financial_status": "pending""#)],
            [(#""financial_status": "paid""#, #""financial_status": "authorized""#)], [],
            [refund, (#""financial_status": "paid""#, #""financial_status": "partially_refunded""#)],
            [refund, (#""fulfillment_status": null"#, #""fulfillment_status": "fulfilled""#)],
        ])

    private static let shopifyCancelled = PlatformLife(
        native: .shopify, payload: NativeSamples.shopify, key: shopify.key, modified: shopify.modified,
        stages: [
            [(#""financial_status": "paid""#, #""financial_status": "pending""#)], [],
            [refund, (#""cancelled_at": null"#, #""cancelled_at": "2026-11-23T00:00:00Z""#)],
        ])

    private static let done = (#""date_completed_gmt": null"#, #""date_completed_gmt": "2017-03-22T20:04:00""#)

    private static let wooCommerce = PlatformLife(
        native: .wooCommerce, payload: NativeSamples.wooCommerce, key: "shop/727",
        modified: (#""date_modified_gmt": "2017-03-22T19:28:08""#, #""date_modified_gmt": "2017-03-22T20:"#, #":00""#),
        stages: [
            [(#""processing""#, #""pending""#)], [(#""processing""#, #""on-hold""#)], [],
            [(#""refunds": []"#, #""refunds": [{"id": 1, "total": "-5.00"}]"#)],
            [(#""processing""#, #""completed""#), done],
            [
                (#""processing""#, #""refunded""#), done,
                (#""refunds": []"#, #""refunds": [{"id": 1, "total": "-5.00"}, {"id": 2, "total": "-24.35"}]"#),
            ],
        ])
}

@Suite("Snapshots in any order")
struct SnapshotOrderTests {
    /// Every prefix of a life, by a random subset that ends with or just holds its newest snapshot, shuffled by a seed:
    /// the same order as from the newest alone.
    @Test(arguments: PlatformLife.all)
    func theNewestSnapshotAloneDecides(life: PlatformLife) throws {
        let payloads = try life.payloads()
        let empty = try FollowSnapshotTests.desk()
        for newest in payloads.indices {
            let expected = try end(of: [payloads[newest]], life, empty)
            #expect(expected.order != nil)
            for seed in 0..<40 {
                var random = SplitMix(seed: UInt64(newest * 1000 + seed))
                var chosen = payloads[..<newest].filter { _ in Bool.random(using: &random) }
                chosen.shuffle(using: &random)
                let place = seed % 2 == 0 ? chosen.count : Int.random(in: 0...chosen.count, using: &random)
                chosen.insert(payloads[newest], at: place)
                let found = try end(of: chosen, life, empty)
                let isSame = found == expected
                #expect(isSame, "stage \(newest), seed \(seed): \(found.difference(from: expected))")
            }
        }
    }

    /// Two snapshots of the same moment end alike, whichever comes first.
    @Test func ofTheSameMomentTheFurtherOneCounts() throws {
        let paid = NativeSamples.shopify
        let refunded = try paid.with(#""fulfillment_status": null"#, #""fulfillment_status": "fulfilled""#)
        let life = try #require(PlatformLife.all.first { $0.native == .shopify })
        let empty = try FollowSnapshotTests.desk()
        let one = try end(of: [paid, refunded], life, empty)
        #expect(try end(of: [refunded, paid], life, empty) == one)
        #expect(one.order?.state == .shipped)
    }

    struct End: Equatable {
        var order: Order?
        var parties: IntakeAggregate?
        var followed: FollowedSnapshot?

        /// The parts that are not equal, by the names of their fields.
        func difference(from other: End) -> [String] {
            var names = parties == other.parties ? [] : ["parties"]
            if followed != other.followed { names.append("followed") }
            guard let order, let otherOrder = other.order else { return names + ["order"] }
            let fields = zip(Mirror(reflecting: order).children, Mirror(reflecting: otherOrder).children)
            for (left, right) in fields where "\(left.value)" != "\(right.value)" {
                names.append("\(left.label ?? ""): \("\(left.value)".prefix(300)) / \("\(right.value)".prefix(300))")
            }
            return names
        }
    }

    /// Without the number of the reservation, which counts how often other goods were asked for, and without whether
    /// the row has to be written anew.
    private func end(of payloads: [String], _ life: PlatformLife, _ empty: Desk) throws -> End {
        var desk = empty
        for payload in payloads { try desk.follow(life.native, payload, key: life.key) }
        let name = life.key.dropFirst("shop/".count)
        guard var order = desk.state.order(.external("shop", String(name))) else { return End() }
        order.reservation = 0
        order.isRevised = false
        order.placed = order.placed.again(as: 0, order.placed.weightGrams, order.placed.attribution)
        return End(
            order: order, parties: desk.state[.parties(order.orderID)],
            followed: desk.state.snapshot("shop", String(name)))
    }
}
