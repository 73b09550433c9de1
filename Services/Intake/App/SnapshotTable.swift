import Contracts
import IntakeDomain
import Postgres

/// `snapshots`: which of a platform's snapshots of an order was followed last.
enum SnapshotTable {
    static func load(
        _ keys: [Key], into state: inout State<IntakeAggregate>, in transaction: borrowing Transaction
    ) throws {
        guard !keys.isEmpty else { return }
        var parameters = Parameters()
        parameters.append(keys.map(\.id))
        let rows = try transaction.query(
            "SELECT name, snapshot FROM snapshots WHERE name = ANY($1::text[]) ORDER BY name FOR UPDATE", parameters)
        for row in rows {
            do throws(Fault) {
                let snapshot = try FollowedSnapshot(JSONDocument.object(row.bytes(1)))
                state.load(Key(.snapshot, row.text(0)), .snapshot(snapshot))
            } catch {
                unreadable("snapshots", row.text(0), error)
            }
        }
    }

    static func save(_ snapshots: [FollowedSnapshot], in transaction: borrowing Transaction) throws {
        guard !snapshots.isEmpty else { return }
        var parameters = Parameters()
        parameters.append(snapshots.map(\.name))
        parameters.append(snapshots.map(\.jsonBytes))
        try transaction.run(
            """
            INSERT INTO snapshots (name, snapshot)
            SELECT name, snapshot FROM unnest($1::text[], $2::bytea[]) AS n(name, snapshot)
            ON CONFLICT (name) DO UPDATE SET snapshot = EXCLUDED.snapshot
            """, parameters)
    }
}
