import CommissionDomain
import Contracts
import Postgres

/// Reads an order with its books and references from commission's schema, all of one moment.
enum BookedOrderRows {
    /// - Returns: `nil` when commission has no such order.
    static func order(_ orderID: String, _ connection: Connection) throws -> BookedOrder? {
        var parameters = Parameters()
        parameters.append(orderID)
        let rows = try connection.transaction { transaction in
            try transaction.run("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            return try transaction.queries(
                [
                    Selection.order, Selection.accruals, Selection.journals, Selection.items, MoneyRows.selection,
                ].map { ($0, parameters) } + [(Selection.plans, Parameters())])
        }
        guard let row = rows[0].first else { return nil }
        var classes: [String: Dated<String?>] = [:]
        for item in rows[3] { classes[item.text(0), default: Dated()].set(item.textOrNil(2), from: item.instant(1)) }
        return BookedOrder(
            placed: try read(row.text(1)), state: row.text(0), attribution: try row.textOrNil(2).map(read),
            attributionVersion: row.int64(3), plan: plan(row), ownChain: try row.textOrNil(14).map(read),
            accruals: try rows[1].map { try read($0.text(0)) }, journals: journals(rows[2]),
            confirmedAt: row.instantOrNil(7), cancelledAt: row.instantOrNil(8), completion: completion(row),
            maturedAt: row.instantOrNil(11), holds: try holds(row), afterSales: try read(row.text(12)),
            plans: try plans(rows[5]), classes: classes, money: try MoneyRows.money(rows[4]))
    }

    /// The order that a journal is about; `nil` when no journal is called so.
    static func orderID(ofJournal journalID: String, _ connection: Connection) throws -> String? {
        var parameters = Parameters()
        parameters.append(journalID)
        return try connection.query(
            "SELECT order_id FROM commission.journals WHERE journal_id = $1", parameters
        ).first?.textOrNil(0)
    }

    static func read<Value: JSONCoded>(_ column: String) throws(Fault) -> Value {
        try Value(JSONDocument.object(Array(column.utf8)))
    }

    private static func plan(_ row: Row) -> OrderPlan? {
        row.textOrNil(4).map {
            OrderPlan(PlanName(planID: $0, version: row.int64(5)), freezeDays: row.int64(6))
        }
    }

    private static func holds(_ row: Row) throws(Fault) -> [Hold] {
        guard let column = row.textOrNil(13) else { return [] }
        return try JSONDocument.object(Array(column.utf8)).readList("holds")
    }

    private static func completion(_ row: Row) -> Completion? {
        guard let completedAt = row.instantOrNil(9), let until = row.instantOrNil(10) else { return nil }
        return Completion(completedAt: completedAt, afterSalesUntil: until)
    }

    /// Rows of one journal stand together.
    private static func journals(_ rows: Rows) -> [BookedJournal] {
        var journals: [BookedJournal] = []
        for row in rows {
            var entries = journals.last?.journalID == row.text(0) ? journals.removeLast().entries : []
            if let account = row.textOrNil(4) {
                entries.append(
                    BookedJournal.Entry(account: account, memberID: row.text(5), amount: row.int64(6)))
            }
            journals.append(
                BookedJournal(
                    journalID: row.text(0), kind: row.text(1), cause: row.text(2), at: row.instant(3),
                    entries: entries))
        }
        return journals
    }

    private static func plans(_ rows: Rows) throws(Fault) -> Plans {
        var versions: [PlanVersion] = []
        for row in rows {
            versions.append(
                PlanVersion(
                    plan: try read(row.text(2)), effectiveFrom: row.instant(0), endedAt: row.instantOrNil(1)))
        }
        return Plans(versions)
    }
}

/// `$1` is the order's id.
private enum Selection {
    static let order: StaticString = """
        SELECT state, placed, attribution, attribution_version, plan_id, plan_version, freeze_days, confirmed_at,
            cancelled_at, completed_at, after_sales_until, matured_at, after_sales, holds, own_chain
        FROM commission.orders WHERE order_id = $1
        """

    static let accruals: StaticString = "SELECT body FROM commission.accruals WHERE order_id = $1 ORDER BY accrual"

    /// By their numbers, at the end of ids that are else alike.
    static let journals: StaticString = """
        SELECT j.journal_id, j.kind, j.cause, j.booked_at, e.account, e.member_id, e.amount
        FROM commission.journals AS j LEFT JOIN commission.entries AS e USING (journal_id)
        WHERE j.order_id = $1 ORDER BY length(j.journal_id), j.journal_id, e.account, e.member_id
        """

    static let items: StaticString = """
        SELECT sku, effective_from, commission_class FROM commission.items WHERE sku IN (
            SELECT line ->> 'sku' FROM commission.orders, json_array_elements(placed -> 'lines') AS line
            WHERE order_id = $1)
        """

    static let plans: StaticString = "SELECT effective_from, ended_at, terms FROM commission.plans"
}

extension Row {
    /// Reads a `timestamptz`.
    func instantOrNil(_ column: Int) -> Instant? { millisecondsOrNil(column).map { Instant(milliseconds: $0) } }

    func instant(_ column: Int) -> Instant { Instant(milliseconds: milliseconds(column)) }
}
