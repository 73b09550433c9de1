import CommissionDomain
import Contracts
import Pipeline
import Postgres

/// The tables of the commission service, in the order of their locks: orders with legs and pools, ledger, balances.
struct CommissionTables: Tables {
    static let migrations = [
        Migration("V002_commission", PackageResources.V002_commission_sql),
        Migration("V003_breaches", PackageResources.V003_breaches_sql),
    ]

    func load(
        _ keys: [Key], into state: inout State<CommissionAggregate>, in transaction: borrowing Transaction
    ) throws {
        let ids = Dictionary(grouping: keys, by: \.kind).mapValues { $0.map(\.id) }
        if ids[.plans] != nil { state.load(.plans, .plans(try PlanRows.load(in: transaction))) }
        if let skus = ids[.item] {
            for (sku, classes) in try ItemRows.load(skus, in: transaction) { state.load(.item(sku), .item(classes)) }
        }
        if let members = ids[.member] {
            for (memberID, history) in try MemberRows.load(members, in: transaction) {
                state.load(.member(memberID), .member(history))
            }
        }
        if let orders = ids[.order] {
            for order in try OrderRows.load(orders, in: transaction) {
                state.load(.order(order.placed.orderID), .order(order))
            }
        }
    }

    func save(_ state: State<CommissionAggregate>, in transaction: borrowing Transaction) throws {
        var orders: [CommissionOrder] = []
        var journals: [Journal] = []
        var items: [(String, Dated<String?>)] = []
        var members: [(String, Dated<DistributionMember>)] = []
        for key in state.changed.sorted() {
            switch state[key] {
            case .order(let order): orders.append(order)
            case .journal(let journal): journals.append(journal)
            case .plans(let plans): try PlanRows.save(plans, in: transaction)
            case .item(let classes): items.append((key.id, classes))
            case .member(let history): members.append((key.id, history))
            case nil: break
            }
        }
        try ItemRows.save(items, in: transaction)
        try MemberRows.save(members, in: transaction)
        try OrderRows.save(orders, in: transaction)
        try JournalRows.save(journals, in: transaction)
        try BalanceRows.add(journals, in: transaction)
    }
}

/// A value as it stands in a `json` column.
extension JSONCoded {
    init(column text: String) throws(Fault) {
        try self.init(JSONDocument.object(Array(text.utf8)))
    }

    var column: String { String(decoding: jsonBytes, as: UTF8.self) }
}
