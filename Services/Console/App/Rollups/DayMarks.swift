import Postgres

/// The table `day_marks`: appended, so that nobody waits for anybody.
enum DayMarks {
    /// Marks the days of orders, in the transaction that changes what is added up of them.
    static func mark(_ orderIDs: [String], in transaction: borrowing Transaction) throws(PostgresError) {
        guard !orderIDs.isEmpty else { return }
        var parameters = Parameters()
        parameters.append(orderIDs)
        try transaction.run(
            """
            INSERT INTO day_marks (day)
            SELECT DISTINCT day FROM orders WHERE order_id = ANY($1::text[]) AND day IS NOT NULL
            """, parameters)
    }

    /// Marks days themselves.
    static func mark(_ days: Set<Int>, in transaction: borrowing Transaction) throws(PostgresError) {
        guard !days.isEmpty else { return }
        var parameters = Parameters()
        parameters.appendDates(days.sorted())
        try transaction.run("INSERT INTO day_marks (day) SELECT * FROM unnest($1::date[])", parameters)
    }
}
