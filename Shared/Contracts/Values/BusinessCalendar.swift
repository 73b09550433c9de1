import Foundation

/// Days as the mall counts them: those of its time zone, not those of UTC.
///
/// - Source: DESIGN, "Money, quantities, time"; `BUSINESS_TIME_ZONE`.
public struct BusinessCalendar: Sendable {
    private let timeZone: TimeZone
    /// The zone's IANA name.
    public let timeZoneIdentifier: String

    /// `nil` when the zone is unknown.
    public init?(timeZoneIdentifier: String) {
        guard let timeZone = TimeZone(identifier: timeZoneIdentifier) else { return nil }
        self.init(timeZone: timeZone, timeZoneIdentifier)
    }

    /// The default of the platform: Asia/Shanghai, without daylight saving time.
    public static let shanghai = BusinessCalendar(
        timeZone: TimeZone(secondsFromGMT: 8 * 3600) ?? .gmt, "Asia/Shanghai")

    private init(timeZone: TimeZone, _ identifier: String) {
        self.timeZone = timeZone
        timeZoneIdentifier = identifier
    }

    public func day(of instant: Instant) -> CivilDay {
        let local = instant.milliseconds + Int64(offsetSeconds(at: instant)) * 1000
        let days = local >= 0 ? local / 86_400_000 : (local - 86_399_999) / 86_400_000
        return CivilDay(daysSinceEpoch: Int(days))
    }

    /// The first moment of a day: where clocks change at midnight, the first of two midnights, or 01:00 for none.
    public func start(of day: CivilDay) -> Instant {
        let asUTC = Instant(milliseconds: Int64(day.daysSinceEpoch) * 86_400_000)
        let before = asUTC + .seconds(-offsetSeconds(at: asUTC + .days(-1)))
        let after = asUTC + .seconds(-offsetSeconds(at: asUTC + .days(1)))
        let earlier = min(before, after)
        return self.day(of: earlier) == day ? earlier : max(before, after)
    }

    /// The first moment after the `count`-th day that follows the day of `instant`.
    public func end(ofDay count: Int, after instant: Instant) -> Instant {
        start(of: CivilDay(daysSinceEpoch: day(of: instant).daysSinceEpoch + count + 1))
    }

    private func offsetSeconds(at instant: Instant) -> Int {
        timeZone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(instant.milliseconds) / 1000))
    }
}
