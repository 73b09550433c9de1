import ConsoleDomain
import Contracts
import Postgres

/// The table `facts`: written once.
enum FactRows {
    static func save(_ facts: [ToldFact], in transaction: borrowing Transaction) throws(PostgresError) {
        guard !facts.isEmpty else { return }
        var parameters = Parameters()
        parameters.append(facts.map(\.topic))
        parameters.append(facts.map(\.partition))
        parameters.append(facts.map(\.offset))
        parameters.append(facts.map(\.key))
        parameters.append(facts.map(\.type))
        parameters.append(facts.map(\.version))
        parameters.appendTimestamps(facts.map(\.at.milliseconds))
        parameters.append(facts.map(\.messageID))
        parameters.append(facts.map(\.causationID))
        parameters.append(facts.map(\.traceparent))
        parameters.append(facts.map(\.body))
        try transaction.run(
            """
            INSERT INTO facts (topic, partition, partition_offset, key, type, version, at, message_id, causation_id,
                traceparent, body)
            SELECT n.topic, n.partition, n.partition_offset, n.key, n.type, n.version, n.at, n.message_id,
                n.causation_id, n.traceparent, n.body::json
            FROM unnest($1::text[], $2::int4[], $3::int8[], $4::text[], $5::text[], $6::int8[], $7::timestamptz[],
                $8::text[], $9::text[], $10::text[], $11::text[])
                AS n(topic, partition, partition_offset, key, type, version, at, message_id, causation_id, traceparent,
                    body)
            ON CONFLICT DO NOTHING
            """, parameters)
    }
}
