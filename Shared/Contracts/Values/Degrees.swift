/// A latitude or longitude as a whole number, so that a route is the same on every machine.
///
/// - Units: millionths of a degree (11 cm), north and east positive.
public struct Degrees: Hashable, Comparable, Sendable {
    public let microdegrees: Int64

    public init(microdegrees: Int64) { self.microdegrees = microdegrees }

    /// Reads `30.274085` or `-0.5`; finer digits are cut, an exponent is refused.
    public init?(_ text: String) {
        let isNegative = text.hasPrefix("-")
        let parts = text.dropFirst(isNegative ? 1 : 0).split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count <= 2, let whole = Self.number(parts[0], atMost: 3) else { return nil }
        var millionths: Int64 = 0
        if parts.count == 2 {
            let digits = String(parts[1].prefix(6))
            guard Self.number(parts[1], atMost: 40) != nil, let number = Int64(digits) else { return nil }
            millionths = number
            for _ in digits.utf8.count..<6 { millionths *= 10 }
        }
        let magnitude = whole * 1_000_000 + millionths
        microdegrees = isNegative ? -magnitude : magnitude
    }

    /// The decimal number without needless zeros.
    public var text: String {
        let magnitude = microdegrees.magnitude
        var digits = String(magnitude % 1_000_000 + 1_000_000).dropFirst()
        while digits.last == "0" { digits = digits.dropLast() }
        return (microdegrees < 0 ? "-" : "") + String(magnitude / 1_000_000) + (digits.isEmpty ? "" : "." + digits)
    }

    public static func < (left: Degrees, right: Degrees) -> Bool { left.microdegrees < right.microdegrees }

    /// The digits' number, cut to what 64 bits hold; `nil` when anything else than digits stands there.
    private static func number(_ digits: Substring, atMost limit: Int) -> Int64? {
        guard (1...limit).contains(digits.utf8.count), digits.utf8.allSatisfy({ 48...57 ~= $0 }) else { return nil }
        return Int64(digits.prefix(18))
    }
}

extension JSONObject {
    /// A latitude (limit 90) or longitude (limit 180).
    public func degreesIfPresent(_ name: StaticString, limit: Int64) throws(Fault) -> Degrees? {
        guard let value = value(name) else { return nil }
        guard let degrees = Degrees(try value.token(atMost: 40)), degrees.microdegrees.magnitude <= limit * 1_000_000
        else { throw fault("is not a number of degrees within ±\(limit)", field: name) }
        return degrees
    }
}

extension JSONWriter {
    public mutating func field(_ name: StaticString, _ value: Degrees?) {
        field(name, json: value.map { Array($0.text.utf8) })
    }
}
