import Contracts
import IntakeDomain
import Postgres

/// `reference_records`: what the outside describes, as JSON under its kind and id.
enum ReferenceTable {
    /// Members come with all who have ever stood above them, so that an upline is not asked for level by level.
    static func load(
        _ keys: [Key], into state: inout State<IntakeAggregate>, in transaction: borrowing Transaction
    ) throws {
        var wanted = keys
        for _ in 0..<IntakeRules.maximumLevels {
            try read(wanted, into: &state, in: transaction)
            var above: Set<Key> = []
            for key in wanted where key.kind == .member {
                // Who has been looked for and was not found is loaded too: nobody.
                if !state.isLoaded(key) { state.load(key, nil) }
                guard case .member(let history) = state[key] else { continue }
                for parentID in history.versions.compactMap(\.parentID) where !state.isLoaded(.member(parentID)) {
                    above.insert(.member(parentID))
                }
            }
            wanted = above.sorted()
        }
    }

    private static func read(
        _ keys: [Key], into state: inout State<IntakeAggregate>, in transaction: borrowing Transaction
    ) throws {
        guard !keys.isEmpty else { return }
        var parameters = Parameters()
        parameters.append(keys.map(\.kind.name))
        parameters.append(keys.map(\.id))
        let rows = try transaction.query(
            """
            SELECT k.ordinal, r.active, r.record
            FROM unnest($1::text[], $2::text[]) WITH ORDINALITY AS k(kind, id, ordinal)
            JOIN reference_records r ON r.kind = k.kind AND r.id = k.id
            """, parameters)
        for row in rows {
            let key = keys[Int(row.int64(0)) - 1]
            do throws(Fault) {
                state.load(key, try aggregate(key, isActive: row.bool(1), JSONDocument.object(row.bytes(2))))
            } catch {
                unreadable("reference_records", key.description, error)
            }
        }
    }

    /// Only the reference lane writes them; a record that comes again after a rebalance writes the same.
    static func save(_ rows: [ReferenceRow], in transaction: borrowing Transaction) throws {
        guard !rows.isEmpty else { return }
        var parameters = Parameters()
        parameters.append(rows.map(\.kind))
        parameters.append(rows.map(\.id))
        parameters.append(rows.map(\.isActive))
        parameters.append(rows.map(\.record))
        try transaction.run(
            """
            INSERT INTO reference_records (kind, id, active, record)
            SELECT kind, id, active, record
            FROM unnest($1::text[], $2::text[], $3::bool[], $4::bytea[]) AS n(kind, id, active, record)
            ON CONFLICT (kind, id) DO UPDATE SET active = EXCLUDED.active, record = EXCLUDED.record
            """, parameters)
    }

    private static func aggregate(
        _ key: Key, isActive: Bool, _ json: JSONObject
    ) throws(Fault) -> IntakeAggregate? {
        switch key.kind {
        case .channel: .channel(Reference(record: try CatalogChannel(json), isActive: isActive))
        case .item: .item(Reference(record: try CatalogItem(json), isActive: isActive))
        case .listing: .listing(Reference(record: try CatalogListing(json), isActive: isActive))
        case .member: .member(try MemberHistory(json))
        case .binding: .binding(try BindingHistory(json))
        default: nil
        }
    }
}

/// One row of `reference_records`.
struct ReferenceRow {
    let kind: String
    let id: String
    let isActive: Bool
    let record: [UInt8]

    init(_ key: Key, _ aggregate: IntakeAggregate?) {
        kind = key.kind.name
        id = key.id
        switch aggregate {
        case .channel(let reference): (isActive, record) = (reference.isActive, reference.record.jsonBytes)
        case .item(let reference): (isActive, record) = (reference.isActive, reference.record.jsonBytes)
        case .listing(let reference): (isActive, record) = (reference.isActive, reference.record.jsonBytes)
        case .member(let history): (isActive, record) = (history.versions.last?.isActive ?? false, history.jsonBytes)
        case .binding(let history): (isActive, record) = (history.entries.last?.member != nil, history.jsonBytes)
        case .order, .parties, .snapshot, .buyer, .unmatched, .expected, .dossier, nil:
            preconditionFailure("\(key) is no reference")
        }
    }
}
