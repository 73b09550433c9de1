import Contracts
import Foundation
import IntakeDomain
import Support
import Testing

@Suite("Pinduoduo orders")
struct PinduoduoOrderTests {
    private let sample = NativeSamples.pinduoduo
    private static let path = "order_info_get_response.order_info."

    /// From prices and bearers, where the adapter takes the order's sums.
    private func sums(_ payload: String) throws -> (total: Decimal, receivable: Decimal) {
        let info = try Payload(payload)["order_info_get_response", "order_info"]
        let goods = info["item_list"].list.sum { $0["goods_price"].decimal * $0["goods_count"].decimal }
        let receivable =
            goods - info["order_change_amount"].decimal - info["seller_discount"].decimal
            - info["capital_free_discount"].decimal + info["postage"].decimal
        return (receivable - info["platform_discount"].decimal, receivable)
    }

    @Test func theSampleIsRead() throws {
        let snapshot = try read(.pinduoduo, sample)
        try expect(snapshot, total: sums(sample).total, receivable: sums(sample).receivable)
        let order = snapshot.order
        #expect(order.externalOrderID == "261122-512345678901234")
        #expect(order.total == 2510)
        #expect(order.receivable == 2810)
        #expect(order.lines.map(\.sku) == ["SKU-1", "CUP"])
        #expect(order.lines.map(\.unitPrice) == [1480, 0])
        #expect(order.lines[1].giftOf == "98765432101")
        #expect(order.shipTo?.name == "陈*")
        #expect(order.shipTo?.district == "南山区")
        #expect(order.shipTo?.sealed?.scheme == "pinduoduo")
        #expect(order.shipBy == Instant(rfc3339: "2026-11-24T02:05:00Z"))
        #expect(snapshot.status == PlatformStatus())
    }

    @Test func amountsAsTextAreTheSame() throws {
        let text = try sample.withAll([
            ("25.1,", #""25.10","#), ("29.6,", #""29.60","#), (#""postage": 1.0"#, #""postage": "1""#),
        ])
        #expect(try read(.pinduoduo, text) == read(.pinduoduo, sample))
    }

    @Test func aChangedPriceIsInTheGoodsAlready() throws {
        let payload = try sample.withAll([
            (#""order_change_amount": 0"#, #""order_change_amount": 1.6"#),
            (#""goods_amount": 29.6"#, #""goods_amount": 28.0"#),
            (#""pay_amount": 25.1"#, #""pay_amount": 23.5"#),
        ])
        let snapshot = try read(.pinduoduo, payload)
        try expect(snapshot, total: sums(payload).total, receivable: sums(payload).receivable)
        #expect(snapshot.order.orderDiscount == 710)
    }

    @Test(
        arguments: [
            (#""confirm_status": 0"#, #""refund_status": 1"#, true, .groupForming),
            (#""confirm_status": 1"#, #""refund_status": 2"#, true, .refundAsked),
            (#""confirm_status": 1"#, #""refund_status": 3"#, true, .refundAsked),
            (#""confirm_status": 1"#, #""refund_status": 1"#, true, nil),
        ] as [(String, String, Bool, PlatformHold?)])
    func shippingNeedsAllStatesAtOnce(confirm: String, refund: String, isPaid: Bool, hold: PlatformHold?) throws {
        let snapshot = try read(
            .pinduoduo, sample.withAll([(#""confirm_status": 1"#, confirm), (#""refund_status": 1"#, refund)]))
        #expect((snapshot.order.payment != nil) == isPaid)
        #expect(snapshot.status.hold == hold)
    }

    @Test(
        arguments: [
            (#""risk_control_status": 0"#, #""risk_control_status": 1"#, .riskCheck),
            (#""group_status": 1"#, #""group_status": 0"#, .groupForming),
            (#""is_lucky_flag": 1"#, #""is_lucky_flag": 2"#, .lottery),
        ] as [(String, String, PlatformHold)])
    func heldByThePlatform(part: String, instead: String, hold: PlatformHold) throws {
        #expect(try read(.pinduoduo, sample.with(part, instead)).status.hold == hold)
    }

    @Test func unpaidAndDeposited() throws {
        let unpaid = try sample.withAll([
            (#""confirm_status": 1"#, #""confirm_status": 0"#),
            (#""pay_time": "2026-11-22 10:00:30""#, #""pay_time": """#),
        ])
        #expect(try read(.pinduoduo, unpaid).order.payment == nil)
        #expect(try read(.pinduoduo, unpaid).status.hold == nil)
        let deposit = try sample.with(
            #""step_order_info": null"#, #""step_order_info": {"advanced_paid_fee": "5.00", "step_trade_status": 1}"#)
        #expect(try read(.pinduoduo, deposit).order.payment == nil)
        #expect(try read(.pinduoduo, deposit).status.deposit == 500)
    }

    @Test func allPaidBackIsOver() throws {
        let status = try read(.pinduoduo, sample.with(#""refund_status": 1"#, #""refund_status": 4"#)).status
        #expect(status.cancelledAt != nil)
        #expect(status.refunds.map(\.amount) == [2510])
        #expect(status.refunds.first?.lines.map(\.quantity) == [2, 1])
    }

    @Test func receivedHasItsTime() throws {
        let payload = try sample.withAll([
            (#""order_status": 1"#, #""order_status": 3"#),
            (#""receive_time": null"#, #""receive_time": "2026-11-28 09:00:00""#),
        ])
        #expect(try read(.pinduoduo, payload).status.receivedAt == Instant(rfc3339: "2026-11-28T01:00:00Z"))
    }

    @Test func emptySealedFieldsAreAbsent() throws {
        let payload = try sample.withAll([
            (#""receiver_name": "~AgAAAAK1~name~""#, #""receiver_name": """#),
            (#""receiver_phone": "$phone$""#, #""receiver_phone": """#),
            (#""receiver_address": "~addr~""#, #""receiver_address": """#),
        ])
        #expect(try read(.pinduoduo, payload).order.shipTo?.sealed == nil)
        #expect(try read(.pinduoduo, payload).order.shipTo?.province == "广东省")
    }

    @Test(arguments: [
        (#""order_sn": "261122-512345678901234", "#, "", "order_sn"),
        (#""updated_at": "2026-11-22 10:05:01", "#, "", "updated_at"),
        (#""pay_amount": 25.1"#, #""pay_amount": 25.11"#, "pay_amount"),
        (#""pay_amount": 25.1"#, #""pay_amount": 25.100000000000001"#, "pay_amount"),
        (#""goods_amount": 29.6"#, #""goods_amount": 29.7"#, "goods_amount"),
        (#""discount_amount": 5.5"#, #""discount_amount": 5.6"#, "discount_amount"),
        (#""goods_count": 2"#, #""goods_count": 0"#, "item_list[0].goods_count"),
        (#""sku_id": 98765432101,"#, "", "item_list[0].sku_id"),
        (#""confirm_status": 1,"#, "", "confirm_status"),
        (#""item_list": ["#, #""item_list": [], "old": ["#, "item_list"),
    ])
    func aFaultNamesTheirPath(part: String, instead: String, field: String) throws {
        #expect(try fault(.pinduoduo, sample.with(part, instead))?.field == Self.path + field)
    }
}
