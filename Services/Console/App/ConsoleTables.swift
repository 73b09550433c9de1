import ConsoleDomain
import Contracts
import Pipeline
import Postgres

/// The read tables. Rows are only written, set-wise and in ascending order of their keys.
struct ConsoleTables: Tables {
    static let migrations = [
        Migration("V002_console", PackageResources.V002_console_sql),
        Migration("V003_access", PackageResources.V003_access_sql),
        Migration("V004_rollups", PackageResources.V004_rollups_sql),
        Migration("V005_views", PackageResources.V005_views_sql),
        Migration("V006_months", PackageResources.V006_months_sql),
        Migration("V007_stock_months", PackageResources.V007_stock_months_sql),
        Migration("V008_clocks", PackageResources.V008_clocks_sql),
        Migration("V009_bindings", PackageResources.V009_bindings_sql),
    ]

    func load(_ keys: [Key], into state: inout State<ReadRow>, in transaction: borrowing Transaction) throws {}

    func save(_ state: State<ReadRow>, in transaction: borrowing Transaction) throws {
        var rows = ChangedRows()
        for key in state.changed.sorted() {
            if let row = state[key] { rows.add(row) }
        }
        try OrderRows.save(rows.orders, in: transaction)
        try LineRows.save(rows.lines, in: transaction)
        try ParcelRows.save(rows.parcels, in: transaction)
        try CaseRows.save(rows.cases, in: transaction)
        try RefundRows.save(rows.refunds, in: transaction)
        try EarningRows.save(rows.earnings, in: transaction)
        try EntryRows.save(rows.entries, in: transaction)
        try PayoutRows.save(rows.payouts, in: transaction)
        try PayoutRows.save(rows.settlements, in: transaction)
        try RecordRows.save(rows.records, in: transaction)
        try StockRows.save(rows.stock, in: transaction)
        try StockRows.save(rows.movements, in: transaction)
        try StockRows.save(rows.alerts, in: transaction)
        try StockRows.save(rows.suggestions, in: transaction)
        try VisitRows.save(rows.visits, in: transaction)
        try OperationRows.save(rows.deadLetters, in: transaction)
        try OperationRows.save(rows.answers, in: transaction)
        try FactRows.save(rows.facts, in: transaction)
    }
}

/// What a batch has changed, by table.
private struct ChangedRows {
    var facts: [ToldFact] = []
    var orders: [OrderPatch] = []
    var lines: [LinePatch] = []
    var parcels: [ParcelPatch] = []
    var cases: [CasePatch] = []
    var refunds: [RefundPatch] = []
    var earnings: [EarningPatch] = []
    var entries: [StatementEntry] = []
    var payouts: [PayoutPatch] = []
    var settlements: [CommissionSettled] = []
    var records: [ReferenceRecord] = []
    var stock: [AvailabilityChanged] = []
    var movements: [MovementRow] = []
    var alerts: [AlertPatch] = []
    var suggestions: [ReplenishmentSuggested] = []
    var visits: [VisitCount] = []
    var deadLetters: [DeadLetterNote] = []
    var answers: [(CommandAnswered, at: Instant)] = []

    mutating func add(_ row: ReadRow) {
        switch row {
        case .fact(let fact): facts.append(fact)
        case .order(let patch): orders.append(patch)
        case .line(let patch): lines.append(patch)
        case .parcel(let patch): parcels.append(patch)
        case .afterSalesCase(let patch): cases.append(patch)
        case .refund(let patch): refunds.append(patch)
        case .earning(let patch): earnings.append(patch)
        case .entry(let entry): entries.append(entry)
        case .payout(let patch): payouts.append(patch)
        case .settlement(let settled): settlements.append(settled)
        case .record(let record): records.append(record)
        case .stock(let changed): stock.append(changed)
        case .movement(let movement): movements.append(movement)
        case .alert(let patch): alerts.append(patch)
        case .suggestion(let suggested): suggestions.append(suggested)
        case .visits(let count): visits.append(count)
        case .deadLetter(let note): deadLetters.append(note)
        case .answer(let answered, let at): answers.append((answered, at))
        }
    }
}

extension JSONCoded {
    /// As it stands in a `json` column.
    var column: String { String(decoding: jsonBytes, as: UTF8.self) }
}
