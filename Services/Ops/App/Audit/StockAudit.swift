/// I1 to I5: stock.
enum StockAudit {
    static let checks = [
        AuditCheck(
            "I1", "on hand covers what is reserved",
            """
            SELECT count(*), count(*) FILTER (WHERE holds IS NOT TRUE),
                array_to_string((array_agg(subject ORDER BY subject) FILTER (WHERE holds IS NOT TRUE))[1:5], E'\\n')
            FROM (
                SELECT sku || ' in ' || warehouse || ': on hand ' || on_hand || ', reserved ' || reserved AS subject,
                    on_hand - reserved >= 0 AND reserved >= 0 AS holds
                FROM inventory.stock_levels) AS looked
            """),
        AuditCheck(
            "I2", "movements add up to what is on hand",
            """
            SELECT count(*), count(*) FILTER (WHERE holds IS NOT TRUE),
                array_to_string((array_agg(subject ORDER BY subject) FILTER (WHERE holds IS NOT TRUE))[1:5], E'\\n')
            FROM (
                SELECT sku || ' in ' || warehouse || ': on hand ' || coalesce(on_hand, 0) || ', moved '
                        || coalesce(moved, 0) AS subject,
                    coalesce(on_hand, 0) = coalesce(moved, 0) AS holds
                FROM inventory.stock_levels
                FULL JOIN (
                    SELECT sku, warehouse, sum(quantity) AS moved FROM inventory.movements GROUP BY sku, warehouse
                ) AS moves USING (sku, warehouse)) AS looked
            """),
        AuditCheck(
            "I3", "open reservations add up to what is reserved",
            """
            SELECT count(*), count(*) FILTER (WHERE holds IS NOT TRUE),
                array_to_string((array_agg(subject ORDER BY subject) FILTER (WHERE holds IS NOT TRUE))[1:5], E'\\n')
            FROM (
                SELECT sku || ' in ' || warehouse || ': reserved ' || coalesce(reserved, 0) || ', open '
                        || coalesce(open, 0) AS subject,
                    coalesce(reserved, 0) = coalesce(open, 0) AS holds
                FROM inventory.stock_levels
                FULL JOIN (
                    SELECT sku, warehouse, sum(quantity - shipped - released) AS open
                    FROM inventory.reservations GROUP BY sku, warehouse
                ) AS reservations USING (sku, warehouse)) AS looked
            """),
        AuditCheck(
            "I4", "no more was sold than was offered",
            """
            SELECT count(*), count(*) FILTER (WHERE holds IS NOT TRUE),
                array_to_string((array_agg(subject ORDER BY subject) FILTER (WHERE holds IS NOT TRUE))[1:5], E'\\n')
            FROM (
                SELECT sku || ': sold ' || sold || ', offered ' || coalesce(offered, 0) AS subject,
                    sold <= coalesce(offered, 0) AS holds
                FROM (
                    SELECT sku, sum(quantity - released) AS sold FROM inventory.reservations GROUP BY sku
                ) AS sales
                LEFT JOIN (
                    SELECT sku, sum(quantity) FILTER (WHERE kind <> 'shipped') AS offered
                    FROM inventory.movements GROUP BY sku
                ) AS offers USING (sku)) AS looked
            """),
        AuditCheck(
            "I5", "each reserved piece has one fate, and has it when its order is over",
            """
            SELECT count(*), count(*) FILTER (WHERE holds IS NOT TRUE),
                array_to_string((array_agg(subject ORDER BY subject) FILTER (WHERE holds IS NOT TRUE))[1:5], E'\\n')
            FROM (
                SELECT r.order_id || ' ' || r.sku || ' in ' || r.warehouse || ': ' || r.quantity || ' reserved, '
                        || r.shipped || ' shipped, ' || r.released || ' released' AS subject,
                    CASE WHEN o.state IN ('cancelled', 'completed') THEN r.shipped + r.released = r.quantity
                        ELSE r.shipped + r.released <= r.quantity END AS holds
                FROM inventory.reservations AS r LEFT JOIN intake.orders AS o USING (order_id)) AS looked
            """),
    ]
}
