import AfterSalesDomain
import Contracts
import Postgres

/// Table `buyers`: how often each has asked for something.
enum BuyerRows {
    /// - Parameter ids: Ascending.
    static func load(
        _ ids: [String], into state: inout State<AfterSalesAggregate>, in transaction: borrowing Transaction
    ) throws {
        guard !ids.isEmpty else { return }
        var parameters = Parameters()
        parameters.append(ids)
        let rows = try transaction.query(
            """
            SELECT buyer_id, cases FROM buyers WHERE buyer_id = ANY($1::text[]) ORDER BY buyer_id FOR UPDATE
            """, parameters)
        for row in rows {
            let history = BuyerHistory(buyerID: row.text(0), cases: row.int64(1))
            state.load(.buyer(history.buyerID), .buyer(history))
        }
    }

    /// Two first cases of one buyer may be decided at once; then both count.
    static func save(_ buyers: [BuyerHistory], in transaction: borrowing Transaction) throws {
        guard !buyers.isEmpty else { return }
        var parameters = Parameters()
        parameters.append(buyers.map(\.buyerID))
        parameters.append(buyers.map(\.cases))
        try transaction.run(
            """
            INSERT INTO buyers AS b (buyer_id, cases) SELECT * FROM unnest($1::text[], $2::int8[])
            ON CONFLICT (buyer_id) DO UPDATE SET cases = greatest(EXCLUDED.cases, b.cases + 1)
            """, parameters)
    }
}
