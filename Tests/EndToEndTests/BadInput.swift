import Foundation

/// Records for `ops publish`, good ones and bad ones, as a channel's connector would write them.
enum BadInput {
    /// One way in which an order can be wrong.
    struct Case: Sendable {
        let name: String
        /// What the dead letter must say: field, colon, part of the reason; the field is left out where none is at fault.
        let verdict: String
        let value: @Sendable (_ order: String) -> String
    }

    static let cases = [
        Case(name: "garbage", verdict: "not JSON") { _ in #""\u0001{{garbage""# },
        Case(name: "array", verdict: "value is not a JSON object") { _ in #""[1,2]""# },
        Case(name: "quantity-type", verdict: "lines[0].quantity: is not a whole number") {
            order(quantity: #""two""#, $0)
        },
        Case(name: "lines-type", verdict: "lines: is not an array") { order(lines: "{}", $0) },
        Case(name: "total-type", verdict: "total: is not a whole number") { order(total: "12.91", $0) },
        Case(name: "no-lines", verdict: "lines: is missing") { order(lines: nil, $0) },
        Case(name: "no-total", verdict: "total: is missing") { order(total: nil, $0) },
        Case(name: "sum", verdict: "total: total 1001 is not the sum 1000") { order(total: "1001", $0) },
        Case(name: "quantity-0", verdict: "lines[0].quantity: quantity 0 is not positive") { order(quantity: "0", $0) },
        Case(name: "quantity-10e12", verdict: "lines[0].quantity: quantity 1000000000000 is not below 10^12") {
            order(quantity: "1000000000000", $0)
        },
        Case(name: "nul", verdict: "note: holds U+0000") { order(more: #","note":"a\u0000b""#, $0) },
        Case(name: "channel", verdict: "channel nowhere is unknown or not active") { order(channel: "nowhere", $0) },
        Case(name: "501-lines", verdict: "lines: is not at most 500 entries long") { order in
            let line = #"{"lineId":"1","sku":"S","quantity":1,"unitPrice":1}"#
            let lines = "[" + Array(repeating: line, count: 501).joined(separator: ",") + "]"
            return Self.order(lines: lines, total: "501", order)
        },
        Case(name: "900-kb", verdict: "note: is not at most 2000 characters long") {
            order(more: #","note":"\#(String(repeating: "x", count: 900_000))""#, $0)
        },
    ]

    /// - Parameter more: Further fields, each behind a comma.
    static func order(
        channel: String = "web", quantity: String = "1", lines: String? = "one", total: String? = "1000",
        more: String = "", _ id: String
    ) -> String {
        let one = #"[{"lineId":"1","sku":"S","quantity":\#(quantity),"unitPrice":1000}]"#
        let line = lines.map { #","lines":\#($0 == "one" ? one : $0)"# } ?? ""
        let sum = total.map { #","total":\#($0)"# } ?? ""
        let payment = #"{"paymentId":"P-\#(id)","status":"succeeded","amount":1000,"paidAt":"2026-11-01T08:00:00Z"}"#
        return """
            {"channel":"\(channel)","externalOrderId":"\(id)","placedAt":"2026-11-01T08:00:00Z","currency":"CNY",\
            "buyer":{"externalBuyerId":"b-\(id)","name":"顾客 1","phone":"13900000001"},"payment":\(payment)\(line)\(sum)\(more)}
            """
    }

    static func line(_ id: String, _ value: String) -> String { #"{"key":"web/\#(id)","value":\#(value)}"# }

    /// A channel, a warehouse and an item with stock.
    static let references: [(topic: String, line: String)] = [
        ("catalog.channels.v1", #"{"key":"web","value":{"channel":"web","name":"Web","kind":"web"}}"#),
        (
            "catalog.warehouses.v1",
            #"{"key":"w","value":{"warehouse":"w","name":"W","province":"浙江省","city":"杭州市","priority":1}}"#
        ),
        ("catalog.items.v1", #"{"key":"S","value":{"sku":"S","name":"S","price":1000,"currency":"CNY"}}"#),
        (
            "warehouse.movements.v1",
            """
            {"key":"S","value":{"movementId":"m-1","warehouse":"w","sku":"S","kind":"received","quantity":100000,\
            "occurredAt":"2026-11-01T08:00:00Z"}}
            """
        ),
    ]
}
