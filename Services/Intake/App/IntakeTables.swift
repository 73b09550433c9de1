import Contracts
import IntakeDomain
import Pipeline
import Postgres

/// Intake's aggregates as rows: references unlocked, then orders with their payments, then parties, then snapshots.
struct IntakeTables: Tables {
    func load(
        _ keys: [Key], into state: inout State<IntakeAggregate>, in transaction: borrowing Transaction
    ) throws {
        try ReferenceTable.load(keys.filter { $0.kind.isReference }, into: &state, in: transaction)
        try OrderTable.load(keys.filter { $0.kind == .order || $0.kind == .external }, into: &state, in: transaction)
        try PartiesTable.load(keys.filter { $0.kind == .parties }, into: &state, in: transaction)
        try SnapshotTable.load(keys.filter { $0.kind == .snapshot }, into: &state, in: transaction)
    }

    func save(_ state: State<IntakeAggregate>, in transaction: borrowing Transaction) throws {
        var orders: [Order] = []
        var parties: [Parties] = []
        var snapshots: [FollowedSnapshot] = []
        var references: [ReferenceRow] = []
        for key in state.changed.sorted() {
            switch state[key] {
            case .order(let order): orders.append(order)
            case .parties(let party): parties.append(party)
            case .snapshot(let snapshot): snapshots.append(snapshot)
            case .channel, .item, .listing, .member, .binding: references.append(ReferenceRow(key, state[key]))
            case nil: break
            }
        }
        try ReferenceTable.save(references, in: transaction)
        try OrderTable.insert(orders.filter { $0.storedPayments == nil }, in: transaction)
        try SnapshotTable.renew(known(orders, of: snapshots), in: transaction)
        try OrderTable.update(orders.filter { $0.storedPayments != nil }, in: transaction)
        try PaymentTable.insert(orders, in: transaction)
        try PartiesTable.save(parties, in: transaction)
        try SnapshotTable.save(snapshots, in: transaction)
    }

    /// The orders that stood in the tables already and of which a snapshot was followed.
    private func known(_ orders: [Order], of snapshots: [FollowedSnapshot]) -> [Order] {
        let names = Set(snapshots.map(\.name))
        return orders.filter {
            $0.storedPayments != nil && names.contains("\($0.placed.channel)/\($0.placed.externalOrderID)")
        }
    }
}

/// A row that this service has written itself and cannot read.
func unreadable(_ table: StaticString, _ id: String, _ fault: Fault) -> Never {
    preconditionFailure("\(table) \(id) cannot be read back: \(fault)")
}
