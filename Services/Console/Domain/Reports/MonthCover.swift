public import Contracts

/// A span as the months that are added up already, and the days that are left.
public struct MonthCover: Sendable, Equatable {
    /// The first day of each.
    public let months: [CivilDay]
    public let rest: [DaySpan]

    /// - Parameter rolled: First days of months whose sums stand.
    public init(_ span: DaySpan, rolled: Set<CivilDay>) {
        var months: [CivilDay] = []
        var rest: [DaySpan] = []
        for period in span.periods(of: .month) {
            if rolled.contains(period.from), period.to == period.from.lastOfMonth {
                months.append(period.from)
            } else if let last = rest.last, last.to + 1 == period.from, let both = DaySpan(last.from, period.to) {
                rest[rest.count - 1] = both
            } else {
                rest.append(period)
            }
        }
        self.months = months
        self.rest = rest
    }
}
