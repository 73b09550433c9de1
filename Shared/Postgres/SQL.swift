/// A statement put together of literals and values, for questions whose conditions differ from one time to the next.
///
/// Its text holds nothing but literals of the program: whatever is interpolated is a value (`$1`, `$2`, …) or another
/// piece of this type. So text from outside cannot become SQL, because that does not compile.
///
///     let mine: SQL = "o.channel = ANY(\(channels))"
///     let sql: SQL = "SELECT order_id FROM orders o WHERE \(mine) AND o.placed_at < \(milliseconds: time)"
///
/// - Shape: at most 256 values. A value twice in the text travels twice.
public struct SQL: Sendable, ExpressibleByStringInterpolation {
    private enum Part: Sendable {
        case text(StaticString)
        case value(Value)
    }

    private enum Value: Sendable {
        case integer(Int64?)
        case flag(Bool?)
        case text(String?)
        case bytes([UInt8]?)
        case timestamp(Int64?)
        case date(Int?)
        case integers([Int64])
        case texts([String])
    }

    private var parts: [Part] = []

    public init(stringLiteral text: StaticString) { parts = [.text(text)] }

    public init(stringInterpolation pieces: StringInterpolation) { parts = pieces.statement.parts }

    /// Nothing yet, to be built up piece by piece.
    public init() {}

    public static func + (left: SQL, right: SQL) -> SQL {
        var sum = left
        sum.parts += right.parts
        return sum
    }

    public static func += (left: inout SQL, right: SQL) { left.parts += right.parts }

    public struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var statement = SQL()

        public init(literalCapacity: Int, interpolationCount: Int) {}

        public mutating func appendLiteral(_ text: StaticString) { statement.parts.append(.text(text)) }

        public mutating func appendInterpolation(_ piece: SQL) { statement.parts += piece.parts }
        public mutating func appendInterpolation(_ value: Int64?) { append(.integer(value)) }
        public mutating func appendInterpolation(_ value: Int) { append(.integer(Int64(value))) }
        public mutating func appendInterpolation(_ value: Bool?) { append(.flag(value)) }
        public mutating func appendInterpolation(_ value: String?) { append(.text(value)) }
        public mutating func appendInterpolation(_ value: [UInt8]?) { append(.bytes(value)) }
        public mutating func appendInterpolation(_ values: [Int64]) { append(.integers(values)) }
        public mutating func appendInterpolation(_ values: [String]) { append(.texts(values)) }
        /// A `timestamptz`, given as Unix milliseconds.
        public mutating func appendInterpolation(milliseconds: Int64?) { append(.timestamp(milliseconds)) }
        /// A `date`, given as days since 1970-01-01.
        public mutating func appendInterpolation(daysSinceEpoch: Int?) { append(.date(daysSinceEpoch)) }

        private mutating func append(_ value: Value) { statement.parts.append(.value(value)) }
    }

    /// Text and values as the server takes them.
    var rendered: (text: String, parameters: Parameters) {
        var text = ""
        var parameters = Parameters()
        var count = 0
        for part in parts {
            switch part {
            case .text(let literal): text += literal.description
            case .value(let value):
                count += 1
                text += "$\(count)"
                Self.append(value, to: &parameters)
            }
        }
        return (text, parameters)
    }

    private static func append(_ value: Value, to parameters: inout Parameters) {
        switch value {
        case .integer(let value): parameters.append(value)
        case .flag(let value): parameters.append(value)
        case .text(let value): parameters.append(value)
        case .bytes(let value): parameters.append(value)
        case .timestamp(let value): parameters.appendTimestamp(milliseconds: value)
        case .date(let value): parameters.appendDate(daysSinceEpoch: value)
        case .integers(let values): parameters.append(values)
        case .texts(let values): parameters.append(values)
        }
    }
}
