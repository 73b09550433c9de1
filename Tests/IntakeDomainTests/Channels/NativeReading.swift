import Contracts
import Foundation
import IntakeDomain
import Support
import Testing

/// Reads a payload as the adapter of its type does.
func read(_ native: NativeOrder, _ payload: String, channel: String = "shop") throws -> ChannelSnapshot {
    try native.read(JSONDocument.object(Array(payload.utf8)), channel: channel)
}

/// What an adapter says against a payload.
func fault(_ native: NativeOrder, _ payload: String) -> Fault? {
    fault { _ = try read(native, payload) }
}

extension String {
    /// The text with a part replaced once, which must be in it.
    func with(_ part: String, _ instead: String) throws -> String {
        try #require(contains(part), "the sample holds no \(part)")
        return replacing(part, with: instead, maxReplacements: 1)
    }

    /// With every such part replaced.
    func withAll(_ parts: [(String, String)]) throws -> String {
        try parts.reduce(self) { try $0.with($1.0, $1.1) }
    }
}

/// A payload as Foundation reads it, for sums that are made in another way than the adapters make them.
///
/// Amounts are `Decimal`s from the text that Foundation prints for them, ids and words are texts.
struct Payload {
    let value: Any

    init(_ payload: String) throws { value = try JSONSerialization.jsonObject(with: Data(payload.utf8)) }
    private init(value: Any) { self.value = value }

    subscript(_ path: String...) -> Payload {
        Payload(value: path.reduce(value) { ($0 as? [String: Any])?[$1] ?? NSNull() })
    }

    var list: [Payload] { (value as? [Any])?.map(Payload.init(value:)) ?? [] }

    var text: String { (value as? String) ?? (value as? NSNumber)?.stringValue ?? "" }

    var decimal: Decimal { Decimal(string: text) ?? 0 }

    var isTrue: Bool { (value as? Bool) ?? false }
}

extension Sequence {
    func sum(_ part: (Element) -> Decimal) -> Decimal { reduce(0) { $0 + part($1) } }
}

/// Holds an order's money against sums that were made from the payload by other means.
func expect(
    _ snapshot: ChannelSnapshot, total: Decimal, receivable: Decimal, digits: Int = 2,
    sourceLocation: SourceLocation = #_sourceLocation
) throws {
    let order = snapshot.order
    let unit = pow(Decimal(10), digits)
    #expect(Decimal(order.total) == total * unit, sourceLocation: sourceLocation)
    #expect(Decimal(order.receivable) == receivable * unit, sourceLocation: sourceLocation)
    let goods = order.lines.sum { Decimal($0.unitPrice) * Decimal($0.quantity) - Decimal($0.discount) }
    let fees = order.fees.sum { Decimal($0.amount) }
    let tax = order.taxIncluded ? 0 : Decimal(order.tax)
    let sum = goods - Decimal(order.orderDiscount) + Decimal(order.freight) + fees + tax
    #expect(sum == total * unit, sourceLocation: sourceLocation)
    #expect(try ChannelOrder(JSONDocument.object(order.jsonBytes)) == order, sourceLocation: sourceLocation)
}
