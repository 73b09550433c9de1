import Contracts

/// Who an accrual was for.
enum AccrualOwner {
    case distributor(Attribution)
    /// The buyer, who is a distributor.
    case buyer(OwnChain)
    /// The order was never anybody's.
    case nobody
    /// That is not kept: what was booked is taken over.
    case unknown

    var attribution: Attribution? { if case .distributor(let attribution) = self { attribution } else { nil } }

    var ownChain: OwnChain? { if case .buyer(let own) = self { own } else { nil } }

    /// Who was paid; `nil` when that is not kept.
    var chain: [ChainLink]? {
        switch self {
        case .distributor(let attribution): attribution.chain
        case .buyer(let own): own.links
        case .nobody: []
        case .unknown: nil
        }
    }
}

extension BookedOrder {
    /// Whose the order was when an accrual was booked; the own chain is that of the last accrual, because none can
    /// follow it.
    func owner(of accrual: Accrual) -> AccrualOwner {
        if let formerly = accrual.formerly { return .distributor(formerly) }
        guard accrual.number == accruals.last?.number else { return .unknown }
        if let ownChain { return .buyer(ownChain) }
        if attribution == nil, attributionVersion == 0 { return .nobody }
        return attribution.map(AccrualOwner.distributor) ?? .unknown
    }
}
