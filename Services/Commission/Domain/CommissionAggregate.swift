public import Contracts

/// What this service keeps, one case per kind of key.
public indirect enum CommissionAggregate: Sendable, Equatable {
    case order(CommissionOrder)
    case journal(Journal)
    case plans(Plans)
    /// The commission class of a SKU.
    case item(Dated<String?>)
    case member(Dated<DistributionMember>)
    /// Ids of members any of whose records names the account, in ascending order.
    case buyer([String])
    case account(MemberAccount)
    case balance(MemberBalance)
    case payout(Payout)
    case adjustment(Adjustment)
    case turnover(Turnover)
    case closing(Closing)
    case settlement(Settlement)
}

/// What a decision changes.
public enum CommissionChange: Sendable, Equatable {
    case order(CommissionOrder)
    case journal(Journal)
    case plans(Plans)
    case item(sku: String, Dated<String?>)
    case member(memberID: String, Dated<DistributionMember>)
    case account(MemberAccount)
    case payout(Payout)
    case adjustment(Adjustment)
    case turnover(Turnover)
    case closing(Closing)
    case settlement(Settlement)
}

/// Applies one change; total.
public func evolve(_ state: inout State<CommissionAggregate>, by change: CommissionChange) {
    switch change {
    case .order(let order): state.set(.order(order.placed.orderID), .order(order))
    case .journal(let journal):
        state.set(.journal(journal.journalID), .journal(journal))
        state.addToBalances(journal)
    case .plans(let plans): state.set(.plans, .plans(plans))
    case .item(let sku, let classes): state.set(.item(sku), .item(classes))
    case .member(let memberID, let history): state.put(memberID, history)
    case .account(let account): state.set(.account(account.memberID), .account(account))
    case .payout(let payout): state.set(.payout(payout.payoutID), .payout(payout))
    case .adjustment(let adjustment):
        state.set(.adjustment(adjustment.memberID, adjustment.adjustmentID), .adjustment(adjustment))
    case .turnover(let turnover): state.set(.turnover(turnover.id), .turnover(turnover))
    case .closing(let closing): state.set(.closing(closing.closingID), .closing(closing))
    case .settlement(let settlement): state.set(.settlement(settlement.name), .settlement(settlement))
    }
}

extension State<CommissionAggregate> {
    func order(_ orderID: OrderID) -> CommissionOrder? {
        if case .order(let order) = self[.order(orderID)] { order } else { nil }
    }

    var plans: Plans {
        if case .plans(let plans) = self[.plans] { plans } else { Plans() }
    }

    func item(_ sku: String) -> Dated<String?> {
        if case .item(let classes) = self[.item(sku)] { classes } else { Dated() }
    }

    /// The plan that pays an order: the one it keeps, else the one in force when it was placed.
    func plan(of order: OrderPlaced, keeping kept: OrderPlan?) -> PlanVersion? {
        kept.flatMap { plans.version(named: $0.name) }
            ?? plans.inForce(at: order.placedAt, currency: order.currency)
    }

    func member(_ memberID: String) -> Dated<DistributionMember> {
        if case .member(let history) = self[.member(memberID)] { history } else { Dated() }
    }

    func account(_ memberID: String) -> MemberAccount {
        if case .account(let account) = self[.account(memberID)] { account } else { MemberAccount(memberID) }
    }

    func balance(_ memberID: String) -> MemberBalance {
        if case .balance(let balance) = self[.balance(memberID)] { balance } else { MemberBalance() }
    }

    func payout(_ payoutID: String) -> Payout? {
        if case .payout(let payout) = self[.payout(payoutID)] { payout } else { nil }
    }

    func adjustment(_ memberID: String, _ adjustmentID: String) -> Adjustment? {
        if case .adjustment(let adjustment) = self[.adjustment(memberID, adjustmentID)] { adjustment } else { nil }
    }

    func settlement(_ name: SettlementName) -> Settlement? {
        if case .settlement(let settlement) = self[.settlement(name)] { settlement } else { nil }
    }

    /// Only members whose balance somebody asked for are looked after: the tables add everything up by themselves.
    fileprivate mutating func addToBalances(_ journal: Journal) {
        for entry in journal.entries {
            guard let memberID = entry.account.memberID, isLoaded(.balance(memberID)) else { continue }
            var balance = balance(memberID)
            balance.add(entry.amount, to: entry.account.name, journal.currency)
            set(.balance(memberID), .balance(balance))
        }
    }
}
