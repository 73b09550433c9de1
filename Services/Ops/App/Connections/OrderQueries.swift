/// What `ops order show` asks the schemas of all services; `$1` is the order's id.
enum OrderQueries {
    /// By the id or by `channel/externalOrderId`, which may hold further strokes.
    static let find: StaticString = """
        SELECT order_id, channel, external_order_id, to_char(placed_at, 'YYYY-MM-DD HH24:MI"Z"'), state, stock_status,
            refund_status, coalesce(hold_reason, cancel_reason), currency, total, paid, refunded, excess, member_id
        FROM intake.orders
        WHERE order_id = $1
            OR (channel, external_order_id) = (split_part($1, '/', 1), substr($1, strpos($1, '/') + 1))
        """

    static let sections = [
        ReportQuery(
            name: "lines", head: ["line", "sku", "quantity", "unit price", "paid"],
            sql: """
                SELECT line ->> 'lineId', line ->> 'sku', line ->> 'quantity', line ->> 'unitPrice', line ->> 'paid'
                FROM intake.orders, jsonb_array_elements(convert_from(placed, 'UTF8')::jsonb -> 'lines') AS line
                WHERE order_id = $1
                """),
        ReportQuery(
            name: "shipments",
            head: ["shipment", "warehouse", "carrier", "waybill", "state", "last seen", "promised", "watch"],
            sql: """
                SELECT shipment_id, warehouse, carrier, waybill, s.state, latest_status,
                    to_char(promised_by, 'YYYY-MM-DD HH24:MI"Z"'),
                    w.provider || ' ' || w.state || coalesce(': ' || w.reason, '')
                FROM fulfilment.shipments AS s LEFT JOIN fulfilment.watches AS w USING (shipment_id)
                WHERE order_id = $1 ORDER BY number
                """),
        ReportQuery(
            name: "labels", head: ["asked for", "carrier", "number", "state", "attempts", "why"],
            sql: """
                SELECT call_id, carrier, waybill, state, coalesce(attempts, 0)::text, reason
                FROM fulfilment.label_calls LEFT JOIN fulfilment.label_attempts USING (call_id)
                WHERE order_id = $1 ORDER BY sequence
                """),
        ReportQuery(
            name: "stops", head: ["asked by", "for"],
            sql: "SELECT asker, kind FROM fulfilment.stops WHERE order_id = $1 ORDER BY sequence"),
        ReportQuery(
            name: "cases", head: ["case", "kind", "reason", "state", "amount", "freight", "decided by", "next", "due"],
            sql: """
                SELECT c.case_id, c.kind, c.reason, coalesce(c.outcome, c.state), c.amount::text, c.freight::text, c.rule,
                    t.kind, to_char(t.due_at, 'YYYY-MM-DD HH24:MI"Z"')
                FROM after_sales.cases AS c LEFT JOIN after_sales.timers AS t ON t.key = c.case_id
                WHERE c.order_id = $1 ORDER BY c.number
                """),
        ReportQuery(
            name: "replacements", head: ["order", "for case", "state", "stock", "held because"],
            sql: """
                SELECT r.order_id, r.external_order_id, r.state, r.stock_status, r.hold_reason
                FROM after_sales.cases AS c JOIN intake.orders AS o ON o.order_id = c.order_id
                JOIN intake.orders AS r ON r.channel = o.channel AND r.external_order_id = c.case_id
                WHERE c.order_id = $1 ORDER BY c.number
                """),
        ReportQuery(
            name: "refunds", head: ["refund", "case", "payment", "amount", "state", "reason"],
            sql: """
                SELECT refund_id, case_id, payment_id, amount::text, state, reason
                FROM after_sales.refunds WHERE order_id = $1 ORDER BY number
                """),
        ReportQuery(
            name: "commission", head: ["member", "level", "kind", "line", "base", "amount", "reversed", "why"],
            sql: """
                SELECT member_id, level::text, kind, line_id, base::text, amount::text, reversed::text, why
                FROM commission.legs WHERE order_id = $1 ORDER BY accrual, leg
                """),
        ReportQuery(
            name: "updates", head: ["told to the platform", "state", "why", "by"],
            sql: """
                SELECT u ->> 'updateId', u ->> 'state', u ->> 'reason', u ->> 'deadline'
                FROM intake.orders, jsonb_array_elements(convert_from(updates, 'UTF8')::jsonb -> 'updates') AS u
                WHERE order_id = $1
                """),
        ReportQuery(
            name: "waiting", head: ["service", "message", "for", "until"],
            sql: """
                SELECT service, message_id, reason, to_char(deadline, 'YYYY-MM-DD HH24:MI"Z"') FROM (
                    SELECT 'intake' AS service, key, message_id, reason, deadline FROM intake.waiting
                    UNION ALL SELECT 'inventory', key, message_id, reason, deadline FROM inventory.waiting
                    UNION ALL SELECT 'fulfilment', key, message_id, reason, deadline FROM fulfilment.waiting
                    UNION ALL SELECT 'after-sales', key, message_id, reason, deadline FROM after_sales.waiting
                    UNION ALL SELECT 'commission', key, message_id, reason, deadline FROM commission.waiting
                ) AS messages WHERE key IN ('order/' || $1, 'ready/' || $1) ORDER BY deadline
                """),
    ]
}
