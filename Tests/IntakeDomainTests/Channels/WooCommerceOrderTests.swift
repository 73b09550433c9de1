import Contracts
import Foundation
import IntakeDomain
import Support
import Testing

@Suite("WooCommerce orders")
struct WooCommerceOrderTests {
    private let sample = NativeSamples.wooCommerce

    /// Line by line with its own tax, where the adapter takes the order's.
    private func total(_ payload: String) throws -> Decimal {
        let order = try Payload(payload)
        let lines = order["line_items"].list + order["fee_lines"].list
        return lines.sum { $0["total"].decimal + $0["total_tax"].decimal } + order["shipping_total"].decimal
            + order["shipping_tax"].decimal
    }

    @Test func theDocumentedSampleIsRead() throws {
        let snapshot = try read(.wooCommerce, sample)
        try expect(snapshot, total: total(sample), receivable: total(sample))
        let order = snapshot.order
        #expect(order.total == 2935)
        #expect(order.tax == 135)
        #expect(!order.taxIncluded)
        #expect(order.lines.map(\.sku) == ["93", "Bar3"])
        #expect(order.lines.map(\.unitPrice) == [300, 1200])
        #expect(order.placedAt == Instant(rfc3339: "2017-03-22T19:28:02Z"))
        #expect(snapshot.modifiedAt == Instant(rfc3339: "2017-03-22T19:28:08Z"))
        #expect(order.payment?.paidAt == Instant(rfc3339: "2017-03-22T19:28:08Z"))
        #expect(order.shipTo?.name == "John Doe")
    }

    @Test func theSitesOwnTimesAreNeverRead() throws {
        let moved = try sample.with(#""date_created": "2017-03-22T16:28:02""#, #""date_created": "nonsense""#)
        #expect(try read(.wooCommerce, moved) == read(.wooCommerce, sample))
    }

    @Test(arguments: [
        ("pending", "bacs", false), ("on-hold", "bacs", false), ("failed", "bacs", false), ("processing", "bacs", true),
        ("processing", "cod", false), ("completed", "cod", true), ("completed", "bacs", true),
        ("refunded", "bacs", true),
        ("checkout-draft", "bacs", false),
    ])
    func paidGoesByStatusAndMethod(word: String, method: String, isPaid: Bool) throws {
        let payload = try sample.withAll([
            (#""status": "processing""#, #""status": "\#(word)""#),
            (#""payment_method": "bacs""#, #""payment_method": "\#(method)""#),
        ])
        let order = try read(.wooCommerce, payload).order
        #expect((order.payment != nil) == isPaid)
        #expect((order.paymentTerms == .cashOnDelivery) == (method == "cod"))
    }

    @Test func aPriceThatDoesNotDivideKeepsTheLinesMoney() throws {
        let payload = try sample.withAll([
            (#""quantity": 2, "subtotal": "6.00""#, #""quantity": 7, "subtotal": "6.00""#)
        ])
        let snapshot = try read(.wooCommerce, payload)
        try expect(snapshot, total: total(payload), receivable: total(payload))
        #expect(snapshot.order.lines[0].unitPrice == 86)
        #expect(snapshot.order.lines[0].discount == 2)
    }

    @Test func couponsAreInTheLinesAlready() throws {
        let payload = try sample.withAll([
            (#""total": "12.00", "total_tax": "0.90""#, #""total": "10.00", "total_tax": "0.75""#),
            (#""coupon_lines": []"#, #""coupon_lines": [{"code": "off2", "discount": "2.00"}]"#),
            (#""total_tax": "1.35""#, #""total_tax": "1.20""#), (#""total": "29.35""#, #""total": "27.20""#),
        ])
        let snapshot = try read(.wooCommerce, payload)
        try expect(snapshot, total: total(payload), receivable: total(payload))
        #expect(snapshot.order.lines[1].discount == 200)
        #expect(snapshot.order.orderDiscount == 0)
        #expect(snapshot.order.discounts.map(\.code) == ["off2"])
    }

    @Test func aNegativeFeeIsADiscount() throws {
        let payload = try sample.withAll([
            (
                #""fee_lines": []"#,
                #""fee_lines": [{"name": "gift wrap", "total": "3.00", "total_tax": "0.00"}, {"name": "loyal", "total": "-1.00", "total_tax": "0.00"}]"#
            ),
            (#""total": "29.35""#, #""total": "31.35""#),
        ])
        let snapshot = try read(.wooCommerce, payload)
        try expect(snapshot, total: total(payload), receivable: total(payload))
        #expect(snapshot.order.fees == [ChannelOrder.Fee(kind: "gift wrap", amount: 300)])
        #expect(snapshot.order.orderDiscount == 100)
    }

    /// Each part is rounded by itself: what that leaves is a fee or a discount; more than that is wrong.
    @Test(arguments: [("29.36", 1, 0), ("29.34", 0, 1), ("29.37", 2, 0)] as [(String, Int64, Int64)])
    func roundingIsToldApart(total: String, fee: Int64, discount: Int64) throws {
        let order = try read(.wooCommerce, sample.with(#""total": "29.35""#, #""total": "\#(total)""#)).order
        #expect(order.fees.reduce(0) { $0 + $1.amount } == fee)
        #expect(order.orderDiscount == discount)
    }

    @Test func fourDigitsAreAsGoodAsTwo() throws {
        let long = try sample.withAll([
            (#""total": "29.35""#, #""total": "29.3500""#), (#""subtotal": "6.00""#, #""subtotal": "6.0000""#),
        ])
        #expect(try read(.wooCommerce, long) == read(.wooCommerce, sample))
    }

    @Test func yenAndDinarsHaveTheirOwnDigits() throws {
        let yen = sample.replacing("USD", with: "JPY").replacing(".35\"", with: "\"").replacing("0.45", with: "0")
            .replacing("0.90", with: "1")
        let snapshot = try read(.wooCommerce, yen)
        try expect(snapshot, total: total(yen), receivable: total(yen), digits: 0)
        let dinar = try sample.replacing("USD", with: "KWD").withAll([
            (#""total": "29.35""#, #""total": "29.351""#),
            (#""shipping_total": "10.00""#, #""shipping_total": "10.001""#),
        ])
        try expect(read(.wooCommerce, dinar), total: total(dinar), receivable: total(dinar), digits: 3)
    }

    @Test func refundsAreNegativeThere() throws {
        let payload = try sample.with(#""refunds": []"#, #""refunds": [{"id": 726, "reason": "", "total": "-10.00"}]"#)
        #expect(try read(.wooCommerce, payload).status.refunds.map(\.amount) == [1000])
        #expect(try fault(.wooCommerce, payload.with("-10.00", "10.00"))?.field == "refunds[0].total")
    }

    @Test func completedIsShippedAndReceived() throws {
        let payload = try sample.withAll([
            (#""status": "processing""#, #""status": "completed""#),
            (#""date_completed_gmt": null"#, #""date_completed_gmt": "2017-03-25T00:00:00""#),
        ])
        let status = try read(.wooCommerce, payload).status
        let moment = try #require(Instant(rfc3339: "2017-03-25T00:00:00Z"))
        #expect(status.shipping == .all(moment))
        #expect(status.receivedAt == moment)
        #expect(try read(.wooCommerce, sample.with(#""processing""#, #""cancelled""#)).status.cancelledAt != nil)
    }

    @Test func aGuestIsNoBuyer() throws {
        #expect(try read(.wooCommerce, sample.with(#""customer_id": 26"#, #""customer_id": 0"#)).order.buyer == nil)
    }

    @Test(arguments: [
        (#""id": 727, "#, "", "id"), (#""date_created_gmt": "2017-03-22T19:28:02", "#, "", "date_created_gmt"),
        (#""date_modified_gmt": "2017-03-22T19:28:08""#, #""date_modified_gmt": null"#, "date_modified_gmt"),
        (#""total": "29.35""#, #""total": "29.45""#, "total"), (#""total": "29.35""#, #""total": "29.355""#, "total"),
        (#""currency": "USD""#, #""currency": "dollar""#, "currency"),
        (#""subtotal": "12.00", "#, "", "line_items[1].subtotal"),
        (#""quantity": 1"#, #""quantity": 1.5"#, "line_items[1].quantity"),
        (#""status": "processing", "#, "", "status"),
    ])
    func aFaultNamesTheirPath(part: String, instead: String, field: String) throws {
        #expect(try fault(.wooCommerce, sample.with(part, instead))?.field == field)
    }

    @Test func thePingOfANewWebhookIsNoOrder() {
        #expect(fault(.wooCommerce, #"{"webhook_id": 5}"#)?.field == "id")
    }
}
