extension Instant {
    /// Reads `2026-11-22T08:00:00.000Z`, also with an offset, with any number of digits of a second or none.
    ///
    /// An offset that leads out of the years 0000 to 9999 in UTC is refused: it could not be written again.
    public init?(rfc3339 text: String) {
        var reader = DigitReader(text.utf8)
        guard let year = reader.digits(4), reader.take("-"), let month = reader.digits(2), reader.take("-"),
            let day = reader.digits(2), reader.take("T") || reader.take("t") || reader.take(" "),
            let hour = reader.digits(2), reader.take(":"), let minute = reader.digits(2), reader.take(":"),
            let second = reader.digits(2), (1...12).contains(month), day >= 1,
            day <= CivilDay.daysInMonth(year: year, month: month), hour < 24, minute < 60, second < 60
        else { return nil }
        guard let fraction = reader.fraction(), let offsetMinutes = reader.offset(), reader.isAtEnd else { return nil }
        let days = CivilDay(year: year, month: month, day: day).daysSinceEpoch
        let seconds = Int64(days) * 86400 + Int64(hour * 3600 + minute * 60 + second) - Int64(offsetMinutes * 60)
        let years = CivilDay(year: 0, month: 1, day: 1)..<CivilDay(year: 10_000, month: 1, day: 1)
        let limits = Int64(years.lowerBound.daysSinceEpoch) * 86400..<Int64(years.upperBound.daysSinceEpoch) * 86400
        guard limits.contains(seconds) else { return nil }
        self.init(milliseconds: seconds * 1000 + Int64(fraction))
    }

    /// Appends `2026-11-22T08:00:00.000Z`; years outside 0000 to 9999 are written with the digits they need.
    public func appendRFC3339(to bytes: inout [UInt8]) {
        let days = Int(milliseconds >= 0 ? milliseconds / 86_400_000 : (milliseconds - 86_399_999) / 86_400_000)
        let ofDay = Int(milliseconds - Int64(days) * 86_400_000)
        let civil = CivilDay(daysSinceEpoch: days)
        append(civil.year, 4, to: &bytes)
        bytes.append(UInt8(ascii: "-"))
        append(civil.month, 2, to: &bytes)
        bytes.append(UInt8(ascii: "-"))
        append(civil.day, 2, to: &bytes)
        bytes.append(UInt8(ascii: "T"))
        append(ofDay / 3_600_000, 2, to: &bytes)
        bytes.append(UInt8(ascii: ":"))
        append(ofDay / 60000 % 60, 2, to: &bytes)
        bytes.append(UInt8(ascii: ":"))
        append(ofDay / 1000 % 60, 2, to: &bytes)
        bytes.append(UInt8(ascii: "."))
        append(ofDay % 1000, 3, to: &bytes)
        bytes.append(UInt8(ascii: "Z"))
    }

    private func append(_ number: Int, _ width: Int, to bytes: inout [UInt8]) {
        if number < 0 { bytes.append(UInt8(ascii: "-")) }
        let magnitude = Int(number.magnitude)
        var divisor = 1
        for _ in 1..<width { divisor *= 10 }
        while magnitude / divisor >= 10 { divisor *= 10 }
        while divisor > 0 {
            bytes.append(UInt8(48 + magnitude / divisor % 10))
            divisor /= 10
        }
    }
}

/// Reads fixed groups of digits from a text.
private struct DigitReader {
    private let bytes: [UInt8]
    private var position = 0

    init(_ text: String.UTF8View) { bytes = Array(text) }

    var isAtEnd: Bool { position == bytes.count }

    mutating func digits(_ count: Int) -> Int? {
        guard position + count <= bytes.count else { return nil }
        var number = 0
        for byte in bytes[position..<position + count] {
            guard byte &- 48 < 10 else { return nil }
            number = number * 10 + Int(byte - 48)
        }
        position += count
        return number
    }

    mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard position < bytes.count, bytes[position] == UInt8(ascii: character) else { return false }
        position += 1
        return true
    }

    /// Milliseconds of an optional `.123456`; finer digits are cut.
    mutating func fraction() -> Int? {
        guard take(".") else { return 0 }
        var milliseconds = 0
        var count = 0
        while let digit = digits(1) {
            count += 1
            if count <= 3 { milliseconds = milliseconds * 10 + digit }
        }
        guard count > 0 else { return nil }
        for _ in 0..<max(0, 3 - count) { milliseconds *= 10 }
        return milliseconds
    }

    /// Minutes east of UTC of `Z` or `+08:00`.
    mutating func offset() -> Int? {
        if take("Z") || take("z") { return 0 }
        let isEast = take("+")
        guard isEast || take("-"), let hours = digits(2), take(":"), let minutes = digits(2), hours < 24, minutes < 60
        else { return nil }
        return (hours * 60 + minutes) * (isEast ? 1 : -1)
    }
}
