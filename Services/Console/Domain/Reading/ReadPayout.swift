import Contracts

/// What is said of a payout; what was asked for is out of the member's hands until it fails.
func readPayout(_ type: String, _ body: JSONObject, at: Instant) throws(Fault) -> [ReadRow] {
    switch type {
    case PayoutRequested.type:
        let requested = try PayoutRequested(body)
        let patch = PayoutPatch(
            payoutID: requested.payoutID, memberID: requested.memberID, amount: requested.amount, fee: requested.fee,
            tax: requested.tax, currency: requested.currency, state: .requested, requestedAt: requested.requestedAt)
        return [
            .payout(patch),
            entry(requested.key, requested.version, patch, .payoutRequested, -requested.amount, requested.requestedAt),
        ]
    case PayoutDue.type:
        let due = try PayoutDue(body)
        return [
            .payout(
                PayoutPatch(
                    payoutID: due.payoutID, memberID: due.memberID, amount: due.amount, fee: due.fee, tax: due.tax,
                    currency: due.currency, state: .due, dueAt: at))
        ]
    case PayoutPaid.type:
        let paid = try PayoutPaid(body)
        let patch = PayoutPatch(
            payoutID: paid.payoutID, memberID: paid.memberID, amount: paid.amount, currency: paid.currency,
            state: .paid, endedAt: paid.paidAt)
        return [.payout(patch), entry(paid.key, paid.version, patch, .payoutPaid, 0, paid.paidAt)]
    default:
        let failed = try PayoutFailed(body)
        let patch = PayoutPatch(
            payoutID: failed.payoutID, memberID: failed.memberID, amount: failed.amount, currency: failed.currency,
            state: .failed, reason: failed.reason, endedAt: failed.failedAt)
        return [
            .payout(patch), entry(failed.key, failed.version, patch, .payoutFailed, failed.amount, failed.failedAt),
        ]
    }
}

private func entry(
    _ key: String, _ version: Int64, _ payout: PayoutPatch, _ kind: StatementEntry.Kind, _ amount: Int64, _ at: Instant
) -> ReadRow {
    .entry(
        StatementEntry(
            key: key, version: version, memberID: payout.memberID, kind: kind, orderID: nil, amount: amount,
            currency: payout.currency, reason: payout.reason, reference: payout.payoutID, at: at))
}
