import Contracts

extension BookedOrder {
    /// Whose the order was when an accrual was booked.
    ///
    /// The first attribution and the present one are stored, those between are not: of the two, that one counts by
    /// which the legs come out as booked, else the first that has everybody who earns in its chain.
    /// - Returns: `nil` when neither can have been it; the last accrual always belongs to somebody who is known.
    func attribution(of accrual: Accrual) -> Attribution? {
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
            of: placed, for: attribution, by: plan, number: 1, commissionClass: commissionClass(of:))
        return accrual?.legs.map(\.leg) ?? []
    }
}
