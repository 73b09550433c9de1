import Contracts
import Foundation
import IntakeDomain
import Support
import Testing

@Suite("Shopify orders")
struct ShopifyOrderTests {
    private let sample = NativeSamples.shopify

    /// The rule of the documentation, by Foundation.
    private func total(_ payload: String) throws -> Decimal {
        let order = try Payload(payload)
        let goods = order["line_items"].list.sum { line in
            line["price"].decimal * line["quantity"].decimal
                - line["discount_allocations"].list.sum { $0["amount"].decimal }
        }
        let shipping = order["shipping_lines"].list.filter { !$0["is_removed"].isTrue }.sum { line in
            line["price"].decimal - line["discount_allocations"].list.sum { $0["amount"].decimal }
        }
        let tax = order["taxes_included"].isTrue ? 0 : order["total_tax"].decimal
        return goods + shipping + tax + order["total_tip_received"].decimal
            + order["original_total_duties_set", "shop_money", "amount"].decimal
    }

    @Test func theSampleIsReadInShopMoney() throws {
        let snapshot = try read(.shopify, sample)
        try expect(snapshot, total: total(sample), receivable: total(sample))
        let order = snapshot.order
        #expect(order.externalOrderID == "820982911946154508")
        #expect(order.currency == "USD")
        #expect(order.total == 6750)
        #expect(order.lines.map(\.sku) == ["IPOD-8", "49148385"])
        #expect(order.lines.map(\.lineID) == ["466157049", "518995019"])
        #expect(order.lines.map(\.discount) == [333, 167])
        #expect(order.freight == 550)
        #expect(order.fees == [ChannelOrder.Fee(kind: "tip", amount: 100)])
        #expect(order.buyer?.externalBuyerID == "115310627314723954")
        #expect(order.referral == ChannelOrder.Referral(code: "M3", kind: .link))
        #expect(order.shipTo?.country == "CA")
        #expect(order.payment?.amount == 6750)
        #expect(order.payment?.paidAt == Instant(rfc3339: "2026-11-22T03:00:05Z"))
        #expect(snapshot.modifiedAt == Instant(rfc3339: "2026-11-22T03:00:10Z"))
        #expect(snapshot.status == PlatformStatus())
    }

    @Test(arguments: [
        ("pending", false), ("authorized", false), ("partially_paid", false), ("voided", false),
        ("paid", true), ("partially_refunded", true), ("refunded", true),
    ])
    func authorizedIsNotPaid(word: String, isPaid: Bool) throws {
        let snapshot = try read(
            .shopify, sample.with(#""financial_status": "paid""#, #""financial_status": "\#(word)""#))
        #expect((snapshot.order.payment != nil) == isPaid)
    }

    @Test func yenHaveNoDigits() throws {
        let payload = try currency("JPY") {
            $0.replacing(".50", with: ".00").replacing(".33", with: ".00").replacing(".67", with: ".00")
        }
        .withAll([(#""total_price": "67.00""#, #""total_price": "69.00""#)])
        try expect(read(.shopify, payload), total: total(payload), receivable: total(payload), digits: 0)
    }

    @Test func yenWithSenAreRefused() throws {
        let refusal = try fault(.shopify, currency("JPY") { $0 })
        #expect(refusal?.field == "line_items[0].discount_allocations[0].amount")
    }

    @Test func dinarsHaveThreeDigits() throws {
        let payload = try currency("KWD") { $0 }
            .withAll([
                (#""amount": "3.33", "discount"#, #""amount": "3.335", "discount"#),
                (#""total_price": "67.50""#, #""total_price": "67.495""#),
            ])
        let snapshot = try read(.shopify, payload)
        try expect(snapshot, total: total(payload), receivable: total(payload), digits: 3)
        #expect(snapshot.order.total == 67_495)
    }

    private func currency(_ code: String, _ change: (String) -> String) throws -> String {
        change(
            try sample.with(#""currency": "USD""#, #""currency": "\#(code)""#)
                .replacing(#""currency_code": "USD""#, with: #""currency_code": "\#(code)""#))
    }

    @Test func presentmentMoneyIsNotTheOrders() throws {
        let mixed = try sample.with(#""67.50", "currency_code": "USD""#, #""67.50", "currency_code": "EUR""#)
        #expect(fault(.shopify, mixed)?.field == "total_price_set.shop_money.currency_code")
    }

    @Test func taxInThePricesIsNotAddedAgain() throws {
        let payload = try sample.withAll([
            (#""taxes_included": false"#, #""taxes_included": true"#),
            (#""total_price": "67.50""#, #""total_price": "61.50""#),
        ])
        let snapshot = try read(.shopify, payload)
        try expect(snapshot, total: total(payload), receivable: total(payload))
        #expect(snapshot.order.tax == 600)
    }

    @Test func moneyBackIsWhatTransactionsMoved() throws {
        let refunds = #"""
            "refunds": [{"id": 509562969, "refund_line_items": [{"line_item_id": 466157049, "quantity": 1,
            "subtotal": "18.33", "restock_type": "return"}], "transactions": [{"kind": "refund", "status": "success",
            "amount": "18.00"}, {"kind": "refund", "status": "failure", "amount": "99.00"}]}, {"id": 2, "note": "none"}]
            """#
        let payload = try sample.withAll([
            (#""refunds": []"#, refunds),
            (#""financial_status": "paid""#, #""financial_status": "partially_refunded""#),
        ])
        let refund = try read(.shopify, payload).status.refunds
        #expect(refund.map(\.refundID) == ["509562969"])
        #expect(refund.map(\.amount) == [1800])
        #expect(refund.first?.lines == [LinePieces(lineID: "466157049", quantity: 1)])
    }

    @Test func dutiesAreAFee() throws {
        let payload = try sample.withAll([
            (
                #""refunds": []"#,
                #""refunds": [], "original_total_duties_set": {"shop_money": {"amount": "4.00", "currency_code": "USD"}}"#
            ),
            (#""total_price": "67.50""#, #""total_price": "71.50""#),
        ])
        try expect(read(.shopify, payload), total: total(payload), receivable: total(payload))
    }

    @Test func whatNeedsNoShippingIsVirtual() throws {
        let digital = sample.replacing(#""requires_shipping": true"#, with: #""requires_shipping": false"#)
        let order = try read(.shopify, digital.with(#""shipping_address": {"#, #""shipping_address": null, "x": {"#))
            .order
        #expect(order.delivery == .virtual)
        #expect(order.shipTo == nil)
    }

    @Test func shippedAndCancelledAreFacts() throws {
        let payload = try sample.withAll([
            (#""fulfillment_status": null"#, #""fulfillment_status": "fulfilled""#),
            (#""cancelled_at": null"#, #""cancelled_at": "2026-11-23T00:00:00Z""#),
        ])
        let status = try read(.shopify, payload).status
        #expect(status.shipping == .all(try #require(Instant(rfc3339: "2026-11-22T03:00:10Z"))))
        #expect(status.cancelledAt == Instant(rfc3339: "2026-11-23T00:00:00Z"))
    }

    @Test func anIdIsKeptDigitByDigitAsNumberOrText() throws {
        let text = try sample.with("820982911946154508,", #""820982911946154508","#)
        #expect(try read(.shopify, text) == read(.shopify, sample))
        #expect(try fault(.shopify, sample.with("820982911946154508,", "8.20982911946154508e17,"))?.field == "id")
    }

    @Test(arguments: [
        (#""test": false"#, #""test": true"#, "test"),
        (#""id": 466157049, "#, "", "line_items[0].id"),
        (#""id": 518995019"#, #""id": 466157049"#, "line_items[1].id"),
        (#""quantity": 2"#, #""quantity": 0"#, "line_items[0].quantity"),
        (#""amount": "3.33""#, #""amount": "40.01""#, "line_items[0].discount_allocations"),
        (#""total_price": "67.50""#, #""total_price": "67.51""#, "total_price"),
        (#""total_price": "67.50","#, "", "total_price"),
        (#""financial_status": "paid""#, #""financial_status": "odd""#, "financial_status"),
        (#""updated_at": "2026-11-22T11:00:10+08:00""#, #""updated_at": "yesterday""#, "updated_at"),
        (#""created_at": "2026-11-22T11:00:00+08:00", "#, "", "created_at"),
        (#""currency": "USD""#, #""currency": "usd""#, "currency"),
        (#""price": "20.00""#, #""price": "20.001""#, "line_items[0].price"),
        (#""line_items": ["#, #""line_items": [], "old": ["#, "line_items"),
    ])
    func aFaultNamesTheirPath(part: String, instead: String, field: String) throws {
        #expect(try fault(.shopify, sample.with(part, instead))?.field == field)
    }
}
