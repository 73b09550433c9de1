import AfterSalesDomain
import Contracts
import Postgres

/// Table `channels`: reference rows, read without a lock.
enum ChannelRows {
    static func load(
        _ channels: [String], into state: inout State<AfterSalesAggregate>, in transaction: borrowing Transaction
    ) throws {
        guard !channels.isEmpty else { return }
        var parameters = Parameters()
        parameters.append(channels)
        let rows = try transaction.query(
            "SELECT channel, follows_platform, rules FROM channels WHERE channel = ANY($1::text[])", parameters)
        for row in rows {
            let rules = try row.bytesOrNil(2).map { (bytes) throws(Fault) in
                try JSONDocument.object(bytes).readList("rules", as: AfterSalesRule.self)
            }
            let terms = ChannelTerms(channel: row.text(0), followsPlatform: row.bool(1), rules: rules)
            state.load(.channel(terms.channel), .channel(terms))
        }
    }

    static func save(_ channels: [ChannelTerms], in transaction: borrowing Transaction) throws {
        guard !channels.isEmpty else { return }
        var parameters = Parameters()
        parameters.append(channels.map(\.channel))
        parameters.append(channels.map(\.followsPlatform))
        parameters.append(
            channels.map { terms in terms.rules.map { list in JSONWriter.object { $0.field("rules", list: list) } } })
        try transaction.run(
            """
            INSERT INTO channels (channel, follows_platform, rules)
            SELECT * FROM unnest($1::text[], $2::bool[], $3::bytea[])
            ON CONFLICT (channel) DO UPDATE
            SET follows_platform = EXCLUDED.follows_platform, rules = EXCLUDED.rules
            """, parameters)
    }
}
