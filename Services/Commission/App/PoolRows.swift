import CommissionDomain
import Contracts
import Postgres

/// The table `pools`: one row per line of an accrual.
enum PoolRows {
    static let selection: StaticString = """
        SELECT order_id, accrual, line_id, paid, pool, company_share, remainder, company_share_reversed,
            remainder_reversed
        FROM pools WHERE order_id = ANY($1::text[]) ORDER BY order_id, accrual, line
        """

    static func pool(_ row: Row) -> BookedPool {
        BookedPool(
            lineID: row.text(2), paid: row.int64(3), pool: row.int64(4), companyShare: row.int64(5),
            remainder: row.int64(6), companyShareReversed: row.int64(7), remainderReversed: row.int64(8))
    }

    static func save(_ orders: [CommissionOrder], in transaction: borrowing Transaction) throws(PostgresError) {
        var places: [(orderID: String, accrual: Int64, line: Int64)] = []
        var pools: [BookedPool] = []
        for order in orders {
            for accrual in order.accruals {
                for (index, pool) in accrual.pools.enumerated() {
                    places.append((order.placed.orderID.text, accrual.number, Int64(index + 1)))
                    pools.append(pool)
                }
            }
        }
        guard !pools.isEmpty else { return }
        var parameters = Parameters()
        parameters.append(places.map(\.orderID))
        parameters.append(places.map(\.accrual))
        parameters.append(places.map(\.line))
        parameters.append(pools.map(\.lineID))
        parameters.append(pools.map(\.paid))
        parameters.append(pools.map(\.pool))
        parameters.append(pools.map(\.companyShare))
        parameters.append(pools.map(\.remainder))
        parameters.append(pools.map(\.companyShareReversed))
        parameters.append(pools.map(\.remainderReversed))
        try transaction.run(
            """
            INSERT INTO pools (order_id, accrual, line, line_id, paid, pool, company_share, remainder,
                company_share_reversed, remainder_reversed)
            SELECT * FROM unnest($1::text[], $2::int8[], $3::int8[], $4::text[], $5::int8[], $6::int8[], $7::int8[],
                $8::int8[], $9::int8[], $10::int8[])
            ON CONFLICT (order_id, accrual, line) DO UPDATE SET
                company_share_reversed = EXCLUDED.company_share_reversed,
                remainder_reversed = EXCLUDED.remainder_reversed
            """, parameters)
    }
}
