import Contracts
import InventoryDomain
import Postgres

/// What the forecaster asks the database: demand by day, out of what orders asked for.
enum DemandQueries {
    static func isDone(_ day: CivilDay, _ connection: Connection) throws -> Bool {
        var parameters = Parameters()
        parameters.appendDate(daysSinceEpoch: day.daysSinceEpoch)
        return try !connection.query("SELECT 1 FROM forecast_days WHERE day = $1", parameters).isEmpty
    }

    /// Puts the demand of each day aside for this session.
    ///
    /// An order asks on the day on which it was placed, also when nothing could be given; one that was cancelled asks
    /// for nothing.
    static func collect(
        from first: Instant, to end: Instant, _ calendar: BusinessCalendar, skus: [String]?, _ connection: Connection
    ) throws {
        try connection.query(
            "CREATE TEMPORARY TABLE IF NOT EXISTS demand (sku text, day date, pieces bigint, PRIMARY KEY (sku, day))")
        try connection.query("TRUNCATE demand")
        var parameters = Parameters()
        parameters.append(calendar.timeZoneIdentifier)
        parameters.appendTimestamp(milliseconds: first.milliseconds)
        parameters.appendTimestamp(milliseconds: end.milliseconds)
        parameters.append(skus ?? [])
        parameters.append(skus == nil)
        try connection.query(
            """
            INSERT INTO demand (sku, day, pieces)
            SELECT line ->> 'sku', (placed_at AT TIME ZONE $1)::date, sum((line ->> 'quantity')::bigint)
            FROM orders, jsonb_array_elements(convert_from(request, 'UTF8')::jsonb -> 'lines') AS line
            WHERE placed_at >= $2 AND placed_at < $3 AND standing <> 'released'
                AND ($5 OR line ->> 'sku' = ANY($4::text[]))
            GROUP BY 1, 2
            """, parameters)
        try connection.query("ANALYZE demand")
    }

    /// The next stocked SKUs of what was collected, in their order.
    static func next(after sku: String, limit: Int64, _ connection: Connection) throws -> [Demand] {
        var parameters = Parameters()
        parameters.append(sku)
        parameters.append(limit)
        return try connection.query(
            """
            WITH slice AS (
                SELECT sku FROM stock_skus s
                WHERE sku > $1 AND EXISTS (SELECT FROM demand d WHERE d.sku = s.sku) ORDER BY sku LIMIT $2)
            SELECT sku, body, (
                SELECT string_agg(day - DATE '1970-01-01' || ' ' || pieces, ' ' ORDER BY day)
                FROM demand d WHERE d.sku = slice.sku)
            FROM slice LEFT JOIN items USING (sku) ORDER BY sku
            """, parameters
        ).map { row in
            let numbers = row.text(2).split(separator: " ").compactMap { Int64($0) }
            let item = try row.bytesOrNil(1).map { try CatalogItem(JSONDocument.object($0)) }
            return Demand(
                sku: row.text(0), item: item,
                days: stride(from: 0, to: numbers.count - 1, by: 2).map { (Int(numbers[$0]), numbers[$0 + 1]) })
        }
    }

    static func finish(_ day: CivilDay, skus: Int64, in transaction: borrowing Transaction) throws {
        var parameters = Parameters()
        parameters.appendDate(daysSinceEpoch: day.daysSinceEpoch)
        parameters.append(skus)
        try transaction.run(
            "INSERT INTO forecast_days (day, skus) VALUES ($1, $2) ON CONFLICT (day) DO UPDATE SET skus = $2",
            parameters)
    }
}
