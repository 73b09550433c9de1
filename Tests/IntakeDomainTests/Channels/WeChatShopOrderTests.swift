import Contracts
import Foundation
import IntakeDomain
import Support
import Testing

@Suite("WeChat shop orders")
struct WeChatShopOrderTests {
    private let sample = NativeSamples.weChatShop
    private static let path = "order.order_detail."

    /// From list prices and bearers, where the adapter takes the lines' own money.
    private func sums(_ payload: String) throws -> (total: Decimal, receivable: Decimal) {
        let detail = try Payload(payload)["order", "order_detail"]
        let prices = detail["price_info"]
        let goods = detail["product_infos"].list.filter { !$0["is_free_gift"].isTrue }.sum {
            $0["sale_price"].decimal * $0["sku_cnt"].decimal
        }
        let receivable =
            goods + prices["freight"].decimal - prices["merchant_discounted_price"].decimal
            - prices["change_down_price"].decimal - prices["deduction_price"].decimal
        let others =
            prices["finder_discounted_price"].decimal + prices["cash_coupon_discounted_price"].decimal
            + prices["national_subsidy_discounted_price"].decimal
        return (receivable - others, receivable)
    }

    @Test func theSampleIsRead() throws {
        let snapshot = try read(.weChatShop, sample)
        try expect(snapshot, total: sums(sample).total / 100, receivable: sums(sample).receivable / 100)
        let order = snapshot.order
        #expect(order.externalOrderID == "3705115058471208928")
        #expect(order.total == 12_300)
        #expect(order.receivable == 12_800)
        #expect(order.lines.map(\.sku) == ["SKU-1", "SET-9", "GIFT"])
        #expect(order.lines.map(\.discount) == [1500, 0, 0])
        #expect(order.lines.map(\.gift) == [false, false, true])
        #expect(order.shipBy == Instant(milliseconds: 1_795_485_600_000))
        #expect(order.shipTo?.sealed == ChannelOrder.Sealed(scheme: "wechat-shop", token: "ewb-1", addressID: "hash-1"))
        #expect(order.buyer?.externalBuyerID == "OPENID")
        #expect(order.note == "放门口")
        #expect(snapshot.status == PlatformStatus())
    }

    @Test func whatTheMerchantGetsIsThePlatformsWord() throws {
        let payload = try sample.with(#""merchant_receieve_price": 12800"#, #""merchant_receieve_price": 12900"#)
        #expect(try read(.weChatShop, payload).order.receivable == 12_900)
        let silent = try sample.with(#", "merchant_receieve_price": 12800"#, "")
        #expect(try read(.weChatShop, silent).order.receivable == 12_800)
        let less = try sample.with(#""merchant_receieve_price": 12800"#, #""merchant_receieve_price": 12299"#)
        #expect(fault(.weChatShop, less)?.field == Self.path + "price_info.merchant_receieve_price")
    }

    @Test func pointsMayStandBesideTheLines() throws {
        let payload = try sample.withAll([
            (#""freight": 800"#, #""freight": 800, "deduction_price": 700"#),
            (#""order_price": 12300"#, #""order_price": 11600"#),
            (#", "merchant_receieve_price": 12800"#, ""),
        ])
        let snapshot = try read(.weChatShop, payload)
        try expect(snapshot, total: sums(payload).total / 100, receivable: sums(payload).receivable / 100)
        #expect(snapshot.order.orderDiscount == 700)
    }

    @Test func aChangedFreightCountsOnlyWhenItSaysSo() throws {
        let ignored = try sample.with(#""freight": 800"#, #""freight": 800, "change_freight": 100"#)
        #expect(try read(.weChatShop, ignored).order.freight == 800)
        let changed = try sample.withAll([
            (#""freight": 800"#, #""freight": 800, "change_freight": 100, "is_change_freight": true"#),
            (#""order_price": 12300"#, #""order_price": 11600"#),
            (#""merchant_receieve_price": 12800"#, #""merchant_receieve_price": 12100"#),
        ])
        #expect(try read(.weChatShop, changed).order.freight == 100)
    }

    @Test(
        arguments: [
            (10, false, nil, false), (15, true, .groupForming, false), (16, true, .atShop, false),
            (20, true, nil, false),
            (21, true, nil, false), (30, true, nil, false), (100, true, nil, false), (200, true, nil, true),
            (250, true, nil, true),
        ] as [(Int, Bool, PlatformHold?, Bool)])
    func theStatusSaysWhatIsPaidAndHeld(number: Int, isPaid: Bool, hold: PlatformHold?, isCancelled: Bool) throws {
        let snapshot = try read(.weChatShop, sample.with(#""status": 20"#, #""status": \#(number)"#))
        #expect((snapshot.order.payment != nil) == isPaid)
        #expect(snapshot.status.hold == hold)
        #expect((snapshot.status.cancelledAt != nil) == isCancelled)
        #expect((snapshot.status.receivedAt != nil) == (number == 100))
    }

    @Test(arguments: [#""payment_method": 2"#, #""pay_method": "2""#])
    func payLaterMayLeaveBeforeTheMoney(method: String) throws {
        let later = try sample.with(#""payment_method": 1"#, method)
        #expect(try read(.weChatShop, later).order.paymentTerms == .cashOnDelivery)
        #expect(try read(.weChatShop, later).order.payment == nil)
        #expect(try read(.weChatShop, later.with(#""status": 20"#, #""status": 100"#)).order.payment != nil)
    }

    @Test func piecesInACaseHoldAndPiecesDoneArePaidBack() throws {
        let open = try sample.with(#""on_aftersale_sku_cnt": 0"#, #""on_aftersale_sku_cnt": 1"#)
        #expect(try read(.weChatShop, open).status.hold == .refundAsked)
        let done = try sample.with(#""finish_aftersale_sku_cnt": 0"#, #""finish_aftersale_sku_cnt": 1"#)
        let refunds = try read(.weChatShop, done).status.refunds
        #expect(refunds.map(\.amount) == [4250])
        #expect(refunds.first?.lines == [LinePieces(lineID: "u-1", quantity: 1)])
    }

    @Test(arguments: [
        (#""order_price": 12300"#, #""order_price": 12301"#, path + "price_info.order_price"),
        (#""sku_cnt": 2"#, #""sku_cnt": "x""#, path + "product_infos[0].sku_cnt"),
        (#""real_price": 8500"#, #""real_price": 85.5"#, path + "product_infos[0].real_price"),
        (#""status": 20"#, #""status": 99"#, "order.status"),
        (#""update_time": 1795312900, "#, "", "order.update_time"),
        (#""order_id": "3705115058471208928", "#, "", "order.order_id"),
        (#""product_unique_id": "u-2""#, #""product_unique_id": "u-1""#, path + "product_infos[1].product_unique_id"),
        (#""product_infos": ["#, #""product_infos": [], "old": ["#, path + "product_infos"),
    ])
    func aFaultNamesTheirPath(part: String, instead: String, field: String) throws {
        #expect(try fault(.weChatShop, sample.with(part, instead))?.field == field)
    }
}
