import ConsoleDomain
import Contracts
import Postgres

/// A table of a report, as pages show it and exports write it.
struct ReportTable: Sendable {
    /// Of the phrases `reports.table.<code>`, and of the address of its export.
    let code: String
    let columns: [ReportColumn]
    let rows: ReportRows
    var total: [ReportCell]?
    var chart: ReportChart?
}

/// Where a table's rows come from.
enum ReportRows: Sendable {
    case all([[ReportCell]])
    /// A question without a limit; a page shows its first rows.
    case query(SQL, @Sendable (Row) -> [ReportCell])
    /// The same, of which a page's rows have been read already.
    case begun([[ReportCell]], SQL, @Sendable (Row) -> [ReportCell])
}

struct ReportColumn: Sendable {
    enum Kind: Sendable {
        case text, count, money, percent, tenths, day, time

        var isNumber: Bool { self == .count || self == .money || self == .percent || self == .tenths }
    }

    /// Of the phrases `reports.column.<key>` and, when it needs one, its definition `reports.column.<key>.is`.
    let key: String
    let kind: Kind

    init(_ key: String, _ kind: Kind) {
        self.key = key
        self.kind = kind
    }
}

/// One value, with the page that shows what it is made of.
struct ReportCell: Sendable, Equatable {
    enum Value: Sendable, Equatable {
        case text(String)
        /// The key of a phrase.
        case word(String)
        case count(Int64)
        /// Minor units of the report's currency.
        case money(Int64)
        case basisPoints(Int64)
        case tenths(Int64)
        case day(CivilDay)
        case time(Instant)
        case none
    }

    let value: Value
    var link: String?

    init(_ value: Value, link: String? = nil) {
        self.value = value
        self.link = link
    }

    static func text(_ text: String, link: String? = nil) -> ReportCell { ReportCell(.text(text), link: link) }
    static func word(_ key: String, link: String? = nil) -> ReportCell { ReportCell(.word(key), link: link) }
    static func count(_ count: Int64, link: String? = nil) -> ReportCell { ReportCell(.count(count), link: link) }
    static func money(_ amount: Int64, link: String? = nil) -> ReportCell { ReportCell(.money(amount), link: link) }
    static func percent(_ basisPoints: Int64?) -> ReportCell {
        ReportCell(basisPoints.map { .basisPoints($0) } ?? .none)
    }
    static func tenths(_ tenths: Int64?) -> ReportCell { ReportCell(tenths.map { .tenths($0) } ?? .none) }
    static let empty = ReportCell(.none)
}

/// Which columns of a table are drawn.
struct ReportChart: Sendable {
    enum Shape: String, Sendable { case line, bar }

    let shape: Shape
    /// The column under the axis.
    var label = 0
    let series: [Int]
}

/// A number at the top of a report, beside what it was before.
struct ReportFigure: Sendable {
    /// A column's key, for its name and definition.
    let key: String
    let now: ReportCell
    var previous: ReportCell.Value?
    var lastYear: ReportCell.Value?
}

/// What a report says.
struct ReportAnswer: Sendable {
    var figures: [ReportFigure] = []
    var tables: [ReportTable]
    /// Keys of phrases that are to be known.
    var notes: [String] = []
}
