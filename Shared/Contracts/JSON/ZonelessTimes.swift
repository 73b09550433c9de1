/// Times as platforms and aggregators write them, without a zone.
///
/// - Source: CHANNELS, "Rules that hold for all".
extension JSONObject {
    /// `yyyy-MM-dd HH:mm:ss` in Shanghai (UTC+8, no daylight saving time).
    public func shanghaiTime(_ name: StaticString) throws(Fault) -> Instant {
        guard let time = try shanghaiTimeIfPresent(name) else { throw fault("is missing", field: name) }
        return time
    }

    public func shanghaiTimeIfPresent(_ name: StaticString) throws(Fault) -> Instant? {
        try zonedTimeIfPresent(name, hoursEast: 8)
    }

    /// `yyyy-MM-ddTHH:mm:ss` without a zone that is UTC.
    public func gmtTimeIfPresent(_ name: StaticString) throws(Fault) -> Instant? {
        try zonedTimeIfPresent(name, hoursEast: 0)
    }

    /// A time without an offset, or an RFC 3339 one; years 0 and 1 and "" mean absent.
    private func zonedTimeIfPresent(_ name: StaticString, hoursEast: Int64) throws(Fault) -> Instant? {
        guard let text = try stringIfPresent(name, atMost: 40), !text.isEmpty else { return nil }
        if text.hasPrefix("0000") || text.hasPrefix("0001") { return nil }
        if let time = Instant(plain: text, hoursEast: hoursEast) { return time }
        guard let time = Instant(rfc3339: text) else { throw fault("is not a time", field: name) }
        return time
    }
}

extension Instant {
    /// Reads `yyyy-MM-dd HH:mm:ss`, also with a `T` between, as the wall clock of a zone without daylight saving time.
    public init?(plain text: String, hoursEast: Int64) {
        guard text.utf8.count == 19 else { return nil }
        var digits: Int64 = 0
        for (index, byte) in text.utf8.enumerated() {
            switch index {
            case 4, 7: guard byte == UInt8(ascii: "-") else { return nil }
            case 10: guard byte == UInt8(ascii: " ") || byte == UInt8(ascii: "T") else { return nil }
            case 13, 16: guard byte == UInt8(ascii: ":") else { return nil }
            default:
                guard byte &- 48 < 10 else { return nil }
                digits = digits * 10 + Int64(byte - 48)
            }
        }
        let (date, time) = (Int(digits / 1_000_000), digits % 1_000_000)
        let (hour, minute, second) = (time / 10_000, time / 100 % 100, time % 100)
        let (year, month, day) = (date / 10_000, date / 100 % 100, date % 100)
        guard 1...12 ~= month, hour < 24, minute < 60, second < 60 else { return nil }
        let days = CivilDay(year: year, month: month, day: day).daysSinceEpoch
        guard CivilDay(daysSinceEpoch: days).day == day else { return nil }
        self.init(milliseconds: (Int64(days) * 86400 + (hour - hoursEast) * 3600 + minute * 60 + second) * 1000)
    }
}
