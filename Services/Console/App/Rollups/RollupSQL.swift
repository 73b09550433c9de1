/// Adds the rows of some days (`$1`) up again, and writes only those that differ.
enum RollupSQL {
    static let sales: StaticString = """
        WITH fresh AS (
            SELECT w.warehouse, o.day, o.channel, o.currency, o.state, count(*) AS orders,
                count(o.seller) AS credited, sum(o.total)::int8 AS total, sum(o.paid)::int8 AS paid,
                sum(o.refunded)::int8 AS refunded,
                count(*) FILTER (WHERE o.refund_status = 'partial') AS partly_refunded,
                count(*) FILTER (WHERE o.refund_status = 'full') AS fully_refunded
            FROM orders AS o, LATERAL (SELECT '' UNION SELECT unnest(o.warehouses)) AS w(warehouse)
            WHERE o.day = ANY($1::date[])
            GROUP BY 1, 2, 3, 4, 5),
        gone AS (
            DELETE FROM sales_days AS s WHERE s.day = ANY($1::date[]) AND NOT EXISTS (
                SELECT FROM fresh AS f WHERE (f.warehouse, f.day, f.channel, f.currency, f.state)
                    = (s.warehouse, s.day, s.channel, s.currency, s.state)))
        INSERT INTO sales_days AS s (warehouse, day, channel, currency, state, orders, credited, total, paid,
            refunded, partly_refunded, fully_refunded)
        SELECT * FROM fresh ORDER BY 1, 2, 3, 4, 5
        ON CONFLICT (warehouse, day, channel, currency, state) DO UPDATE SET orders = EXCLUDED.orders,
            credited = EXCLUDED.credited, total = EXCLUDED.total, paid = EXCLUDED.paid, refunded = EXCLUDED.refunded,
            partly_refunded = EXCLUDED.partly_refunded, fully_refunded = EXCLUDED.fully_refunded
        WHERE s IS DISTINCT FROM EXCLUDED
        """

    static let members: StaticString = """
        WITH shares AS (
            SELECT m.member_id, m.member_id = o.seller AS is_own, m.member_id = ANY(o.chain) AS is_team, o.day,
                o.channel, o.currency, o.state, o.total, o.paid, o.refunded, o.refund_status
            FROM orders AS o, LATERAL (SELECT DISTINCT unnest(o.chain || o.seller)) AS m(member_id)
            WHERE o.day = ANY($1::date[]) AND m.member_id IS NOT NULL),
        fresh AS (
            SELECT member_id, day, channel, currency, state, count(*) FILTER (WHERE is_own) AS own_orders,
                COALESCE(sum(total) FILTER (WHERE is_own), 0)::int8 AS own_total,
                COALESCE(sum(paid) FILTER (WHERE is_own), 0)::int8 AS own_paid,
                COALESCE(sum(refunded) FILTER (WHERE is_own), 0)::int8 AS own_refunded,
                count(*) FILTER (WHERE is_own AND refund_status = 'partial') AS own_partly_refunded,
                count(*) FILTER (WHERE is_own AND refund_status = 'full') AS own_fully_refunded,
                count(*) FILTER (WHERE is_team) AS orders,
                COALESCE(sum(total) FILTER (WHERE is_team), 0)::int8 AS total,
                COALESCE(sum(paid) FILTER (WHERE is_team), 0)::int8 AS paid,
                COALESCE(sum(refunded) FILTER (WHERE is_team), 0)::int8 AS refunded,
                count(*) FILTER (WHERE is_team AND refund_status = 'partial') AS partly_refunded,
                count(*) FILTER (WHERE is_team AND refund_status = 'full') AS fully_refunded
            FROM shares GROUP BY 1, 2, 3, 4, 5),
        gone AS (
            DELETE FROM member_days AS s WHERE s.day = ANY($1::date[]) AND NOT EXISTS (
                SELECT FROM fresh AS f WHERE (f.member_id, f.day, f.channel, f.currency, f.state)
                    = (s.member_id, s.day, s.channel, s.currency, s.state)))
        INSERT INTO member_days AS s (member_id, day, channel, currency, state, own_orders, own_total, own_paid,
            own_refunded, own_partly_refunded, own_fully_refunded, orders, total, paid, refunded, partly_refunded,
            fully_refunded)
        SELECT * FROM fresh ORDER BY 1, 2, 3, 4, 5
        ON CONFLICT (member_id, day, channel, currency, state) DO UPDATE SET own_orders = EXCLUDED.own_orders,
            own_total = EXCLUDED.own_total, own_paid = EXCLUDED.own_paid, own_refunded = EXCLUDED.own_refunded,
            own_partly_refunded = EXCLUDED.own_partly_refunded, own_fully_refunded = EXCLUDED.own_fully_refunded,
            orders = EXCLUDED.orders, total = EXCLUDED.total, paid = EXCLUDED.paid, refunded = EXCLUDED.refunded,
            partly_refunded = EXCLUDED.partly_refunded, fully_refunded = EXCLUDED.fully_refunded
        WHERE s IS DISTINCT FROM EXCLUDED
        """

    static let skus: StaticString = """
        WITH bought AS (
            SELECT o.order_id, o.day, o.channel, l.sku, o.currency,
                o.state IN ('paid', 'partially-shipped', 'shipped', 'delivered', 'completed') AS is_sold,
                sum(l.quantity) AS quantity, sum(l.paid) AS amount, sum(l.refunded_quantity) AS refunded_quantity,
                sum(l.refunded_amount) AS refunded_amount
            FROM orders AS o JOIN order_lines AS l ON l.order_id = o.order_id
            WHERE o.day = ANY($1::date[]) GROUP BY 1, 2, 3, 4, 5, 6),
        fresh AS (
            SELECT day, channel, sku, currency, count(*) AS orders, sum(quantity)::int8 AS quantity,
                sum(amount)::int8 AS amount, count(*) FILTER (WHERE is_sold) AS sold_orders,
                COALESCE(sum(quantity) FILTER (WHERE is_sold), 0)::int8 AS sold_quantity,
                COALESCE(sum(amount) FILTER (WHERE is_sold), 0)::int8 AS sold_amount,
                sum(refunded_quantity)::int8 AS refunded_quantity, sum(refunded_amount)::int8 AS refunded_amount
            FROM bought GROUP BY 1, 2, 3, 4),
        gone AS (
            DELETE FROM sku_days AS s WHERE s.day = ANY($1::date[]) AND NOT EXISTS (
                SELECT FROM fresh AS f
                WHERE (f.day, f.channel, f.sku, f.currency) = (s.day, s.channel, s.sku, s.currency)))
        INSERT INTO sku_days AS s (day, channel, sku, currency, orders, quantity, amount, sold_orders, sold_quantity,
            sold_amount, refunded_quantity, refunded_amount)
        SELECT * FROM fresh ORDER BY 1, 2, 3, 4
        ON CONFLICT (day, channel, sku, currency) DO UPDATE SET orders = EXCLUDED.orders,
            quantity = EXCLUDED.quantity, amount = EXCLUDED.amount, sold_orders = EXCLUDED.sold_orders,
            sold_quantity = EXCLUDED.sold_quantity, sold_amount = EXCLUDED.sold_amount,
            refunded_quantity = EXCLUDED.refunded_quantity, refunded_amount = EXCLUDED.refunded_amount
        WHERE s IS DISTINCT FROM EXCLUDED
        """

    static let earnings: StaticString = """
        WITH fresh AS (
            SELECT o.day, o.channel, e.member_id, COALESCE(e.currency, o.currency) AS currency,
                sum(e.accrued)::int8 AS accrued, sum(e.accrued - e.matured - e.reversed_frozen)::int8 AS frozen,
                sum(e.matured - e.reversed_matured)::int8 AS matured,
                sum(e.reversed_frozen + e.reversed_matured)::int8 AS reversed
            FROM orders AS o JOIN earnings AS e ON e.order_id = o.order_id
            WHERE o.day = ANY($1::date[]) GROUP BY 1, 2, 3, 4),
        gone AS (
            DELETE FROM earning_days AS s WHERE s.day = ANY($1::date[]) AND NOT EXISTS (
                SELECT FROM fresh AS f
                WHERE (f.day, f.channel, f.member_id, f.currency) = (s.day, s.channel, s.member_id, s.currency)))
        INSERT INTO earning_days AS s (day, channel, member_id, currency, accrued, frozen, matured, reversed)
        SELECT * FROM fresh ORDER BY 1, 2, 3, 4
        ON CONFLICT (day, channel, member_id, currency) DO UPDATE SET accrued = EXCLUDED.accrued,
            frozen = EXCLUDED.frozen, matured = EXCLUDED.matured, reversed = EXCLUDED.reversed
        WHERE s IS DISTINCT FROM EXCLUDED
        """

    static let visits: StaticString = """
        INSERT INTO visit_days AS s (day, channel, visits)
        SELECT v.day, v.channel, sum(v.visits)::int8 FROM visits AS v WHERE v.day = ANY($1::date[])
        GROUP BY 1, 2 ORDER BY 1, 2
        ON CONFLICT (day, channel) DO UPDATE SET visits = EXCLUDED.visits WHERE s IS DISTINCT FROM EXCLUDED
        """

    /// A month of which a day has changed does not stand any more.
    static let months: StaticString = """
        DELETE FROM rolled_months WHERE month IN (
            SELECT date_trunc('month', d)::date FROM unnest($1::date[]) AS d)
        """
}
