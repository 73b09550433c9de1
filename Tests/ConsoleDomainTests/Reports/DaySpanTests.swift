import Contracts
import Testing

@testable import ConsoleDomain

@Suite("Days of reports")
struct DaySpanTests {
    private static func span(_ from: String, _ to: String) throws -> DaySpan {
        let first = try #require(CivilDay(from))
        let last = try #require(CivilDay(to))
        return try #require(DaySpan(first, last))
    }

    private static func text(_ span: DaySpan) -> String { "\(span.from) \(span.to)" }

    @Test(arguments: [
        ("2026-11-10", "2026-11-16", "2026-11-03 2026-11-09"),
        ("2026-11-18", "2026-11-18", "2026-11-17 2026-11-17"),
        ("2026-11-01", "2026-11-30", "2026-10-01 2026-10-31"),
        ("2026-01-01", "2026-03-31", "2025-10-01 2025-12-31"),
        ("2026-11-01", "2026-11-29", "2026-10-03 2026-10-31"),
    ])
    func previousIsAsLong(from: String, to: String, previous: String) throws {
        #expect(Self.text(try Self.span(from, to).previous) == previous)
    }

    @Test(arguments: [
        ("2026-11-10", "2026-11-16", "2025-11-10 2025-11-16"),
        ("2024-02-01", "2024-02-29", "2023-02-01 2023-02-28"),
        ("2025-02-01", "2025-02-28", "2024-02-01 2024-02-29"),
        ("2024-02-29", "2024-03-01", "2023-02-28 2023-03-01"),
    ])
    func lastYearKeepsEndsOfMonths(from: String, to: String, lastYear: String) throws {
        #expect(Self.text(try Self.span(from, to).lastYear) == lastYear)
    }

    @Test func weeksBeginOnMondayAndAreCutOffAtTheEnds() throws {
        let periods = try Self.span("2026-11-18", "2026-12-02").periods(of: .week).map(Self.text)
        #expect(periods == ["2026-11-18 2026-11-22", "2026-11-23 2026-11-29", "2026-11-30 2026-12-02"])
    }

    @Test func monthsCoverTheSpanWithoutGaps() throws {
        let periods = try Self.span("2026-01-31", "2026-03-01").periods(of: .month).map(Self.text)
        #expect(periods == ["2026-01-31 2026-01-31", "2026-02-01 2026-02-28", "2026-03-01 2026-03-01"])
    }

    @Test func endMayNotBeBeforeTheBeginning() throws {
        let day = try #require(CivilDay("2026-11-18"))
        #expect(DaySpan(day, day + -1) == nil)
        #expect(DaySpan(day, day + (DaySpan.maximumDays - 1))?.count == DaySpan.maximumDays)
        #expect(DaySpan(day, day + DaySpan.maximumDays) == nil)
    }

    @Test(arguments: [
        (NamedSpan.today, "2026-03-31 2026-03-31"), (.yesterday, "2026-03-30 2026-03-30"),
        (.last7, "2026-03-25 2026-03-31"), (.last30, "2026-03-02 2026-03-31"), (.last90, "2026-01-01 2026-03-31"),
        (.thisMonth, "2026-03-01 2026-03-31"), (.lastMonth, "2026-02-01 2026-02-28"),
        (.thisYear, "2026-01-01 2026-03-31"),
    ])
    func namedSpansAreCountedFromToday(named: NamedSpan, span: String) throws {
        let today = try #require(CivilDay("2026-03-31"))
        #expect(Self.text(named.span(on: today)) == span)
    }

    @Test func longSpansHaveLongerPeriods() throws {
        let year = try Self.span("2025-01-01", "2025-12-31")
        #expect(Grain.day.fitting(year) == .week)
        #expect(Grain.month.fitting(year) == .month)
        #expect(Grain.day.fitting(try Self.span("2024-01-01", "2026-12-31")) == .month)
        #expect(Grain.day.fitting(try Self.span("2026-11-01", "2026-11-30")) == .day)
    }

    @Test func figuresOfDaysFallIntoTheirPeriods() throws {
        let span = try Self.span("2026-11-21", "2026-11-24")
        let days = Dictionary(
            uniqueKeysWithValues: span.days.enumerated().map { ($1, SalesFigures(orders: Int64($0 + 1), total: 10)) })
        let periods = SalesFigures.periods(of: span, .week, days)
        #expect(periods.map(\.figures.orders) == [3, 7])
        #expect(periods.map(\.figures.total) == [20, 20])
    }

    @Test(arguments: [
        (
            "2026-01-15", "2026-04-30", ["2026-02-01", "2026-03-01"],
            ["2026-01-15 2026-01-31", "2026-04-01 2026-04-30"]
        ),
        ("2026-02-01", "2026-02-28", ["2026-02-01"], []), ("2026-02-01", "2026-02-27", [], ["2026-02-01 2026-02-27"]),
        ("2026-02-02", "2026-02-28", [], ["2026-02-02 2026-02-28"]),
        ("2025-12-01", "2026-02-28", ["2026-02-01"], ["2025-12-01 2026-01-31"]),
    ])
    func monthsThatStandAreTakenWhole(from: String, to: String, months: [String], rest: [String]) throws {
        let rolled = Set(["2026-02-01", "2026-03-01"].compactMap { CivilDay($0) })
        let cover = MonthCover(try Self.span(from, to), rolled: rolled)
        #expect(cover.months.map(\.description) == months)
        #expect(cover.rest.map(Self.text) == rest)
    }
}
