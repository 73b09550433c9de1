import ConsoleDomain
import Contracts
import Postgres

/// One report: who may see it, how it can be narrowed, and what it says.
struct Report: Sendable {
    enum Field: String, CaseIterable, Sendable { case grain, channel, warehouse, category, member }

    /// Of its address and of the phrases `reports.<code>`.
    let code: String
    let fields: Set<Field>
    /// Beside the permission to see reports.
    var needs: [Permission] = []
    /// Whose part of the mall it can be about.
    var scopes = Set(DataScope.Kind.allCases)
    let answer: @Sendable (ReportQuestion) throws -> ReportAnswer

    func admits(_ viewer: Viewer) -> Bool {
        viewer.may(.reportsView) && needs.allSatisfy(viewer.may) && scopes.contains(viewer.scope.kind)
    }

    static let all: [Report] = [
        SalesReport.report, ConversionReport.report, RefundReport.report, ProductReport.report, StockReport.report,
        ForecastReport.report, ChannelReport.report, MemberReport.report, CommissionReport.report, ClockReport.report,
        OrderDetailReport.report, LineDetailReport.report,
    ]

    static func named(_ code: String) -> Report? { all.first { $0.code == code } }
}

/// What is asked of a report, and whose eyes it is for.
struct ReportQuestion {
    var filter: ReportFilter
    let viewer: Viewer
    let now: Instant
    let calendar: BusinessCalendar
    let connection: Connection
    /// Amounts of one currency alone are added up.
    let currency: String
    /// There are orders in others, too.
    let hasOtherCurrencies: Bool

    init(
        _ report: Report, _ filter: ReportFilter, _ viewer: Viewer, at now: Instant, _ calendar: BusinessCalendar,
        _ connection: Connection
    ) throws {
        var kept = filter
        if !report.fields.contains(.channel) { kept.channel = nil }
        if !report.fields.contains(.warehouse) { kept.warehouse = nil }
        if !report.fields.contains(.category) { kept.category = nil }
        if !report.fields.contains(.member) { kept.member = nil }
        self.filter = kept
        self.viewer = viewer
        self.now = now
        self.calendar = calendar
        self.connection = connection
        let currencies = try connection.rows(
            """
            SELECT currency FROM sales_days WHERE warehouse = '' AND day BETWEEN \(kept.span.from) AND \(kept.span.to)
            GROUP BY 1 ORDER BY sum(orders) DESC, 1
            """
        ).map { $0.text(0) }
        currency = kept.currency ?? currencies.first ?? "CNY"
        hasOtherCurrencies = currencies.contains { $0 != kept.currency ?? currencies.first }
    }

    /// It is not about all orders of its days.
    var isNarrowed: Bool {
        filter.channel != nil || filter.warehouse != nil || filter.category != nil || filter.member != nil
            || filter.currency != nil
    }

    var scope: ScopeSQL { ScopeSQL(viewer.scope) }
    var today: CivilDay { calendar.day(of: now) }
    var source: SalesSource { SalesSource(filter: filter, scope: viewer.scope, currency: currency) }

    /// The filter's span as months that stand and the days that are left.
    func cover() throws -> MonthCover { try cover(of: filter.span) }

    func cover(of span: DaySpan) throws -> MonthCover {
        let rolled = try connection.rows(
            "SELECT month FROM rolled_months WHERE month BETWEEN \(span.from) AND \(span.to)"
        ).map { CivilDay(daysSinceEpoch: $0.daysSinceEpoch(0)) }
        return MonthCover(span, rolled: Set(rolled))
    }

    func figures(of span: DaySpan) throws -> [CivilDay: SalesFigures] {
        let rows = try connection.rows(
            "SELECT f.day, \(SalesSource.figures) FROM \(source.rows(in: span)) f GROUP BY f.day")
        return Dictionary(
            uniqueKeysWithValues: rows.map { row in
                (CivilDay(daysSinceEpoch: row.daysSinceEpoch(0)), SalesSource.read(row, from: 1))
            })
    }
}

extension MonthCover {
    /// Of the rows of a rollup by days.
    func days(_ row: SQL) -> SQL {
        rest.reduce("(FALSE") { $0 + " OR \(row).day BETWEEN \($1.from) AND \($1.to)" } + ")"
    }

    /// Of the rows of a rollup by months.
    func months(_ row: SQL) -> SQL { months.reduce("(FALSE") { $0 + " OR \(row).month = \($1)" } + ")" }
}

/// The page that lists the very orders of a figure.
struct OrderLink: Sendable {
    private var filter = OrderFilter()
    private let isSeen: Bool

    /// - Parameter channel: One of the question's.
    init(_ question: ReportQuestion, _ span: DaySpan, channel: String? = nil) {
        filter.from = span.from
        filter.to = span.to
        filter.channel = channel ?? question.filter.channel
        filter.warehouse = question.filter.warehouse
        filter.category = question.filter.category
        filter.member = question.filter.member
        if question.hasOtherCurrencies || question.filter.currency != nil { filter.currency = question.currency }
        isSeen = question.viewer.may(.ordersView)
    }

    func callAsFunction(_ narrow: (inout OrderFilter) -> Void = { _ in }) -> String? {
        guard isSeen else { return nil }
        var narrowed = filter
        narrow(&narrowed)
        return OrderAddress.list(narrowed)
    }
}
