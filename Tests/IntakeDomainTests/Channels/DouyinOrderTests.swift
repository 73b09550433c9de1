import Contracts
import Foundation
import IntakeDomain
import Support
import Testing

@Suite("Douyin orders")
struct DouyinOrderTests {
    private let sample = NativeSamples.douyin
    private static let path = "data.shop_order_list[0]."

    /// From list prices and those who bear the discounts, where the adapter starts from the payment.
    private func sums(_ payload: String) throws -> (total: Decimal, receivable: Decimal) {
        let order = try #require(Payload(payload)["data", "shop_order_list"].list.first)
        let goods = order["sku_order_list"].list.filter { $0["given_product_type"].text != "FREE" }.sum {
            $0["origin_amount"].decimal * $0["item_num"].decimal
        }
        let gross = goods + order["post_amount"].decimal + order["post_insurance_amount"].decimal
        let receivable = gross - order["shop_cost_amount"].decimal
        let others =
            order["platform_cost_amount"].decimal + order["author_cost_amount"].decimal
            + order["promotion_pay_amount"].decimal
        return (receivable - others, receivable)
    }

    @Test func theSampleIsRead() throws {
        let snapshot = try read(.douyin, sample)
        try expect(snapshot, total: sums(sample).total / 100, receivable: sums(sample).receivable / 100)
        let order = snapshot.order
        #expect(order.externalOrderID == "6917055180234556427")
        #expect(order.placedAt == Instant(milliseconds: 1_795_312_800_000))
        #expect(order.lines.map(\.sku) == ["SKU-1", "A-2", "GIFT"])
        #expect(order.lines.map(\.discount) == [3000, 1000, 0])
        #expect(order.lines.map(\.gift) == [false, false, true])
        #expect(order.orderDiscount == 300)
        #expect(order.fees == [ChannelOrder.Fee(kind: "insurance", amount: 100)])
        #expect(order.referral == ChannelOrder.Referral(code: "98765432101234567", kind: .live))
        #expect(order.shipTo?.district == "玄武区")
        #expect(order.shipTo?.street == "梅园新村街道 珠江路*号")
        #expect(order.shipTo?.sealed?.addressID == "addr-77")
        #expect(order.shipTo?.sealed?.token == "##recv##|$$tel$$|##detail##")
        #expect(order.shipBy == Instant(milliseconds: 1_795_485_660_000))
        #expect(snapshot.status == PlatformStatus())
    }

    @Test func aSkuBeyondWhatADoubleHoldsKeepsItsDigits() throws {
        let payload = try sample.withAll([(#""out_sku_id": "SKU-1", "code": "A-1", "sku_id": 1736502563483666, "#, "")])
        #expect(try read(.douyin, payload).order.lines[0].sku == "3660207428038974464")
    }

    @Test func theBearersAreToldApart() throws {
        let discounts = try read(.douyin, sample).order.discounts
        #expect(discounts.map(\.bearer) == [.merchant, .platform, .distributor, .platform])
        #expect(discounts.map(\.amount) == [2000, 1500, 500, 300])
    }

    @Test func aChangedPriceIsTheMerchants() throws {
        let payload = try sample.withAll([
            (#""modify_amount": 0"#, #""modify_amount": -300"#), (#""pay_amount": 26300"#, #""pay_amount": 26000"#),
        ])
        let order = try read(.douyin, payload).order
        #expect(order.total == 26_000)
        #expect(order.receivable == 28_300)
    }

    @Test(
        arguments: [
            (1, 0, false, nil, false), (2, 0, true, nil, false), (105, 0, true, .riskCheck, false),
            (2, 103, false, nil, false),
            (2, 21, true, nil, true), (3, 39, true, nil, true), (4, 0, true, nil, true), (101, 0, true, nil, false),
        ] as [(Int, Int, Bool, PlatformHold?, Bool)])
    func twoStatesMakeOne(order: Int, main: Int, isPaid: Bool, hold: PlatformHold?, isCancelled: Bool) throws {
        let payload = try sample.with(
            #""order_status": 2, "main_status": 2"#, #""order_status": \#(order), "main_status": \#(main)"#)
        let snapshot = try read(.douyin, payload)
        #expect((snapshot.order.payment != nil) == isPaid)
        #expect(snapshot.status.hold == hold)
        #expect((snapshot.status.cancelledAt != nil) == isCancelled)
    }

    @Test func cashOnDeliveryIsPaidWhenFinished() throws {
        let cash = try sample.with(#""pay_type": 2"#, #""pay_type": 0"#)
        #expect(try read(.douyin, cash).order.payment == nil)
        #expect(try read(.douyin, cash.with(#""order_status": 2"#, #""order_status": 5"#)).order.payment != nil)
    }

    @Test func aCaseOfALineHoldsOrPaysBack() throws {
        let open = try sample.with(
            #""after_sale_status": 0, "after_sale_type": 0"#, #""after_sale_status": 6, "after_sale_type": 2"#)
        #expect(try read(.douyin, open).status.hold == .refundAsked)
        let done = try sample.with(
            #""after_sale_status": 0, "after_sale_type": 0,"#, #""after_sale_status": 12, "after_sale_type": 2,"#
        )
        .with(#""refund_status": 0"#, #""refund_status": 3"#)
        let status = try read(.douyin, done).status
        #expect(status.hold == nil)
        #expect(status.refunds.map(\.amount) == [17_000])
        let part = try done.with(#""after_sale_type": 2"#, #""after_sale_type": 1"#)
        #expect(try read(.douyin, part).status.refunds.isEmpty)
    }

    @Test func virtualAndPickedUpGoods() throws {
        let virtual = sample.replacing(#""goods_type": 0"#, with: #""goods_type": 1"#)
        #expect(try read(.douyin, virtual).order.delivery == .virtual)
        #expect(try read(.douyin, sample.with(#""goods_type": 0"#, #""receive_type": 2"#)).order.delivery == .pickup)
    }

    @Test func theDetailsWrapperIsTheSame() throws {
        let detail = try sample.with(#"{"data": {"shop_order_list": ["#, #"{"data": {"shop_order_detail": "#)
            .with(#""goods_type": 0}]}]}, "err_no""#, #""goods_type": 0}]}}, "err_no""#)
        #expect(try read(.douyin, detail) == read(.douyin, sample))
    }

    @Test(arguments: [
        (#""order_id": "6917055180234556427", "order_status""#, #""order_status""#, "order_id"),
        (#""update_time": 1795312870,"#, "", "update_time"),
        (#""update_time": 1795312870"#, #""update_time": 0"#, "update_time"),
        (#""pay_amount": 26300"#, #""pay_amount": 26301"#, "pay_amount"),
        (#""pay_amount": 26300"#, #""pay_amount": 263.5"#, "pay_amount"),
        (#""author_cost_amount": 500"#, #""author_cost_amount": 501"#, "promotion_amount"),
        (#""order_id": "6917055180234556428", "#, "", "sku_order_list[0].order_id"),
        (#""origin_amount": 10000, "#, "", "sku_order_list[0].origin_amount"),
        (#""order_status": 2"#, #""order_status": 77"#, "order_status"),
        (#""item_num": 2"#, #""item_num": -1"#, "sku_order_list[0].item_num"),
    ])
    func aFaultNamesTheirPath(part: String, instead: String, field: String) throws {
        #expect(try fault(.douyin, sample.with(part, instead))?.field == Self.path + field)
    }

    @Test func aListOfSeveralOrdersIsNotOne() throws {
        let two = try sample.with(#""shop_order_list": ["#, #""shop_order_list": [{}, "#)
        #expect(fault(.douyin, two)?.field == "data.shop_order_list")
    }
}
