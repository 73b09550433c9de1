import Contracts
import Foundation
import IntakeDomain
import Support
import Testing

@Suite("JD orders")
struct JDOrderTests {
    private let sample = NativeSamples.jd
    private static let path = "jingdong_pop_order_enGet_responce.orderDetailInfo.orderInfo."

    /// From the items and the coupons, where the adapter starts from the payment.
    private func sums(_ payload: String) throws -> (total: Decimal, receivable: Decimal) {
        let info = try Payload(payload)["jingdong_pop_order_enGet_responce", "orderDetailInfo", "orderInfo"]
        let goods = info["itemInfoList"].list.sum { $0["jdPrice"].decimal * $0["itemTotal"].decimal }
        let receivable = goods - info["sellerDiscount"].decimal + info["freightPrice"].decimal
        let coupons = info["couponDetailList"].list.filter {
            ["39", "41", "52"].contains($0["couponType"].text.prefix(2))
        }
        return (receivable - coupons.sum { $0["couponPrice"].decimal }, receivable)
    }

    @Test func theSampleIsRead() throws {
        let snapshot = try read(.jd, sample)
        try expect(snapshot, total: sums(sample).total, receivable: sums(sample).receivable)
        let order = snapshot.order
        #expect(order.externalOrderID == "290011223344")
        #expect(order.total == 17_600)
        #expect(order.receivable == 18_600)
        #expect(order.lines.map(\.lineID) == ["100012043978", "100012043979", "100012043978/2"])
        #expect(order.lines.map(\.sku) == ["SKU-1", "100012043979", "SKU-1"])
        #expect(order.lines.map(\.gift) == [false, false, true])
        #expect(order.lines.map(\.discount) == [0, 2000, 0])
        #expect(order.orderDiscount == 1000)
        #expect(order.payment?.paidAt == Instant(rfc3339: "2026-11-22T02:02:00Z"))
        #expect(order.shipTo?.sealed?.token == "jd-oaid-1")
        #expect(order.buyer?.externalBuyerID == "ob-1")
        #expect(snapshot.status == PlatformStatus())
    }

    @Test func aChildNamesTheOrderItWasSplitFrom() throws {
        let child = try sample.with(#""parentOrderId": "0""#, #""parentOrderId": "290011220000""#)
        #expect(try read(.jd, child).splitFrom == "290011220000")
        let direct = try child.with(#""directParentOrderId": "0""#, #""directParentOrderId": 290011221111"#)
        #expect(try read(.jd, direct).splitFrom == "290011221111")
        #expect(try read(.jd, sample).splitFrom == nil)
    }

    @Test func aPaymentWithoutTheFreightIsSeenByTheCoupons() throws {
        let payload = try sample.with(#""orderPayment": "156.00""#, #""orderPayment": "150.00""#)
        try expect(read(.jd, payload), total: sums(payload).total, receivable: sums(payload).receivable)
    }

    @Test func withoutCouponsTheGapIsJDs() throws {
        let payload = try sample.with(#""couponDetailList": ["#, #""couponDetailList": [], "old": ["#)
        let order = try read(.jd, payload).order
        #expect(order.total == 17_600)
        #expect(order.receivable == 18_600)
        #expect(order.discounts.map(\.bearer) == [.platform])
    }

    @Test(
        arguments: [
            ("WAIT_SELLER_DELIVERY", true, nil), ("LOCKED", true, .cancelAsked), ("PAUSE", true, .paused),
            ("POP_ORDER_PAUSE", true, .paused), ("NOT_PAY", false, nil), ("FINISHED_L", true, nil),
            ("TRADE_CANCELED", true, nil),
        ] as [(String, Bool, PlatformHold?)])
    func theStateSaysWhatIsPaidAndHeld(word: String, isPaid: Bool, hold: PlatformHold?) throws {
        let snapshot = try read(.jd, sample.with("WAIT_SELLER_STOCK_OUT", word))
        #expect((snapshot.order.payment != nil) == isPaid)
        #expect(snapshot.status.hold == hold)
        #expect((snapshot.status.cancelledAt != nil) == (word == "TRADE_CANCELED"))
        #expect((snapshot.status.receivedAt != nil) == (word == "FINISHED_L"))
    }

    @Test func cancelledUnpaidHasNoPayment() throws {
        let payload = try sample.withAll([
            ("WAIT_SELLER_STOCK_OUT", "TRADE_CANCELED"),
            (#""paymentConfirmTime": "2026-11-22 10:02:00""#, #""paymentConfirmTime": """#),
        ])
        #expect(try read(.jd, payload).order.payment == nil)
    }

    @Test func cashAtTheDoorIsNotPaidYet() throws {
        let cash = try sample.with("4-在线支付", "1-货到付款")
        #expect(try read(.jd, cash).order.paymentTerms == .cashOnDelivery)
        #expect(try read(.jd, cash).order.payment == nil)
        #expect(try read(.jd, cash.with("WAIT_SELLER_STOCK_OUT", "FINISHED_L")).order.payment?.amount == 17_600)
    }

    @Test func olderGatewaysNamesAreTheSame() throws {
        let names = [
            "orderId", "orderStartTime", "paymentConfirmTime", "orderEndTime", "orderState", "payType",
            "orderTotalPrice", "orderSellerPrice", "orderPayment", "freightPrice", "sellerDiscount", "balanceUsed",
            "itemInfoList", "couponDetailList", "consigneeInfo", "fullAddress", "orderRemark", "parentOrderId",
            "directParentOrderId", "skuId", "outerSkuId", "jdPrice", "itemTotal", "couponType", "couponPrice",
        ]
        let snake = names.reduce(sample) { text, name in
            let words = name.replacing(/[A-Z]/) { "_" + $0.output.lowercased() }
            return text.replacing("\"\(name)\"", with: "\"\(words)\"")
        }
        #expect(try read(.jd, snake) == read(.jd, sample))
    }

    @Test(arguments: [
        (#""orderId": "290011223344", "#, "", "orderId"), (#""modified": "2026-11-22 10:02:05", "#, "", "modified"),
        (#""orderTotalPrice": "200.00""#, #""orderTotalPrice": "201.00""#, "orderTotalPrice"),
        (#""orderSellerPrice": "180.00""#, #""orderSellerPrice": "181.00""#, "orderSellerPrice"),
        (#""orderPayment": "156.00""#, #""orderPayment": "999.00""#, "orderPayment"),
        (#""jdPrice": "50.00", "itemTotal": "2""#, #""jdPrice": "50.00""#, "itemInfoList[0].itemTotal"),
        (#""skuId": "100012043979", "outerSkuId""#, #""outerSkuId""#, "itemInfoList[1].skuId"),
        ("WAIT_SELLER_STOCK_OUT", "NO_IDEA", "orderState"),
        (#""orderStartTime": "2026-11-22 10:00:00""#, #""orderStartTime": "2026-13-22 10:00:00""#, "orderStartTime"),
    ])
    func aFaultNamesTheirPath(part: String, instead: String, field: String) throws {
        #expect(try fault(.jd, sample.with(part, instead))?.field == Self.path + field)
    }
}
