import Contracts
import Foundation
import IntakeDomain
import Support
import Testing

@Suite("Taobao trades")
struct TaobaoTradeTests {
    private let sample = NativeSamples.taobao
    private static let path = "trade_fullinfo_get_response.trade."

    /// From list prices downwards, where the adapter takes the shares that Taobao has made.
    private func sums(_ payload: String) throws -> (total: Decimal, receivable: Decimal) {
        let trade = try Payload(payload)["trade_fullinfo_get_response", "trade"]
        let goods = trade["orders", "order"].list.filter { $0["status"].text != "TRADE_CLOSED_BY_TAOBAO" }.sum { line in
            line["price"].decimal * line["num"].decimal + line["adjust_fee"].decimal - line["discount_fee"].decimal
                - line["part_mjz_discount"].decimal
        }
        let others = trade["platform_subsidy_fee"].decimal + trade["coupon_fee"].decimal / 100
        let receivable = goods + trade["post_fee"].decimal
        return (receivable - others, receivable)
    }

    @Test func theSampleIsRead() throws {
        let snapshot = try read(.taobao, sample)
        try expect(snapshot, total: sums(sample).total, receivable: sums(sample).receivable)
        let order = snapshot.order
        #expect(order.externalOrderID == "2589104771324567890")
        #expect(order.placedAt == Instant(rfc3339: "2026-11-22T02:00:00Z"))
        #expect(order.lines.map(\.sku) == ["红色+XL", "MUG", "GIFT"])
        #expect(order.lines.map(\.unitPrice) == [4000, 3500, 0])
        #expect(order.lines.map(\.discount) == [1500, 0, 0])
        #expect(order.lines[2].gift)
        #expect(order.lines[2].giftOf == "2589104771324567892")
        #expect(order.orderDiscount == 500)
        #expect(order.shipBy == Instant(rfc3339: "2026-11-24T02:00:00Z"))
        #expect(order.shipTo?.name == "李**")
        #expect(order.shipTo?.sealed == ChannelOrder.Sealed(scheme: "taobao-oaid", token: "1CAVoy3kVrgyZ=="))
        #expect(order.payment?.amount == 10_300)
        #expect(snapshot.status == PlatformStatus())
    }

    @Test func thePlatformsCouponIsInFenAmongYuan() throws {
        let payload = try sample.withAll([
            (#""coupon_fee": 0"#, #""coupon_fee": 300"#), (#""payment": "103.00""#, #""payment": "100.00""#),
        ])
        let snapshot = try read(.taobao, payload)
        try expect(snapshot, total: sums(payload).total, receivable: sums(payload).receivable)
        #expect(snapshot.order.discounts.filter { $0.bearer == .platform }.map(\.amount) == [500, 300])
    }

    @Test func aSubsidyThatTheLinesKnowIsNotTakenTwice() throws {
        let order = try read(.taobao, sample.with(#""payment": "103.00""#, #""payment": "108.00""#)).order
        #expect(order.orderDiscount == 0)
        #expect(order.receivable == 11_300)
    }

    /// The freight is in the payment of a single line, and in none of several.
    @Test func aSingleLinesPaymentHoldsTheFreight() throws {
        let payload = """
            {"trade": {"tid": "1", "status": "WAIT_SELLER_SEND_GOODS", "created": "2026-11-22 10:00:00", "modified":
            "2026-11-22 10:01:30", "pay_time": "2026-11-22 10:01:00", "payment": "48.00", "post_fee": "8.00",
            "orders": {"order": [{"oid": "11", "num": 1, "price": "50.00", "payment": "48.00", "outer_iid": "A",
            "status": "WAIT_SELLER_SEND_GOODS"}]}}}
            """
        let order = try read(.taobao, payload).order
        #expect(order.lines[0].unitPrice == 5000)
        #expect(order.lines[0].discount == 1000)
        let two = try payload.withAll([
            (
                #"{"oid": "11""#,
                #"{"oid": "12", "num": 1, "price": "8.00", "payment": "8.00", "status": "X"}, {"oid": "11""#
            ),
            (#""payment": "48.00", "post_fee""#, #""payment": "64.00", "post_fee""#),
        ])
        #expect(try read(.taobao, two).order.lines.map { $0.unitPrice - $0.discount } == [800, 4800])
    }

    @Test func aLineClosedUnpaidInALiveTradeIsLeftOut() throws {
        let payload = try sample.withAll([
            (
                #""title": "杯子", "status": "WAIT_SELLER_SEND_GOODS""#,
                #""title": "杯子", "status": "TRADE_CLOSED_BY_TAOBAO""#
            ),
            (#""payment": "103.00""#, #""payment": "68.00""#),
        ])
        let snapshot = try read(.taobao, payload)
        try expect(snapshot, total: sums(payload).total, receivable: sums(payload).receivable)
        #expect(snapshot.order.lines.map(\.lineID) == ["2589104771324567891", "2589104771324567893"])
        #expect(snapshot.order.lines[1].giftOf == nil)
    }

    @Test func aClosedLineOfAPaidTradeIsPaidBack() throws {
        let payload = try sample.with(
            #""title": "杯子", "status": "WAIT_SELLER_SEND_GOODS""#, #""title": "杯子", "status": "TRADE_CLOSED""#)
        let refunds = try read(.taobao, payload).status.refunds
        #expect(refunds.map(\.amount) == [3500])
        #expect(refunds.first?.lines == [LinePieces(lineID: "2589104771324567892", quantity: 1)])
    }

    @Test func anOpenRefundHoldsWhatHasNotLeft() throws {
        let open = try sample.with(#""refund_status": "NO_REFUND""#, #""refund_status": "WAIT_SELLER_AGREE""#)
        #expect(try read(.taobao, open).status.hold == .refundAsked)
        let left = try open.with(
            #""status": "WAIT_SELLER_SEND_GOODS", "created""#, #""status": "WAIT_BUYER_CONFIRM_GOODS", "created""#)
        #expect(try read(.taobao, left).status.hold == nil)
    }

    @Test(
        arguments: [
            ("WAIT_BUYER_PAY", false, nil), ("TRADE_NO_CREATE_PAY", false, nil), ("PAID_FORBID_CONSIGN", true, .paused),
            ("WAIT_SELLER_SEND_GOODS", true, nil), ("TRADE_FINISHED", true, nil),
            ("TRADE_CLOSED_BY_TAOBAO", false, nil),
            ("TRADE_CLOSED", true, nil),
        ] as [(String, Bool, PlatformHold?)])
    func theStatusSaysWhatIsPaidAndHeld(word: String, isPaid: Bool, hold: PlatformHold?) throws {
        let snapshot = try read(
            .taobao, sample.with(#""status": "WAIT_SELLER_SEND_GOODS", "created""#, #""status": "\#(word)", "created""#)
        )
        #expect((snapshot.order.payment != nil) == isPaid)
        #expect(snapshot.status.hold == hold)
        #expect((snapshot.status.cancelledAt != nil) == word.hasPrefix("TRADE_CLOSED"))
        #expect((snapshot.status.receivedAt != nil) == (word == "TRADE_FINISHED"))
    }

    @Test func aDepositIsNoPaymentYet() throws {
        let payload = try sample.withAll([
            (
                #""type": "fixed", "status": "WAIT_SELLER_SEND_GOODS""#,
                #""type": "step", "status": "WAIT_BUYER_PAY", "step_trade_status": "FRONT_PAID_FINAL_NOPAID", "step_paid_fee": "20.00""#
            )
        ])
        let snapshot = try read(.taobao, payload)
        #expect(snapshot.status.deposit == 2000)
        #expect(snapshot.order.payment == nil)
    }

    @Test func cashOnDeliveryIsPaidWhenReceived() throws {
        let cash = try sample.with(#""type": "fixed""#, #""type": "cod""#)
        #expect(try read(.taobao, cash).order.payment == nil)
        #expect(try read(.taobao, cash).order.paymentTerms == .cashOnDelivery)
        let done = try cash.with(
            #""status": "WAIT_SELLER_SEND_GOODS", "created""#, #""status": "TRADE_FINISHED", "created""#)
        #expect(try read(.taobao, done).order.payment?.amount == 10_300)
    }

    @Test func aCountyUnderAProvinceStandsInTheDistrict() throws {
        let payload = try sample.withAll([(#""receiver_city": "杭州市""#, #""receiver_city": """#), ("西湖区", "仙桃市")])
        let address = try read(.taobao, payload).order.shipTo
        #expect(address?.city == "仙桃市")
        #expect(address?.district == nil)
    }

    @Test func theSimplifiedFormIsTheSame() throws {
        let simple = try sample.withAll([
            (#""orders": {"order": ["#, #""orders": ["#), (#""NO_REFUND"}]}"#, #""NO_REFUND"}]"#),
        ])
        #expect(try read(.taobao, simple) == read(.taobao, sample))
    }

    @Test(arguments: [
        (#""oid": 2589104771324567891, "#, "", "orders.order[0].oid"),
        (#""num": 2"#, #""num": "two""#, "orders.order[0].num"),
        (#""divide_order_fee": "65.00""#, #""divide_order_fee": "65.001""#, "orders.order[0].divide_order_fee"),
        (#""payment": "103.00""#, #""payment": "102.99""#, "payment"),
        (#""modified": "2026-11-22 10:01:30", "#, "", "modified"),
        (#""created": "2026-11-22 10:00:00""#, #""created": "0000-00-00 00:00:00""#, "created"),
        (#""status": "WAIT_SELLER_SEND_GOODS", "created""#, #""status": "WAIT_FOR_MOON", "created""#, "status"),
        (#""coupon_fee": 0"#, #""coupon_fee": "1.5""#, "coupon_fee"),
        (#""price": "40.00", "#, "", "orders.order[0].price"),
    ])
    func aFaultNamesTheirPath(part: String, instead: String, field: String) throws {
        #expect(try fault(.taobao, sample.with(part, instead))?.field == Self.path + field)
    }
}
