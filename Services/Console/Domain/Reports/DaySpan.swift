public import Contracts

/// Days that follow one another, both ends with them.
public struct DaySpan: Sendable, Equatable {
    public let from: CivilDay
    public let to: CivilDay

    /// Three years and a little.
    public static let maximumDays = 1100

    /// - Returns: `nil` when the end is before the beginning, or too far behind it.
    public init?(_ from: CivilDay, _ to: CivilDay) {
        guard from <= to, to.daysSinceEpoch - from.daysSinceEpoch < Self.maximumDays else { return nil }
        self.init(from: from, to: to)
    }

    private init(from: CivilDay, to: CivilDay) {
        self.from = from
        self.to = to
    }

    public var days: [CivilDay] { (0..<count).map { from + $0 } }

    public var count: Int { to.daysSinceEpoch - from.daysSinceEpoch + 1 }

    /// What it is compared with: as many months before when it is whole months, else as many days before.
    public var previous: DaySpan {
        let next = to + 1
        guard from.day == 1, next.day == 1 else { return DaySpan(from: from + -count, to: from + -1) }
        let months = (next.year - from.year) * 12 + next.month - from.month
        return DaySpan(from: from.adding(months: -months), to: from + -1)
    }

    /// The same days a year before; the last of a month stays the last.
    public var lastYear: DaySpan {
        let ends = (to + 1).day == 1
        let end = to.adding(months: -12)
        return DaySpan(from: from.adding(months: -12), to: ends ? end.lastOfMonth : end)
    }

    /// Periods of one length that cover it, cut off at both ends.
    public func periods(of grain: Grain) -> [DaySpan] {
        var periods: [DaySpan] = []
        var start = from
        while start <= to {
            let end = min(grain.last(of: start), to)
            periods.append(DaySpan(from: start, to: end))
            start = end + 1
        }
        return periods
    }
}

/// How long the periods of a report are.
public enum Grain: String, CaseIterable, Sendable {
    case day
    /// From Monday.
    case week
    case month

    func last(of day: CivilDay) -> CivilDay {
        switch self {
        case .day: day
        case .week: day + (7 - day.weekday)
        case .month: day.lastOfMonth
        }
    }

    /// No more periods than a chart can show.
    public func fitting(_ span: DaySpan) -> Grain {
        switch self {
        case .day where span.count > 190: span.count > 800 ? .month : .week
        case .week where span.count > 800: .month
        default: self
        }
    }
}

/// Days that a report is about, said by their distance from today.
public enum NamedSpan: String, CaseIterable, Sendable {
    case today, yesterday
    case last7 = "last-7-days"
    case last30 = "last-30-days"
    case last90 = "last-90-days"
    case thisMonth = "this-month"
    case lastMonth = "last-month"
    case thisYear = "this-year"

    public func span(on today: CivilDay) -> DaySpan {
        let first = CivilDay(year: today.year, month: today.month, day: 1)
        let (from, to): (CivilDay, CivilDay) =
            switch self {
            case .today: (today, today)
            case .yesterday: (today + -1, today + -1)
            case .last7: (today + -6, today)
            case .last30: (today + -29, today)
            case .last90: (today + -89, today)
            case .thisMonth: (first, today)
            case .lastMonth: (first.adding(months: -1), first + -1)
            case .thisYear: (CivilDay(year: today.year, month: 1, day: 1), today)
            }
        guard let span = DaySpan(from, to) else { preconditionFailure("\(from) to \(to) is no span") }
        return span
    }
}

extension CivilDay {
    /// From Monday, 1.
    public var weekday: Int { ((daysSinceEpoch + 3) % 7 + 7) % 7 + 1 }

    /// The same day of another month, or its last.
    func adding(months: Int) -> CivilDay {
        let index = year * 12 + month - 1 + months
        let first = CivilDay(year: (index - ((index % 12) + 12) % 12) / 12, month: ((index % 12) + 12) % 12 + 1, day: 1)
        return CivilDay(year: first.year, month: first.month, day: min(day, first.lastOfMonth.day))
    }

    public var lastOfMonth: CivilDay {
        let next = CivilDay(year: month == 12 ? year + 1 : year, month: month == 12 ? 1 : month + 1, day: 1)
        return next + -1
    }
}
