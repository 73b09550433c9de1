import CommissionDomain
import Contracts
import Pipeline
import Postgres

/// The tables of the commission service, in the order of their locks: orders with their accruals, members,
/// ledger, balances.
struct CommissionTables: Tables {
    static let migrations = [
        Migration("V002_commission", PackageResources.V002_commission_sql),
        Migration("V003_breaches", PackageResources.V003_breaches_sql),
        Migration("V004_members", PackageResources.V004_members_sql),
        Migration("V005_own_purchases", PackageResources.V005_own_purchases_sql),
        Migration("V006_accruals", PackageResources.V006_accruals_sql),
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
        if let accounts = ids[.buyer] {
            for (account, memberIDs) in try MemberRows.naming(accounts, in: transaction) {
                state.load(.buyer(account), .buyer(memberIDs))
            }
        }
        if let orders = ids[.order] {
            for order in try OrderRows.load(orders, in: transaction) {
                state.load(.order(order.placed.orderID), .order(order))
            }
        }
        try loadMembers(ids, into: &state, in: transaction)
    }

    /// What belongs to members as holders of money; balances come behind the lock of their accounts.
    private func loadMembers(
        _ ids: [Key.Kind: [String]], into state: inout State<CommissionAggregate>,
        in transaction: borrowing Transaction
    ) throws {
        if let payouts = ids[.payout] {
            for payout in try PayoutRows.load(payouts, in: transaction) {
                state.load(.payout(payout.payoutID), .payout(payout))
            }
        }
        if let adjustments = ids[.adjustment] {
            for adjustment in try AdjustmentRows.load(adjustments, in: transaction) {
                state.load(.adjustment(adjustment.memberID, adjustment.adjustmentID), .adjustment(adjustment))
            }
        }
        if let accounts = ids[.account] {
            for account in try AccountRows.load(accounts, in: transaction) {
                state.load(.account(account.memberID), .account(account))
            }
        }
        if let balances = ids[.balance] {
            for (memberID, balance) in try BalanceRows.load(balances, in: transaction) {
                state.load(.balance(memberID), .balance(balance))
            }
        }
        if let settlements = ids[.settlement] {
            for settlement in try SettlementRows.load(settlements, in: transaction) {
                state.load(.settlement(settlement.name), .settlement(settlement))
            }
        }
    }

    func save(_ state: State<CommissionAggregate>, in transaction: borrowing Transaction) throws {
        var rows = ChangedRows()
        for key in state.changed.sorted() {
            if let aggregate = state[key] { rows.add(aggregate, key.id) }
        }
        if let plans = rows.plans { try PlanRows.save(plans, in: transaction) }
        try ItemRows.save(rows.items, in: transaction)
        try MemberRows.save(rows.members, in: transaction)
        try OrderRows.save(rows.orders, in: transaction)
        try PayoutRows.save(rows.payouts, in: transaction)
        try AdjustmentRows.save(rows.adjustments, in: transaction)
        try AccountRows.save(rows.accounts, in: transaction)
        try SettlementRows.save(rows.settlements, in: transaction)
        try SettlementRows.save(rows.closings, in: transaction)
        try JournalRows.save(rows.journals, in: transaction)
        try TurnoverRows.save(rows.turnovers, in: transaction)
        try BalanceRows.add(rows.journals, in: transaction)
    }
}

/// What a batch has changed, by table.
private struct ChangedRows {
    var plans: Plans?
    var items: [(String, Dated<String?>)] = []
    var members: [(String, Dated<DistributionMember>)] = []
    var orders: [CommissionOrder] = []
    var payouts: [Payout] = []
    var adjustments: [Adjustment] = []
    var accounts: [MemberAccount] = []
    var settlements: [Settlement] = []
    var closings: [Closing] = []
    var journals: [Journal] = []
    var turnovers: [Turnover] = []

    mutating func add(_ aggregate: CommissionAggregate, _ id: String) {
        switch aggregate {
        case .plans(let plans): self.plans = plans
        case .item(let classes): items.append((id, classes))
        case .member(let history): members.append((id, history))
        case .order(let order): orders.append(order)
        case .payout(let payout): payouts.append(payout)
        case .adjustment(let adjustment): adjustments.append(adjustment)
        case .account(let account): accounts.append(account)
        case .settlement(let settlement): settlements.append(settlement)
        case .closing(let closing): closings.append(closing)
        case .journal(let journal): journals.append(journal)
        case .turnover(let turnover): turnovers.append(turnover)
        // What journals change is added to balances; buyers are found by the records of members.
        case .balance, .buyer: break
        }
    }
}

/// A value as it stands in a `json` column.
extension JSONCoded {
    init(column text: String) throws(Fault) {
        try self.init(JSONDocument.object(Array(text.utf8)))
    }

    var column: String { String(decoding: jsonBytes, as: UTF8.self) }
}
