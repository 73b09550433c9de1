import Contracts
import IntakeDomain
import Postgres

/// `registers`: what leads from buyers, unknown members and unknown SKUs to orders.
enum RegisterTable {
    static let kinds: [Key.Kind] = [.buyer, .unmatched, .expected]

    /// Locked by ascending kind and id.
    static func load(
        _ keys: [Key], into state: inout State<IntakeAggregate>, in transaction: borrowing Transaction
    ) throws {
        guard !keys.isEmpty else { return }
        var parameters = Parameters()
        parameters.append(keys.map(\.kind.name))
        parameters.append(keys.map(\.id))
        let rows = try transaction.query(
            """
            SELECT kind, id, record FROM registers
            WHERE (kind, id) IN (SELECT kind, id FROM unnest($1::text[], $2::text[]) AS k(kind, id))
            ORDER BY kind, id FOR UPDATE
            """, parameters)
        let kinds = Dictionary(uniqueKeysWithValues: Self.kinds.map { ($0.name, $0) })
        for row in rows {
            guard let kind = kinds[row.text(0)] else {
                preconditionFailure("kind \(row.text(0)) of registers is unknown")
            }
            let key = Key(kind, row.text(1))
            do throws(Fault) {
                state.load(key, try aggregate(kind, JSONDocument.object(row.bytes(2))))
            } catch {
                unreadable("registers", key.description, error)
            }
        }
    }

    static func save(_ rows: [RegisterRow], in transaction: borrowing Transaction) throws {
        try write(
            """
            INSERT INTO registers (kind, id, blocked, record)
            SELECT * FROM unnest($1::text[], $2::text[], $3::bool[], $4::bytea[])
            """, rows.filter { !$0.isStored }, in: transaction)
        try write(
            """
            UPDATE registers r SET blocked = n.blocked, record = n.record
            FROM unnest($1::text[], $2::text[], $3::bool[], $4::bytea[]) AS n(kind, id, blocked, record)
            WHERE r.kind = n.kind AND r.id = n.id
            """, rows.filter(\.isStored), in: transaction)
    }

    private static func write(
        _ sql: StaticString, _ rows: [RegisterRow], in transaction: borrowing Transaction
    ) throws {
        guard !rows.isEmpty else { return }
        var parameters = Parameters()
        parameters.append(rows.map(\.key.kind.name))
        parameters.append(rows.map(\.key.id))
        parameters.append(rows.map(\.isBlocked))
        parameters.append(rows.map(\.record))
        try transaction.run(sql, parameters)
    }

    private static func aggregate(_ kind: Key.Kind, _ json: JSONObject) throws(Fault) -> IntakeAggregate {
        switch kind {
        case .buyer: .buyer(try BuyerRecord(json))
        case .unmatched: .unmatched(try UnmatchedSku(json))
        default: .expected(try ExpectedMember(json))
        }
    }
}

/// One row of `registers`.
struct RegisterRow {
    let key: Key
    let isBlocked: Bool
    let record: [UInt8]
    let isStored: Bool

    init(_ key: Key, _ buyer: BuyerRecord) {
        self.init(key, buyer.jsonBytes, isStored: buyer.isStored, isBlocked: buyer.isBlocked)
    }

    init(_ key: Key, _ sku: UnmatchedSku) { self.init(key, sku.jsonBytes, isStored: sku.isStored) }

    init(_ key: Key, _ member: ExpectedMember) { self.init(key, member.jsonBytes, isStored: member.isStored) }

    private init(_ key: Key, _ record: [UInt8], isStored: Bool, isBlocked: Bool = false) {
        self.key = key
        self.record = record
        self.isStored = isStored
        self.isBlocked = isBlocked
    }
}
