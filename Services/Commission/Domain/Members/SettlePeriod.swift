public import Contracts

/// A month that somebody has closed, for one member or for all; the closer works out the statements beside the lanes.
public struct Closing: Sendable, Equatable {
    /// The id of its command.
    public let closingID: String
    public let period: Period
    /// `nil` for all.
    public let memberID: String?
    public let requestedAt: Instant

    public init(closingID: String, period: Period, memberID: String?, requestedAt: Instant) {
        self.closingID = closingID
        self.period = period
        self.memberID = memberID
        self.requestedAt = requestedAt
    }
}

/// A month of the business time zone.
public struct Period: Hashable, Comparable, Sendable {
    public let year: Int
    public let month: Int

    /// Reads `2026-11`.
    public init?(_ text: String) {
        guard let day = CivilDay(text + "-01") else { return nil }
        year = day.year
        month = day.month
    }

    public var text: String { "\(year)-\(month < 10 ? "0" : "")\(month)" }

    public func start(in calendar: BusinessCalendar) -> Instant {
        calendar.start(of: CivilDay(year: year, month: month, day: 1))
    }

    /// The first moment after it.
    public func end(in calendar: BusinessCalendar) -> Instant {
        let (nextYear, nextMonth) = month == 12 ? (year + 1, 1) : (year, month + 1)
        return calendar.start(of: CivilDay(year: nextYear, month: nextMonth, day: 1))
    }

    public static func < (left: Period, right: Period) -> Bool { (left.year, left.month) < (right.year, right.month) }
}

extension CommissionRules {
    /// What is still being written when the month ends must be in its books.
    private static let closingPause = Duration.minutes(10)

    /// Closes a month that is over; its statements follow.
    func settlePeriod(_ command: SettlePeriod, on books: inout MemberBooks) -> Decision<CommissionChange> {
        func answer(_ refusal: String?) -> [any Fact] { [command.head.answered(refusal)] }
        guard let period = Period(command.period) else {
            return Decision(facts: answer("period '\(command.period)' is no month like 2026-11"))
        }
        let opens = period.end(in: calendar) + Self.closingPause
        guard books.now >= opens else {
            return Decision(facts: answer("period \(period.text) can be settled from \(opens) on"))
        }
        let closing = Closing(
            closingID: command.head.commandID, period: period, memberID: command.memberID, requestedAt: books.now)
        return Decision(changes: [.closing(closing)], facts: answer(nil))
    }
}
