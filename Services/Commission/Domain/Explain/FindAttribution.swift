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
    /// The own chain is that of the last accrual, because none can follow it.
    func owner(of accrual: Accrual) -> AccrualOwner {
        if let ownChain, accrual.number == accruals.last?.number { return .buyer(ownChain) }
        if attribution == nil, attributionVersion == 0 { return .nobody }
        return attribution(of: accrual).map(AccrualOwner.distributor) ?? .unknown
    }

    /// Whose the order was when an accrual was booked.
    ///
    /// The first attribution and the present one are stored, those between are not: of the two, that one counts by
    /// which the legs come out as booked, else the first that has everybody who earns in its chain.
    /// - Returns: `nil` when neither can have been it; the last accrual always belongs to somebody who is known.
    private func attribution(of accrual: Accrual) -> Attribution? {
        let isLast = accrual.number == accruals.last?.number
        let known = [attribution, placed.attribution].compactMap { $0 }
        let candidates = isLast ? known : known.reversed()
        let earners = Set(accrual.legs.map(\.leg.memberID))
        return candidates.first { legs(for: $0) == accrual.legs.map(\.leg) }
            ?? candidates.first { earners.isSubset(of: $0.chain.map(\.memberID)) }
            ?? (isLast ? candidates.first : nil)
    }

    private func legs(for attribution: Attribution) -> [CommissionLeg] {
        guard let plan = keptPlan?.plan else { return [] }
        let accrual = computeAccrual(
            of: placed, among: attribution.chain, by: plan, number: 1, commissionClass: commissionClass(of:))
        return accrual?.legs.map(\.leg) ?? []
    }
}
