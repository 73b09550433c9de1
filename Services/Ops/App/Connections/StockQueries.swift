/// What `ops stock` asks inventory's schema; `$1` is the SKU.
enum StockQueries {
    static let sections = [
        ReportQuery(
            name: "availability", head: ["available", "on order", "low", "safety stock"],
            sql: """
                SELECT coalesce(announced_available, 0)::text, coalesce(announced_incoming, 0)::text,
                    CASE WHEN is_low THEN 'yes' ELSE 'no' END, coalesce(safety_stock::text, 'the catalog''s')
                FROM stock_skus WHERE sku = $1
                """),
        ReportQuery(
            name: "levels", head: ["warehouse", "on hand", "reserved", "safety stock", "free"],
            sql: """
                SELECT warehouse, on_hand::text, reserved::text, safety_stock::text,
                    greatest(0, on_hand - reserved - safety_stock)::text
                FROM stock_levels WHERE sku = $1 ORDER BY warehouse
                """),
        ReportQuery(
            name: "limits", head: ["channel", "limit", "sold", "since"],
            sql: """
                SELECT channel, quantity::text, sold::text, to_char(since, 'YYYY-MM-DD HH24:MI')
                FROM stock_quotas WHERE sku = $1 ORDER BY channel
                """),
        ReportQuery(
            name: "onOrder", head: ["reference", "pieces"],
            sql: """
                SELECT reference, quantity::text FROM stock_incoming WHERE sku = $1 AND quantity > 0 ORDER BY reference
                """),
        ReportQuery(
            name: "reservations", head: ["order", "line", "warehouse", "open"],
            sql: """
                SELECT order_id, line_id, warehouse, (quantity - shipped - released)::text FROM reservations
                WHERE sku = $1 AND shipped + released < quantity ORDER BY order_id, line_id, warehouse LIMIT 20
                """),
        ReportQuery(
            name: "waiting", head: ["order", "line", "pieces"],
            sql: "SELECT order_id, line_id, quantity::text FROM backorders WHERE sku = $1 ORDER BY place LIMIT 20"),
        ReportQuery(
            name: "movements", head: ["when", "warehouse", "kind", "pieces", "balance", "reference"],
            sql: """
                SELECT to_char(occurred_at, 'YYYY-MM-DD HH24:MI'), warehouse, kind, quantity::text, balance::text,
                    coalesce(reference, '')
                FROM movements WHERE sku = $1 ORDER BY occurred_at DESC, movement_id DESC LIMIT 10
                """),
    ]

    /// By the days of the mall, whose time zone is `$2`, on the 28 before the forecast's first.
    static let demand: StaticString = """
        SELECT coalesce(pieces, 0)::bigint
        FROM forecasts f CROSS JOIN generate_series(-28, -1) AS ago
        LEFT JOIN (
            SELECT (placed_at AT TIME ZONE $2)::date AS asked, sum((line ->> 'quantity')::bigint) AS pieces
            FROM orders, jsonb_array_elements(convert_from(request, 'UTF8')::jsonb -> 'lines') AS line
            WHERE standing <> 'released' AND line ->> 'sku' = $1
                AND placed_at >= (SELECT day - 30 FROM forecasts WHERE sku = $1)
            GROUP BY 1
        ) AS d ON d.asked = f.day + ago
        WHERE f.sku = $1 ORDER BY ago
        """

    static let suggestion: StaticString = """
        SELECT payload FROM outbox
        WHERE aggregatetype = 'inventory.alerts.v1' AND aggregateid = $1
            AND type = 'tributary.inventory.alerts.ReplenishmentSuggested.v1'
        ORDER BY id DESC LIMIT 1
        """
}
