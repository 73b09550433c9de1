import Contracts
import IntakeDomain
import Pipeline
import Postgres

/// Intake's aggregates as rows: registers, references unlocked, then orders with their payments, parties, snapshots.
struct IntakeTables: Tables {
    func load(
        _ keys: [Key], into state: inout State<IntakeAggregate>, in transaction: borrowing Transaction
    ) throws {
        try RegisterTable.load(keys.filter { RegisterTable.kinds.contains($0.kind) }, into: &state, in: transaction)
        // After the registers: a buyer is locked before its bindings are read.
        try ReferenceTable.load(keys.filter { $0.kind.isReference }, into: &state, in: transaction)
        try OrderTable.load(keys.filter { $0.kind == .order || $0.kind == .external }, into: &state, in: transaction)
        try PartiesTable.loadDossiers(keys.filter { $0.kind == .dossier }, into: &state, in: transaction)
        try PartiesTable.load(keys.filter { $0.kind == .parties }, into: &state, in: transaction)
        try SnapshotTable.load(keys.filter { $0.kind == .snapshot }, into: &state, in: transaction)
    }

    func save(_ state: State<IntakeAggregate>, in transaction: borrowing Transaction) throws {
        var orders: [Order] = []
        var parties: [Parties] = []
        var snapshots: [FollowedSnapshot] = []
        var references: [ReferenceRow] = []
        var registers: [RegisterRow] = []
        for key in state.changed.sorted() {
            switch state[key] {
            case .order(let order): orders.append(order)
            case .parties(let party): parties.append(party)
            case .snapshot(let snapshot): snapshots.append(snapshot)
            case .channel, .item, .listing, .member, .binding: references.append(ReferenceRow(key, state[key]))
            case .buyer(let buyer): registers.append(RegisterRow(key, buyer))
            case .unmatched(let sku): registers.append(RegisterRow(key, sku))
            case .expected(let member): registers.append(RegisterRow(key, member))
            case .dossier, nil: break
            }
        }
        try ReferenceTable.save(references, in: transaction)
        try RegisterTable.save(registers, in: transaction)
        try OrderTable.revise(orders.filter { $0.isRevised && $0.storedPayments != nil }, in: transaction)
        try OrderTable.insert(orders.filter { $0.storedPayments == nil }, in: transaction)
        try OrderTable.update(orders.filter { $0.storedPayments != nil }, in: transaction)
        try PaymentTable.insert(orders, in: transaction)
        try PartiesTable.save(parties, in: transaction)
        try SnapshotTable.save(snapshots, in: transaction)
    }
}

/// A row that this service has written itself and cannot read.
func unreadable(_ table: StaticString, _ id: String, _ fault: Fault) -> Never {
    preconditionFailure("\(table) \(id) cannot be read back: \(fault)")
}
