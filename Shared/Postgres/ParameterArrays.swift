/// One-dimensional arrays, for set-wise statements: `unnest($1, $2, …)`.
extension Parameters {
    public mutating func append(_ values: [Int64]) { appendArray(values) }
    public mutating func append(_ values: [Int64?]) { appendArray(orNull: values) }
    public mutating func append(_ values: [Int32]) { appendArray(values) }
    public mutating func append(_ values: [Int32?]) { appendArray(orNull: values) }
    public mutating func append(_ values: [Bool]) { appendArray(values) }
    public mutating func append(_ values: [Bool?]) { appendArray(orNull: values) }
    public mutating func append(_ values: [String]) { appendArray(values) }
    public mutating func append(_ values: [String?]) { appendArray(orNull: values) }
    /// Appends a `bytea[]`.
    public mutating func append(_ values: [[UInt8]]) { appendArray(values) }
    /// Appends a `bytea[]`.
    public mutating func append(_ values: [[UInt8]?]) { appendArray(orNull: values) }

    /// Appends a `timestamptz[]`, given as Unix milliseconds.
    public mutating func appendTimestamps(_ milliseconds: [Int64]) {
        appendArray(milliseconds.lazy.map(PostgresTimestamp.init(milliseconds:)))
    }

    /// Appends a `timestamptz[]`, given as Unix milliseconds.
    public mutating func appendTimestamps(_ milliseconds: [Int64?]) {
        appendArray(orNull: milliseconds.lazy.map { $0.map(PostgresTimestamp.init(milliseconds:)) })
    }

    /// Appends a `date[]`, given as days since 1970-01-01.
    public mutating func appendDates(_ daysSinceEpoch: [Int]) {
        appendArray(daysSinceEpoch.lazy.map(PostgresDate.init(daysSinceEpoch:)))
    }

    /// Appends a `date[]`, given as days since 1970-01-01.
    public mutating func appendDates(_ daysSinceEpoch: [Int?]) {
        appendArray(orNull: daysSinceEpoch.lazy.map { $0.map(PostgresDate.init(daysSinceEpoch:)) })
    }

    private mutating func appendArray<Values: Collection>(_ values: Values) where Values.Element: BinaryValue {
        appendEncoded(as: Values.Element.arrayType) { bytes in
            Self.appendHeader(of: Values.Element.type, count: values.count, hasNulls: false, to: &bytes)
            for value in values {
                bytes.appendBigEndian(Int32(value.byteCount))
                value.append(to: &bytes)
            }
        }
    }

    private mutating func appendArray<Value: BinaryValue, Values: Collection>(orNull values: Values)
    where Values.Element == Value? {
        appendEncoded(as: Value.arrayType) { bytes in
            Self.appendHeader(of: Value.type, count: values.count, hasNulls: true, to: &bytes)
            for value in values {
                guard let value else {
                    bytes.appendBigEndian(Int32(-1))
                    continue
                }
                bytes.appendBigEndian(Int32(value.byteCount))
                value.append(to: &bytes)
            }
        }
    }

    /// Dimensions, null flag, element type, then count and lower bound unless empty (`array_recv` in `arrayfuncs.c`).
    private static func appendHeader(of type: PostgresType, count: Int, hasNulls: Bool, to bytes: inout [UInt8]) {
        bytes.appendBigEndian(Int32(count == 0 ? 0 : 1))
        bytes.appendBigEndian(Int32(hasNulls ? 1 : 0))
        bytes.appendBigEndian(type.objectID)
        guard count > 0 else { return }
        bytes.appendBigEndian(Int32(count))
        bytes.appendBigEndian(Int32(1))
    }
}
