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
                    Selection.order, Selection.legs, Selection.pools, Selection.journals, Selection.items,
                    MoneyRows.selection,
                ].map { ($0, parameters) } + [(Selection.plans, Parameters())])
        }
        guard let row = rows[0].first else { return nil }
        var classes: [String: Dated<String?>] = [:]
        for item in rows[4] { classes[item.text(0), default: Dated()].set(item.textOrNil(2), from: item.instant(1)) }
        return BookedOrder(
            placed: try read(row.text(1)), state: row.text(0), attribution: try row.textOrNil(2).map(read),
            attributionVersion: row.int64(3), plan: plan(row), ownChain: try row.textOrNil(14).map(read),
            accruals: try accruals(rows[1], rows[2]), journals: journals(rows[3]), confirmedAt: row.instantOrNil(7),
            cancelledAt: row.instantOrNil(8),
            completion: completion(row), maturedAt: row.instantOrNil(11), holds: try holds(row),
            afterSales: try read(row.text(12)),
            plans: try plans(rows[6]), classes: classes, money: try MoneyRows.money(rows[5]))
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

    private static func accruals(_ legs: Rows, _ pools: Rows) throws -> [Accrual] {
        let legs = Dictionary(grouping: legs, by: { $0.int64(0) })
        let pools = Dictionary(grouping: pools, by: { $0.int64(0) })
        return try Set(legs.keys).union(pools.keys).sorted().map { number in
            Accrual(
                number: number, legs: try (legs[number] ?? []).map(leg),
                pools: (pools[number] ?? []).map { row in
                    BookedPool(
                        lineID: row.text(1), paid: row.int64(2), pool: row.int64(3), companyShare: row.int64(4),
                        remainder: row.int64(5), companyShareReversed: row.int64(6), remainderReversed: row.int64(7))
                })
        }
    }

    private static func leg(_ row: Row) throws -> BookedLeg {
        guard let kind = LegKind(rawValue: row.text(3)) else {
            throw OpsFailure("kind '\(row.text(3))' of a leg is unknown to this program")
        }
        return BookedLeg(
            CommissionLeg(
                memberID: row.text(1), level: row.int64(2), kind: kind, lineID: row.text(4), base: row.int64(5),
                rateBasisPoints: row.int64OrNil(6), amountPerUnit: row.int64OrNil(7), amount: row.int64(8),
                why: row.text(10)),
            reversed: row.int64(9), isMatured: row.bool(11))
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

    static let legs: StaticString = """
        SELECT accrual, member_id, level, kind, line_id, base, rate_basis_points, amount_per_unit, amount, reversed, why,
            matured
        FROM commission.legs WHERE order_id = $1 ORDER BY accrual, leg
        """

    static let pools: StaticString = """
        SELECT accrual, line_id, paid, pool, company_share, remainder, company_share_reversed, remainder_reversed
        FROM commission.pools WHERE order_id = $1 ORDER BY accrual, line
        """

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
