/// Adds the days of a month that is over (`$1`) up: long reports read twelve rows rather than a year of days.
enum MonthSQL {
    /// The newest month before `$1` that does not stand.
    static let next: StaticString = """
        SELECT date_trunc('month', day)::date AS month FROM sales_days WHERE warehouse = '' AND day < $1
        UNION SELECT date_trunc('month', day)::date FROM earning_days WHERE day < $1
        EXCEPT SELECT month FROM rolled_months ORDER BY month DESC LIMIT 1
        """

    static let all: [StaticString] = [
        "DELETE FROM member_months WHERE month = $1",
        """
        INSERT INTO member_months (month, member_id, channel, currency, state, own_orders, own_total, orders, total)
        SELECT $1, member_id, coalesce(channel, ''), currency, state, sum(own_orders)::int8, sum(own_total)::int8,
            sum(orders)::int8, sum(total)::int8
        FROM member_days WHERE day >= $1 AND day < ($1 + interval '1 month')::date
        GROUP BY member_id, currency, state, GROUPING SETS ((channel), ()) ORDER BY 3, 2
        """,
        "DELETE FROM sku_months WHERE month = $1",
        """
        INSERT INTO sku_months (month, channel, sku, currency, orders, sold_orders, sold_quantity, sold_amount,
            refunded_quantity, refunded_amount)
        SELECT $1, coalesce(channel, ''), sku, currency, sum(orders)::int8, sum(sold_orders)::int8,
            sum(sold_quantity)::int8, sum(sold_amount)::int8, sum(refunded_quantity)::int8, sum(refunded_amount)::int8
        FROM sku_days WHERE day >= $1 AND day < ($1 + interval '1 month')::date
        GROUP BY sku, currency, GROUPING SETS ((channel), ()) ORDER BY 2, 3
        """,
        "DELETE FROM earning_months WHERE month = $1",
        """
        INSERT INTO earning_months (month, member_id, currency, frozen, matured)
        SELECT $1, member_id, currency, sum(frozen)::int8, sum(matured)::int8
        FROM earning_days WHERE day >= $1 AND day < ($1 + interval '1 month')::date GROUP BY 2, 3
        """,
        "DELETE FROM stock_months WHERE month = $1",
        "INSERT INTO rolled_months (month) VALUES ($1)",
    ]

    /// What moved from `$2` to before `$3`, the mall's month `$1`.
    static let stock: StaticString = """
        INSERT INTO stock_months (month, warehouse, sku, moved, shipped)
        SELECT $1, warehouse, sku, sum(quantity)::int8, COALESCE(-sum(quantity) FILTER (WHERE kind = 'shipped'), 0)::int8
        FROM movements WHERE at >= $2 AND at < $3 GROUP BY 2, 3 ORDER BY 2, 3
        """
}
