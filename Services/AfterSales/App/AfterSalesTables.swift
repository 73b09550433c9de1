import AfterSalesDomain
import Contracts
import Pipeline
import Postgres

/// The service's rows. Locks are taken on `accounts`, order ids ascending, their children are read after it; then on
/// `buyers`, which no batch asks for before its orders.
struct AfterSalesTables: Tables {
    static var migrations: [Migration] {
        [
            Migration("V002_after_sales", PackageResources.V002_after_sales_sql),
            Migration("V003_exchanges", PackageResources.V003_exchanges_sql),
            Migration("V004_rules", PackageResources.V004_rules_sql),
            Migration("V005_threads", PackageResources.V005_threads_sql),
        ]
    }

    func load(
        _ keys: [Key], into state: inout State<AfterSalesAggregate>, in transaction: borrowing Transaction
    ) throws {
        try ChannelRows.load(keys.filter { $0.kind == .channel }.map(\.id), into: &state, in: transaction)
        try ItemRows.load(keys.filter { $0.kind == .item }.map(\.id), into: &state, in: transaction)
        try EarningsRows.load(keys.filter { $0.kind == .earnings }.map(\.id), into: &state, in: transaction)
        let names = keys.filter { $0.kind == .external }.map(\.id)
        var orderIDs = Set(keys.filter { $0.kind == .order || $0.kind == .ready }.map(\.id))
        if !names.isEmpty { orderIDs.formUnion(try AccountRows.orderIDs(named: names, in: transaction)) }
        try BuyerRows.load(keys.filter { $0.kind == .buyer }.map(\.id).sorted(), into: &state, in: transaction)
        guard !orderIDs.isEmpty else { return }
        for account in try AccountRows.load(orderIDs.sorted(), in: transaction) {
            let key = Key.order(account.orderID)
            let aggregate = AfterSalesAggregate.order(account)
            state.load(key, aggregate)
            for alias in aggregate.aliases { state.alias(alias, of: key) }
        }
    }

    func save(_ state: State<AfterSalesAggregate>, in transaction: borrowing Transaction) throws {
        var accounts: [OrderAccount] = []
        var channels: [ChannelTerms] = []
        var items: [ItemPrice] = []
        var buyers: [BuyerHistory] = []
        var earnings: [OrderEarnings] = []
        for key in state.changed.sorted() {
            switch state[key] {
            case .order(let account): accounts.append(account)
            case .channel(let terms): channels.append(terms)
            case .item(let item): items.append(item)
            case .buyer(let history): buyers.append(history)
            case .earnings(let order): earnings.append(order)
            case nil: break
            }
        }
        try ChannelRows.save(channels, in: transaction)
        try ItemRows.save(items, in: transaction)
        try BuyerRows.save(buyers, in: transaction)
        try EarningsRows.save(earnings, in: transaction)
        guard !accounts.isEmpty else { return }
        try AccountRows.save(accounts, in: transaction)
        try PaymentRows.save(accounts, in: transaction)
        try DispatchRows.save(accounts, in: transaction)
        try CaseRows.save(accounts, in: transaction)
        try CaseLineRows.save(accounts, in: transaction)
        try RefundRows.save(accounts, in: transaction)
        try MessageRows.save(accounts, in: transaction)
    }
}
