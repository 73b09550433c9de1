import Contracts
import IntakeDomain
import Postgres

/// `orders`: locked and read under their ids or the channels' names for them, written as a set.
enum OrderTable {
    /// The names are looked up without a lock, since they never change; then the rows are locked by ascending id.
    static func load(
        _ keys: [Key], into state: inout State<IntakeAggregate>, in transaction: borrowing Transaction
    ) throws {
        guard !keys.isEmpty else { return }
        let external = keys.filter { $0.kind == .external }.map { $0.id.split(separator: "/", maxSplits: 1) }
        var parameters = Parameters()
        parameters.append(keys.filter { $0.kind == .order }.map(\.id))
        parameters.append(external.map { String($0[0]) })
        parameters.append(external.map { $0.count > 1 ? String($0[1]) : "" })
        let rows = try transaction.query(
            """
            SELECT order_id, content_hash, decided_at, placed, terms, state, stock_status, reservation, hold_reason,
                attribution, returned, refunds, goods, requests, receipt_due, receipt_left_milliseconds, cancel_reason,
                confirmed_at, reinstated_at, received_at, completed_at, note, holds, claims, handling, flag,
                updates
            FROM orders WHERE order_id = ANY(ARRAY(
                SELECT unnest($1::text[])
                UNION
                SELECT o.order_id FROM unnest($2::text[], $3::text[]) AS e(channel, external_order_id)
                JOIN orders o ON o.channel = e.channel AND o.external_order_id = e.external_order_id))
            ORDER BY order_id FOR UPDATE
            """, parameters)
        let payments = try PaymentTable.load(rows.map { $0.text(0) }, in: transaction)
        for row in rows {
            let orderID = row.text(0)
            do throws(Fault) {
                let order = try OrderRow.order(row, payments: payments[orderID] ?? [])
                let key = Key.order(order.orderID)
                state.load(key, .order(order))
                for alias in IntakeAggregate.order(order).aliases { state.alias(alias, of: key) }
            } catch {
                unreadable("orders", orderID, error)
            }
        }
    }

    /// New orders; another maker of the same one loses and reads it at its next try.
    static func insert(_ orders: [Order], in transaction: borrowing Transaction) throws {
        guard !orders.isEmpty else { return }
        var parameters = OrderRow.changing(orders)
        OrderRow.appendLasting(orders, to: &parameters)
        try transaction.run(
            """
            INSERT INTO orders (
                order_id, state, stock_status, refund_status, cancel_reason, hold_reason, reservation, member_id,
                attribution, paid, returned, excess, refunded, refunds, goods, requests, receipt_due,
                receipt_left_milliseconds, confirmed_at, reinstated_at, received_at, completed_at, note,
                holds, claims, handling, flag, updates, update_deadline, channel, external_order_id, kind, historical,
                currency, goods_total, freight, fees, tax_added, total, placed_at, decided_at, content_hash, placed, terms)
            SELECT * FROM unnest(
                $1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::int8[], $8::text[],
                $9::bytea[], $10::int8[], $11::int8[], $12::int8[], $13::int8[], $14::bytea[], $15::bytea[],
                $16::bytea[], $17::timestamptz[], $18::int8[], $19::timestamptz[], $20::timestamptz[],
                $21::timestamptz[], $22::timestamptz[], $23::text[], $24::bytea[], $25::bytea[], $26::bytea[],
                $27::text[], $28::bytea[], $29::timestamptz[], $30::text[], $31::text[], $32::text[], $33::bool[], $34::text[], $35::int8[],
                $36::int8[], $37::int8[], $38::int8[], $39::int8[], $40::timestamptz[], $41::timestamptz[],
                $42::int8[], $43::bytea[], $44::bytea[])
            """, parameters)
    }

    /// What an order consists of and costs; before what was paid for it, which must not be above its total.
    static func revise(_ orders: [Order], in transaction: borrowing Transaction) throws {
        guard !orders.isEmpty else { return }
        var parameters = Parameters()
        parameters.append(orders.map { $0.orderID.text })
        parameters.append(orders.map { $0.placed.goodsTotal })
        parameters.append(orders.map { $0.placed.freight })
        parameters.append(orders.map { $0.placed.fees })
        parameters.append(orders.map { OrderRow.taxAdded($0.placed) })
        parameters.append(orders.map { $0.placed.total })
        parameters.append(orders.map { $0.contentHash })
        parameters.append(orders.map { $0.placed.jsonBytes })
        try transaction.run(
            """
            UPDATE orders AS o SET
                goods_total = n.goods_total, freight = n.freight, fees = n.fees, tax_added = n.tax_added,
                total = n.total, content_hash = n.content_hash, placed = n.placed
            FROM unnest(
                $1::text[], $2::int8[], $3::int8[], $4::int8[], $5::int8[], $6::int8[], $7::int8[], $8::bytea[])
                AS n(order_id, goods_total, freight, fees, tax_added, total, content_hash, placed)
            WHERE o.order_id = n.order_id
            """, parameters)
    }

    static func update(_ orders: [Order], in transaction: borrowing Transaction) throws {
        guard !orders.isEmpty else { return }
        try transaction.run(
            """
            UPDATE orders AS o SET
                state = n.state, stock_status = n.stock_status, refund_status = n.refund_status,
                cancel_reason = n.cancel_reason, hold_reason = n.hold_reason, reservation = n.reservation,
                member_id = n.member_id, attribution = n.attribution, paid = n.paid, returned = n.returned,
                excess = n.excess, refunded = n.refunded, refunds = n.refunds, goods = n.goods, requests = n.requests,
                receipt_due = n.receipt_due, receipt_left_milliseconds = n.receipt_left_milliseconds,
                confirmed_at = n.confirmed_at, reinstated_at = n.reinstated_at, received_at = n.received_at,
                completed_at = n.completed_at, note = n.note, holds = n.holds, claims = n.claims,
                handling = n.handling, flag = n.flag, updates = n.updates, update_deadline = n.update_deadline
            FROM unnest(
                $1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::int8[], $8::text[],
                $9::bytea[], $10::int8[], $11::int8[], $12::int8[], $13::int8[], $14::bytea[], $15::bytea[],
                $16::bytea[], $17::timestamptz[], $18::int8[], $19::timestamptz[], $20::timestamptz[],
                $21::timestamptz[], $22::timestamptz[], $23::text[], $24::bytea[], $25::bytea[], $26::bytea[],
                $27::text[], $28::bytea[], $29::timestamptz[])
                AS n(order_id, state, stock_status, refund_status, cancel_reason, hold_reason, reservation, member_id,
                    attribution, paid, returned, excess, refunded, refunds, goods, requests, receipt_due,
                    receipt_left_milliseconds, confirmed_at, reinstated_at, received_at, completed_at, note,
                    holds, claims, handling, flag, updates, update_deadline)
            WHERE o.order_id = n.order_id
            """, OrderRow.changing(orders))
    }
}
