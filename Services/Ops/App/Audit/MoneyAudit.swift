/// I6 to I10: money.
enum MoneyAudit {
    static let checks = [
        AuditCheck(
            "I6", "every journal sums to zero",
            """
            SELECT count(*), count(*) FILTER (WHERE holds IS NOT TRUE),
                array_to_string((array_agg(subject ORDER BY subject) FILTER (WHERE holds IS NOT TRUE))[1:5], E'\\n')
            FROM (
                SELECT journal_id || ': sums to ' || coalesce(sum(e.amount), 0) AS subject,
                    sum(e.amount) = 0 AND sum(e.amount) FILTER (WHERE e.amount > 0) = max(j.total) AS holds
                FROM commission.journals AS j FULL JOIN commission.entries AS e USING (journal_id)
                GROUP BY journal_id) AS looked
            """),
        AuditCheck(
            "I6", "members' balances are their entries' sums",
            """
            SELECT count(*), count(*) FILTER (WHERE holds IS NOT TRUE),
                array_to_string((array_agg(subject ORDER BY subject) FILTER (WHERE holds IS NOT TRUE))[1:5], E'\\n')
            FROM (
                SELECT member_id || ' ' || account || ': balance ' || coalesce(b.amount, 0) || ', entries '
                        || coalesce(e.amount, 0) AS subject,
                    coalesce(b.amount, 0) = coalesce(e.amount, 0) AS holds
                FROM commission.balances AS b
                FULL JOIN (
                    SELECT e.member_id, e.account, j.currency, sum(e.amount) AS amount
                    FROM commission.entries AS e JOIN commission.journals AS j USING (journal_id)
                    WHERE e.member_id <> '' GROUP BY 1, 2, 3
                ) AS e USING (member_id, account, currency)) AS looked
            """),
        AuditCheck(
            "I6", "what is on its way to members is what their payouts say",
            """
            SELECT count(*), count(*) FILTER (WHERE holds IS NOT TRUE),
                array_to_string((array_agg(subject ORDER BY subject) FILTER (WHERE holds IS NOT TRUE))[1:5], E'\\n')
            FROM (
                SELECT member_id || ': in payout ' || coalesce(b.amount, 0) || ', payouts ' || coalesce(p.amount, 0)
                        AS subject,
                    coalesce(b.amount, 0) = coalesce(p.amount, 0) AS holds
                FROM (SELECT member_id, currency, amount FROM commission.balances WHERE account = 'in-payout') AS b
                FULL JOIN (
                    SELECT member_id, currency, sum(amount) FILTER (WHERE state IN ('requested', 'due')) AS amount
                    FROM commission.payouts GROUP BY 1, 2
                ) AS p USING (member_id, currency)) AS looked
            """),
        AuditCheck(
            "I7", "an order's total is its lines, less discounts, and freight, fees and tax",
            """
            SELECT count(*), count(*) FILTER (WHERE holds IS NOT TRUE),
                array_to_string((array_agg(subject ORDER BY subject) FILTER (WHERE holds IS NOT TRUE))[1:5], E'\\n')
            FROM (
                SELECT order_id || ': total ' || total || ', lines ' || coalesce(lines.sum, 0) AS subject,
                    goods_total + freight + fees + tax_added = total AND lines.sum = goods_total
                        AND lines.paid = goods_total AS holds
                FROM intake.orders CROSS JOIN LATERAL (
                    SELECT sum((line->>'unitPrice')::numeric * (line->>'quantity')::numeric
                            - coalesce((line->>'discount')::numeric, 0)
                            - coalesce((line->>'orderDiscountShare')::numeric, 0)) AS sum,
                        sum((line->>'paid')::numeric) AS paid
                    FROM json_array_elements(convert_from(placed, 'UTF8')::json->'lines') AS line
                ) AS lines) AS looked
            """),
        AuditCheck(
            "I8", "legs, company's share and remainder make up the pool",
            """
            SELECT count(*), count(*) FILTER (WHERE holds IS NOT TRUE),
                array_to_string((array_agg(subject ORDER BY subject) FILTER (WHERE holds IS NOT TRUE))[1:5], E'\\n')
            FROM (
                SELECT p.order_id || ' line ' || p.line_id || ': pool ' || p.pool || ', legs '
                        || coalesce(l.amount, 0) AS subject,
                    coalesce(l.amount, 0) + p.company_share + p.remainder = p.pool AS holds
                FROM commission.pools AS p
                LEFT JOIN (
                    SELECT order_id, accrual, line_id, sum(amount) AS amount
                    FROM commission.legs GROUP BY order_id, accrual, line_id
                ) AS l USING (order_id, accrual, line_id)) AS looked
            """),
        AuditCheck(
            "I9", "no more is paid back than was paid",
            """
            SELECT count(*), count(*) FILTER (WHERE holds IS NOT TRUE),
                array_to_string((array_agg(subject ORDER BY subject) FILTER (WHERE holds IS NOT TRUE))[1:5], E'\\n')
            FROM (
                SELECT a.order_id || ': paid ' || a.paid || ', paid back ' || a.refunded || ', on its way '
                        || a.pending AS subject,
                    a.refunded + a.pending <= a.paid
                        AND a.refunded = coalesce(sum(r.amount) FILTER (WHERE r.state = 'settled'), 0) AS holds
                FROM after_sales.accounts AS a LEFT JOIN after_sales.refunds AS r USING (order_id)
                GROUP BY a.order_id) AS looked
            """),
        AuditCheck(
            "I9", "an order that was paid back whole leaves no commission",
            """
            SELECT count(*), count(*) FILTER (WHERE holds IS NOT TRUE),
                array_to_string((array_agg(subject ORDER BY subject) FILTER (WHERE holds IS NOT TRUE))[1:5], E'\\n')
            FROM (
                SELECT o.order_id || ': ' || coalesce(sum(l.amount - l.reversed), 0) || ' left' AS subject,
                    coalesce(sum(l.amount - l.reversed), 0) = 0 AS holds
                FROM intake.orders AS o LEFT JOIN commission.legs AS l USING (order_id)
                WHERE o.refund_status = 'full' OR o.state = 'cancelled' GROUP BY o.order_id) AS looked
            """),
        AuditCheck(
            "I10", "those who earn stand above the buyer's distributor",
            """
            SELECT count(*), count(*) FILTER (WHERE holds IS NOT TRUE),
                array_to_string((array_agg(subject ORDER BY subject) FILTER (WHERE holds IS NOT TRUE))[1:5], E'\\n')
            FROM (
                SELECT l.order_id || ': ' || l.member_id AS subject,
                    l.member_id IN (
                        SELECT link->>'memberId'
                        FROM json_array_elements(coalesce(o.own_chain->'chain', o.attribution->'chain', '[]'::json))
                            AS link) AS holds
                FROM commission.legs AS l LEFT JOIN commission.orders AS o USING (order_id)
                WHERE l.accrual = o.accruals) AS looked
            """),
    ]
}
