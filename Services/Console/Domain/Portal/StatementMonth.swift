public import Contracts

/// A month on the mall's calendar: `2026-11`.
public struct StatementMonth: Hashable, Comparable, Sendable, CustomStringConvertible {
    public let year: Int
    /// 1 to 12.
    public let month: Int

    public init(of day: CivilDay) {
        year = day.year
        month = day.month
    }

    /// Reads what `description` has written, from the year 1990 on; `nil` for anything else.
    public init?(_ text: String) {
        guard let day = CivilDay("\(text)-01"), day.year >= 1990 else { return nil }
        self.init(of: day)
    }

    public var first: CivilDay { CivilDay(year: year, month: month, day: 1) }
    public var next: StatementMonth { StatementMonth(of: first + 31) }
    public var former: StatementMonth { StatementMonth(of: first + -1) }
    public var dayCount: Int { next.first.daysSinceEpoch - first.daysSinceEpoch }

    public static func < (left: StatementMonth, right: StatementMonth) -> Bool { left.first < right.first }

    public var description: String { String(first.description.prefix(7)) }
}
