/// I11 to I13: what becomes of orders.
enum OrderAudit {
    static let checks = [
        AuditCheck(
            "I11", "an order has one end, and nothing reopens it but one late payment",
            """
            SELECT count(*), count(*) FILTER (WHERE holds IS NOT TRUE),
                array_to_string((array_agg(subject ORDER BY subject) FILTER (WHERE holds IS NOT TRUE))[1:5], E'\\n')
            FROM (
                SELECT o.order_id || ': ' || o.state || ', told ' || coalesce(array_to_string(f.ends, ', '), 'nothing')
                        AS subject,
                    coalesce(f.ends, '{}') IN (
                        '{}', '{OrderCancelled}', '{OrderCompleted}', '{OrderCancelled,OrderReinstated}',
                        '{OrderCancelled,OrderReinstated,OrderCancelled}',
                        '{OrderCancelled,OrderReinstated,OrderCompleted}')
                    AND CASE f.ends[cardinality(f.ends)]
                        WHEN 'OrderCancelled' THEN o.state = 'cancelled'
                        WHEN 'OrderCompleted' THEN o.state = 'completed'
                        ELSE o.state NOT IN ('cancelled', 'completed') OR o.historical END AS holds
                FROM intake.orders AS o
                LEFT JOIN (
                    SELECT aggregateid AS order_id,
                        array_agg(split_part(type, '.', 4) ORDER BY day, id) AS ends
                    FROM intake.outbox
                    WHERE aggregatetype = 'intake.orders.v1'
                        AND split_part(type, '.', 4) IN ('OrderCancelled', 'OrderReinstated', 'OrderCompleted')
                    GROUP BY aggregateid
                ) AS f USING (order_id)) AS looked
            """),
        AuditCheck(
            "I12", "one order per channel and external id",
            """
            SELECT count(*), count(*) FILTER (WHERE holds IS NOT TRUE),
                array_to_string((array_agg(subject ORDER BY subject) FILTER (WHERE holds IS NOT TRUE))[1:5], E'\\n')
            FROM (
                SELECT channel || '/' || external_order_id AS subject, count(*) = 1 AS holds
                FROM intake.orders GROUP BY channel, external_order_id) AS looked
            """),
        AuditCheck(
            "I13", "every order is over, or something is set that moves it",
            """
            SELECT count(*), count(*) FILTER (WHERE holds IS NOT TRUE),
                array_to_string((array_agg(subject ORDER BY subject) FILTER (WHERE holds IS NOT TRUE))[1:5], E'\\n')
            FROM (
                SELECT o.order_id || ': ' || o.state AS subject,
                    o.state IN ('completed', 'cancelled') OR o.hold_reason IS NOT NULL
                        OR EXISTS (SELECT FROM intake.timers AS t WHERE t.key = o.order_id)
                        OR EXISTS (SELECT FROM fulfilment.timers AS t
                            WHERE t.key = o.order_id OR t.key LIKE o.order_id || '-%')
                        OR EXISTS (SELECT FROM inventory.backorders AS b WHERE b.order_id = o.order_id)
                        OR EXISTS (SELECT FROM fulfilment.shipments AS s WHERE s.order_id = o.order_id
                            AND s.state NOT IN ('delivered', 'returned', 'cancelled'))
                        OR EXISTS (SELECT FROM after_sales.cases AS c
                            WHERE c.order_id = o.order_id AND c.outcome IS NULL)
                        OR EXISTS (SELECT FROM after_sales.refunds AS r
                            WHERE r.order_id = o.order_id AND r.state <> 'settled')
                        OR EXISTS (SELECT FROM after_sales.channels AS c
                            WHERE c.channel = o.channel AND c.follows_platform) AS holds
                FROM intake.orders AS o) AS looked
            """),
    ]
}
