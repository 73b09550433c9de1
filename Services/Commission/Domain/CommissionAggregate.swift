public import Contracts

/// What this service keeps, one case per kind of key.
public indirect enum CommissionAggregate: Sendable, Equatable {
    case order(CommissionOrder)
    case journal(Journal)
    case plans(Plans)
    /// The commission class of a SKU.
    case item(Dated<String?>)
    case member(Dated<DistributionMember>)
}

/// What a decision changes.
public enum CommissionChange: Sendable, Equatable {
    case order(CommissionOrder)
    case journal(Journal)
    case plans(Plans)
    case item(sku: String, Dated<String?>)
    case member(memberID: String, Dated<DistributionMember>)
}

/// Applies one change; total.
public func evolve(_ state: inout State<CommissionAggregate>, by change: CommissionChange) {
    switch change {
    case .order(let order): state.set(.order(order.placed.orderID), .order(order))
    case .journal(let journal): state.set(.journal(journal.journalID), .journal(journal))
    case .plans(let plans): state.set(.plans, .plans(plans))
    case .item(let sku, let classes): state.set(.item(sku), .item(classes))
    case .member(let memberID, let history): state.set(.member(memberID), .member(history))
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

    func member(_ memberID: String) -> Dated<DistributionMember> {
        if case .member(let history) = self[.member(memberID)] { history } else { Dated() }
    }
}
