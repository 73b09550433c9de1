import CommissionDomain
import Contracts
import Postgres

/// The table `orders`; accruals belong to their order and are read and written with it.
enum OrderRows {
    /// Locks the orders in the order of their ids, then reads what belongs to them, in one round trip.
    static func load(_ ids: [String], in transaction: borrowing Transaction) throws -> [CommissionOrder] {
        var parameters = Parameters()
        parameters.append(ids)
        let rows = try transaction.queries([
            (
                """
                SELECT order_id, state, placed, attribution, attribution_version, plan_id, plan_version, freeze_days,
                    journals, confirmed_at, cancelled_at, completed_at, after_sales_until, matured_at, after_sales,
                    accrual_journal, holds, turnover, turnovers, own_chain
                FROM orders WHERE order_id = ANY($1::text[]) ORDER BY order_id FOR UPDATE
                """, parameters
            ),
            (AccrualRows.selection, parameters),
        ])
        let accruals = Dictionary(grouping: rows[1], by: { $0.text(0) })
        return try rows[0].map { row in
            try order(row, (accruals[row.text(0)] ?? []).map { try Accrual(column: $0.text(1)) })
        }
    }

    private static func order(_ row: Row, _ accruals: [Accrual]) throws -> CommissionOrder {
        let hasAccrual = try state(row) != .placed && !accruals.isEmpty
        var completion: Completion?
        if let completedAt = row.instantOrNil(11), let until = row.instantOrNil(12) {
            completion = Completion(completedAt: completedAt, afterSalesUntil: until)
        }
        var plan: OrderPlan?
        if let planID = row.textOrNil(5) {
            plan = OrderPlan(PlanName(planID: planID, version: row.int64(6)), freezeDays: row.int64(7))
        }
        return CommissionOrder(
            placed: try OrderPlaced(column: row.text(2)),
            attribution: try row.textOrNil(3).map(Attribution.init(column:)),
            attributionVersion: row.int64(4), plan: plan,
            ownChain: try row.textOrNil(19).map(OwnChain.init(column:)), accrual: hasAccrual ? accruals.last : nil,
            formerAccruals: hasAccrual ? accruals.dropLast() : accruals, journals: row.int64(8),
            accrualJournal: row.int64(15), holds: try row.textOrNil(16).map { try HoldList(column: $0).holds } ?? [],
            turnover: row.int64(17), turnovers: row.int64(18), confirmedAt: row.instantOrNil(9),
            cancelledAt: row.instantOrNil(10), completion: completion,
            maturedAt: row.instantOrNil(13), afterSales: try AfterSalesNotes(column: row.text(14)))
    }

    private static func state(_ row: Row) throws(Fault) -> CommissionOrder.State {
        guard let state = CommissionOrder.State(rawValue: row.text(1)) else {
            throw Fault("state '\(row.text(1))' of order \(row.text(0)) is unknown", field: "state")
        }
        return state
    }

    static func save(_ orders: [CommissionOrder], in transaction: borrowing Transaction) throws(PostgresError) {
        try insert(orders.filter(\.unsaved.order), in: transaction)
        try update(orders.filter { !$0.unsaved.order }, in: transaction)
        try revise(orders.filter { $0.unsaved.revision && !$0.unsaved.order }, in: transaction)
        try AccrualRows.save(orders.filter(\.unsaved.accruals), in: transaction)
    }

    private static func insert(_ orders: [CommissionOrder], in transaction: borrowing Transaction) throws(PostgresError)
    {
        guard !orders.isEmpty else { return }
        var parameters = changing(orders)
        parameters.append(orders.map(\.placed.column))
        try transaction.run(
            """
            INSERT INTO orders (order_id, state, attribution, attribution_version, plan_id, plan_version, freeze_days,
                accruals, journals, confirmed_at, cancelled_at, completed_at, after_sales_until, matured_at,
                after_sales, accrual_journal, holds, turnover, turnovers, own_chain, placed)
            SELECT n.order_id, n.state, n.attribution::json, n.attribution_version, n.plan_id, n.plan_version,
                n.freeze_days, n.accruals, n.journals, n.confirmed_at, n.cancelled_at, n.completed_at,
                n.after_sales_until, n.matured_at, n.after_sales::json, n.accrual_journal, n.holds::json, n.turnover,
                n.turnovers, n.own_chain::json, n.placed::json
            FROM unnest($1::text[], $2::text[], $3::text[], $4::int8[], $5::text[], $6::int8[], $7::int8[], $8::int8[],
                $9::int8[], $10::timestamptz[], $11::timestamptz[], $12::timestamptz[], $13::timestamptz[],
                $14::timestamptz[], $15::text[], $16::int8[], $17::text[], $18::int8[], $19::int8[], $20::text[],
                $21::text[])
                AS n(order_id, state, attribution, attribution_version, plan_id, plan_version, freeze_days, accruals,
                    journals, confirmed_at, cancelled_at, completed_at, after_sales_until, matured_at, after_sales,
                    accrual_journal, holds, turnover, turnovers, own_chain, placed)
            """, parameters)
    }

    private static func update(_ orders: [CommissionOrder], in transaction: borrowing Transaction) throws(PostgresError)
    {
        guard !orders.isEmpty else { return }
        try transaction.run(
            """
            UPDATE orders o SET state = n.state, attribution = n.attribution::json,
                attribution_version = n.attribution_version, plan_id = n.plan_id, plan_version = n.plan_version,
                freeze_days = n.freeze_days, accruals = n.accruals, journals = n.journals,
                confirmed_at = n.confirmed_at, cancelled_at = n.cancelled_at, completed_at = n.completed_at,
                after_sales_until = n.after_sales_until, matured_at = n.matured_at, after_sales = n.after_sales::json,
                accrual_journal = n.accrual_journal, holds = n.holds::json, turnover = n.turnover,
                turnovers = n.turnovers, own_chain = n.own_chain::json
            FROM unnest($1::text[], $2::text[], $3::text[], $4::int8[], $5::text[], $6::int8[], $7::int8[], $8::int8[],
                $9::int8[], $10::timestamptz[], $11::timestamptz[], $12::timestamptz[], $13::timestamptz[],
                $14::timestamptz[], $15::text[], $16::int8[], $17::text[], $18::int8[], $19::int8[], $20::text[])
                AS n(order_id, state, attribution, attribution_version, plan_id, plan_version, freeze_days, accruals,
                    journals, confirmed_at, cancelled_at, completed_at, after_sales_until, matured_at, after_sales,
                    accrual_journal, holds, turnover, turnovers, own_chain)
            WHERE o.order_id = n.order_id
            """, changing(orders))
    }

    private static func revise(_ orders: [CommissionOrder], in transaction: borrowing Transaction) throws(PostgresError)
    {
        guard !orders.isEmpty else { return }
        var parameters = Parameters()
        parameters.append(orders.map(\.placed.orderID.text))
        parameters.append(orders.map(\.placed.column))
        try transaction.run(
            """
            UPDATE orders o SET placed = n.placed::json
            FROM unnest($1::text[], $2::text[]) AS n(order_id, placed) WHERE o.order_id = n.order_id
            """, parameters)
    }

    /// What may change after the order was placed, `$1` to `$20`.
    private static func changing(_ orders: [CommissionOrder]) -> Parameters {
        var parameters = Parameters()
        parameters.append(orders.map(\.placed.orderID.text))
        parameters.append(orders.map(\.state.rawValue))
        parameters.append(orders.map { $0.attribution?.column })
        parameters.append(orders.map(\.attributionVersion))
        parameters.append(orders.map { $0.plan?.name.planID })
        parameters.append(orders.map { $0.plan?.name.version })
        parameters.append(orders.map { $0.plan?.freezeDays })
        parameters.append(orders.map { Int64($0.accruals.count) })
        parameters.append(orders.map(\.journals))
        parameters.appendTimestamps(orders.map { $0.confirmedAt?.milliseconds })
        parameters.appendTimestamps(orders.map { $0.cancelledAt?.milliseconds })
        parameters.appendTimestamps(orders.map { $0.completion?.completedAt.milliseconds })
        parameters.appendTimestamps(orders.map { $0.completion?.afterSalesUntil.milliseconds })
        parameters.appendTimestamps(orders.map { $0.maturedAt?.milliseconds })
        parameters.append(orders.map(\.afterSales.column))
        parameters.append(orders.map(\.accrualJournal))
        parameters.append(orders.map { $0.holds.isEmpty ? nil : HoldList(holds: $0.holds).column })
        parameters.append(orders.map(\.turnover))
        parameters.append(orders.map(\.turnovers))
        parameters.append(orders.map { $0.ownChain?.column })
        return parameters
    }
}

/// The column `holds`.
private struct HoldList: JSONCoded {
    let holds: [Hold]

    init(holds: [Hold]) { self.holds = holds }

    init(_ json: JSONObject) throws(Fault) { holds = try json.readList("holds") }

    func write(to json: inout JSONWriter) { json.field("holds", list: holds) }
}

extension Row {
    /// Reads a `timestamptz`.
    func instantOrNil(_ column: Int) -> Instant? {
        millisecondsOrNil(column).map { Instant(milliseconds: $0) }
    }

    func instant(_ column: Int) -> Instant { Instant(milliseconds: milliseconds(column)) }
}
