/// A `timestamptz` as PostgreSQL stores it: microseconds since 2000-01-01T00:00:00Z.
struct PostgresTimestamp: BinaryValue {
    let microseconds: Int64

    private static let unixMillisecondsOfEpoch: Int64 = 946_684_800_000

    init(microseconds: Int64) {
        self.microseconds = microseconds
    }

    /// An instant too far away for PostgreSQL stays too far away, so that the server refuses it (22008, a data error).
    /// `Int64.max` and `Int64.min` themselves would mean infinity.
    init(milliseconds: Int64) {
        let (sinceEpoch, epochOverflow) = milliseconds.subtractingReportingOverflow(Self.unixMillisecondsOfEpoch)
        let (scaled, scaleOverflow) = sinceEpoch.multipliedReportingOverflow(by: 1000)
        if epochOverflow || scaleOverflow {
            microseconds = milliseconds < 0 ? Int64.min + 1 : Int64.max - 1
        } else {
            microseconds = scaled
        }
    }

    /// Unix milliseconds, rounded towards the past; nil for `infinity` and `-infinity`.
    var milliseconds: Int64? {
        guard microseconds != Int64.max, microseconds != Int64.min else { return nil }
        let (quotient, remainder) = microseconds.quotientAndRemainder(dividingBy: 1000)
        return quotient - (remainder < 0 ? 1 : 0) + Self.unixMillisecondsOfEpoch
    }

    static var type: PostgresType { .timestamptz }
    static var arrayType: PostgresType { .timestamptzArray }
    var byteCount: Int { 8 }
    func append(to bytes: inout [UInt8]) { bytes.appendBigEndian(microseconds) }
}

/// A `date` as PostgreSQL stores it: days since 2000-01-01.
struct PostgresDate: BinaryValue {
    let days: Int32

    private static let unixDaysOfEpoch = 10957

    init(days: Int32) {
        self.days = days
    }

    /// A day too far away for PostgreSQL stays too far away, so that the server refuses it (22008, a data error).
    init(daysSinceEpoch: Int) {
        let limit = Int(Int32.max) - 1
        let (sinceEpoch, overflow) = daysSinceEpoch.subtractingReportingOverflow(Self.unixDaysOfEpoch)
        days = Int32(overflow ? -limit : Swift.min(Swift.max(sinceEpoch, -limit), limit))
    }

    /// Days since 1970-01-01; nil for `infinity` and `-infinity`.
    var daysSinceEpoch: Int? {
        days == Int32.max || days == Int32.min ? nil : Int(days) + Self.unixDaysOfEpoch
    }

    static var type: PostgresType { .date }
    static var arrayType: PostgresType { .dateArray }
    var byteCount: Int { 4 }
    func append(to bytes: inout [UInt8]) { bytes.appendBigEndian(days) }
}
