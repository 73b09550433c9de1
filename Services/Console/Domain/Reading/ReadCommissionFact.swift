import Contracts

/// What commission says of members' money.
func readCommissionFact(_ type: String, _ body: JSONObject, at: Instant) throws(Fault) -> [ReadRow] {
    switch type {
    case CommissionAccrued.type: accrued(try CommissionAccrued(body))
    case CommissionMatured.type: matured(try CommissionMatured(body))
    case CommissionReversed.type: reversed(try CommissionReversed(body))
    case CommissionHeld.type: held(try CommissionHeld(body))
    case CommissionReleased.type: released(try CommissionReleased(body))
    case CommissionAdjusted.type: [.entry(adjusted(try CommissionAdjusted(body)))]
    case CommissionSettled.type: settled(try CommissionSettled(body))
    case PayoutRequested.type, PayoutDue.type, PayoutPaid.type, PayoutFailed.type:
        try readPayout(type, body, at: at)
    default: []
    }
}

/// What each member has of some legs, nearest first.
private func sums(_ legs: [CommissionLeg]) -> [(memberID: String, level: Int64, amount: Int64)] {
    var sums: [String: (level: Int64, amount: Int64)] = [:]
    for leg in legs {
        let former = sums[leg.memberID] ?? (leg.level, 0)
        sums[leg.memberID] = (min(former.level, leg.level), former.amount + leg.amount)
    }
    return sums.map { ($0.key, $0.value.level, $0.value.amount) }.sorted { ($0.1, $0.0) < ($1.1, $1.0) }
}

private func accrued(_ fact: CommissionAccrued) -> [ReadRow] {
    var order = OrderPatch(fact.orderID, at: fact.at)
    order.commission = CommissionSums(
        planID: fact.planID, planVersion: fact.planVersion, companyShare: fact.companyShare, remainder: fact.remainder)
    return [.order(order)]
        + sums(fact.legs).flatMap { member -> [ReadRow] in
            var patch = EarningPatch(fact.orderID, member.memberID, fact.currency)
            patch.level = member.level
            patch.accrued = member.amount
            patch.accruedAt = fact.at
            return [
                .earning(patch),
                .entry(
                    StatementEntry(
                        key: fact.key, version: fact.version, memberID: member.memberID, kind: .accrued,
                        orderID: fact.orderID, amount: member.amount, currency: fact.currency, reason: nil,
                        reference: nil, at: fact.at)),
            ]
        }
}

private func matured(_ fact: CommissionMatured) -> [ReadRow] {
    sums(fact.legs).flatMap { member -> [ReadRow] in
        var patch = EarningPatch(fact.orderID, member.memberID, fact.currency)
        patch.matured = member.amount
        patch.maturedAt = fact.at
        return [
            .earning(patch),
            .entry(
                StatementEntry(
                    key: fact.key, version: fact.version, memberID: member.memberID, kind: .matured,
                    orderID: fact.orderID, amount: member.amount, currency: fact.currency, reason: nil, reference: nil,
                    at: fact.at)),
        ]
    }
}

private func reversed(_ fact: CommissionReversed) -> [ReadRow] {
    var order = OrderPatch(fact.orderID, at: fact.at)
    order.commission = CommissionSums(
        planID: fact.planID, planVersion: fact.planVersion, companyShare: -fact.companyShare,
        remainder: -fact.remainder)
    return [.order(order)]
        + sums(fact.legs).flatMap { member -> [ReadRow] in
            var patch = EarningPatch(fact.orderID, member.memberID, fact.currency)
            patch.reversed = member.amount
            return [
                .earning(patch),
                .entry(
                    StatementEntry(
                        key: fact.key, version: fact.version, memberID: member.memberID, kind: .reversed,
                        orderID: fact.orderID, amount: -member.amount, currency: fact.currency, reason: fact.reason,
                        reference: fact.refundID, at: fact.at)),
            ]
        }
}

private func held(_ fact: CommissionHeld) -> [ReadRow] {
    var patch = EarningPatch(fact.orderID, fact.memberID)
    patch.holds = ["\(fact.entryID) \(fact.kind.rawValue)": fact.reason]
    patch.entryID = fact.entryID
    return [.earning(patch)]
}

private func released(_ fact: CommissionReleased) -> [ReadRow] {
    var patch = EarningPatch(fact.orderID, fact.memberID)
    patch.holds.updateValue(nil, forKey: "\(fact.entryID) \(fact.kind.rawValue)")
    return [.earning(patch)]
}

private func adjusted(_ fact: CommissionAdjusted) -> StatementEntry {
    StatementEntry(
        key: fact.key, version: fact.version, memberID: fact.memberID, kind: .adjusted, orderID: fact.orderID,
        amount: fact.amount, currency: fact.currency, reason: fact.reason, reference: fact.adjustmentID,
        at: fact.adjustedAt)
}

private func settled(_ fact: CommissionSettled) -> [ReadRow] {
    [
        .settlement(fact),
        .entry(
            StatementEntry(
                key: fact.key, version: fact.version, memberID: fact.memberID, kind: .settled, orderID: nil,
                amount: fact.teamBonus, currency: fact.currency, reason: nil, reference: fact.period,
                at: fact.settledAt)),
    ]
}
