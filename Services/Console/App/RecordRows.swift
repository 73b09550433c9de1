import ConsoleDomain
import Contracts
import Postgres

/// The tables `records`, `current_records` and `members`.
enum RecordRows {
    static func save(_ records: [ReferenceRecord], in transaction: borrowing Transaction) throws(PostgresError) {
        guard !records.isEmpty else { return }
        var parameters = Parameters()
        parameters.append(records.map(\.topic))
        parameters.append(records.map(\.key))
        parameters.append(records.map(\.offset))
        parameters.appendTimestamps(records.map(\.effectiveFrom.milliseconds))
        parameters.appendTimestamps(records.map(\.recordedAt.milliseconds))
        parameters.append(records.map(\.body))
        try transaction.run(
            """
            INSERT INTO records (topic, key, partition_offset, effective_from, recorded_at, body)
            SELECT n.topic, n.key, n.partition_offset, n.effective_from, n.recorded_at, n.body::json
            FROM unnest($1::text[], $2::text[], $3::int8[], $4::timestamptz[], $5::timestamptz[], $6::text[])
                AS n(topic, key, partition_offset, effective_from, recorded_at, body)
            ON CONFLICT DO NOTHING
            """, parameters)
        try keepNewest(records, in: transaction)
        try keepMembers(records.filter { $0.topic == Topic.distributionMembers.name }, in: transaction)
    }

    /// The last of a batch for each key.
    private static func newest(_ records: [ReferenceRecord]) -> [ReferenceRecord] {
        var newest: [String: ReferenceRecord] = [:]
        for record in records where (newest["\(record.topic)/\(record.key)"]?.offset ?? -1) < record.offset {
            newest["\(record.topic)/\(record.key)"] = record
        }
        return newest.sorted { $0.key < $1.key }.map(\.value)
    }

    private static func keepNewest(
        _ records: [ReferenceRecord], in transaction: borrowing Transaction
    ) throws(PostgresError) {
        let newest = newest(records)
        let kept = newest.filter { $0.body != nil }
        let ended = newest.filter { $0.body == nil }
        var parameters = Parameters()
        parameters.append(kept.map(\.topic))
        parameters.append(kept.map(\.key))
        parameters.append(kept.map(\.offset))
        parameters.append(kept.map(\.body))
        try transaction.run(
            """
            INSERT INTO current_records AS c (topic, key, partition_offset, body)
            SELECT n.topic, n.key, n.partition_offset, n.body::json
            FROM unnest($1::text[], $2::text[], $3::int8[], $4::text[]) AS n(topic, key, partition_offset, body)
            ON CONFLICT (topic, key) DO UPDATE SET partition_offset = EXCLUDED.partition_offset, body = EXCLUDED.body
            WHERE c.partition_offset < EXCLUDED.partition_offset
            """, parameters)
        guard !ended.isEmpty else { return }
        var gone = Parameters()
        gone.append(ended.map(\.topic))
        gone.append(ended.map(\.key))
        try transaction.run(
            """
            DELETE FROM current_records AS c USING unnest($1::text[], $2::text[]) AS n(topic, key)
            WHERE c.topic = n.topic AND c.key = n.key
            """, gone)
    }

    /// What a member is by the record that came last; a record without a body disables.
    private static func keepMembers(
        _ records: [ReferenceRecord], in transaction: borrowing Transaction
    ) throws(PostgresError) {
        let members = newest(records)
        guard !members.isEmpty else { return }
        var parameters = Parameters()
        parameters.append(members.map(\.key))
        parameters.append(members.map(\.member?.parentID))
        parameters.append(members.map(\.member?.grade))
        parameters.append(members.map(\.member?.name))
        parameters.append(members.map { $0.member?.status.rawValue ?? "disabled" })
        parameters.appendTimestamps(members.map { $0.member?.joinedAt?.milliseconds })
        parameters.appendTimestamps(members.map(\.effectiveFrom.milliseconds))
        try transaction.run(
            """
            INSERT INTO members AS m (member_id, parent_id, grade, name, status, joined_at, effective_from)
            SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::timestamptz[],
                $7::timestamptz[])
            ON CONFLICT (member_id) DO UPDATE SET
                parent_id = CASE WHEN EXCLUDED.status = 'disabled' AND EXCLUDED.parent_id IS NULL
                    THEN m.parent_id ELSE EXCLUDED.parent_id END,
                grade = COALESCE(EXCLUDED.grade, m.grade), name = COALESCE(EXCLUDED.name, m.name),
                status = EXCLUDED.status, joined_at = COALESCE(EXCLUDED.joined_at, m.joined_at),
                effective_from = EXCLUDED.effective_from
            """, parameters)
    }
}
