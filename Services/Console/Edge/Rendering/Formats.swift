import Contracts
import Foundation

/// Numbers, money and times as a reader of one language expects them.
///
/// - Source: issue "Console", "Quality of the page": dates and money by locale, times of `BUSINESS_TIME_ZONE`.
struct Formats: Sendable {
    let language: Language
    private let timeZone: TimeZone

    init(_ language: Language, _ calendar: BusinessCalendar) {
        self.language = language
        timeZone = TimeZone(identifier: calendar.timeZoneIdentifier) ?? .gmt
    }

    /// `1,234,567`.
    func number(_ value: Int64) -> String {
        let digits = Array(String(value.magnitude))
        var text = value < 0 ? "-" : ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index) % 3 == 0 { text.append(",") }
            text.append(digit)
        }
        return text
    }

    /// `¥1,234.50` of 123450 fen.
    func money(_ minorUnits: Int64, _ currency: String) -> String {
        let decimals = CurrencyDigits.of(currency)
        let sign = minorUnits < 0 ? "-" : ""
        let unit = (0..<decimals).reduce(UInt64(1)) { power, _ in power * 10 }
        let whole = number(Int64(minorUnits.magnitude / unit))
        let fraction = decimals == 0 ? "" : "." + Self.padded(Int(minorUnits.magnitude % unit), decimals)
        let symbol = Self.symbols[currency] ?? "\(currency) "
        return sign + symbol + whole + fraction
    }

    /// `12.5%` of 1250 basis points; no more places than it needs.
    func percent(basisPoints: Int64) -> String {
        let sign = basisPoints < 0 ? "-" : ""
        let fraction = Self.padded(Int(basisPoints.magnitude % 100), 2)
        let places = fraction.hasSuffix("00") ? "" : ".\(fraction.hasSuffix("0") ? fraction.prefix(1) : fraction[...])"
        return "\(sign)\(number(Int64(basisPoints.magnitude / 100)))\(places)%"
    }

    /// `2026-11-22 16:00` or `22 Nov 2026, 16:00`.
    func time(_ instant: Instant) -> String {
        let (day, seconds) = local(instant)
        let clock = "\(Self.padded(seconds / 3600, 2)):\(Self.padded(seconds / 60 % 60, 2))"
        return language == .zh ? "\(self.day(day)) \(clock)" : "\(self.day(day)), \(clock)"
    }

    /// The same with seconds.
    func exactTime(_ instant: Instant) -> String {
        time(instant) + ":" + Self.padded(local(instant).seconds % 60, 2)
    }

    func day(_ instant: Instant) -> String { day(local(instant).day) }

    func day(_ day: CivilDay) -> String {
        language == .zh ? day.description : "\(day.day) \(Self.months[day.month - 1]) \(day.year)"
    }

    /// The day and the second of the day on the mall's clock.
    private func local(_ instant: Instant) -> (day: CivilDay, seconds: Int) {
        let offset = timeZone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(instant.milliseconds / 1000)))
        let seconds = Self.floor(Int(instant.milliseconds), 1000) + offset
        let days = Self.floor(seconds, 86_400)
        return (CivilDay(daysSinceEpoch: days), seconds - days * 86_400)
    }

    private static func floor(_ number: Int, _ divisor: Int) -> Int {
        number >= 0 ? number / divisor : (number - divisor + 1) / divisor
    }

    private static func padded(_ number: Int, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }

    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
    private static let symbols = ["CNY": "¥", "USD": "$", "EUR": "€", "GBP": "£", "HKD": "HK$", "JPY": "JP¥"]
}
