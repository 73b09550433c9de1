import Contracts

/// The buyer has sent the goods of a return; who sends them before the approval is taken at his word.
///
/// - Throws: `Fault` when the order has no such case.
func shipGoods(
    _ shipped: AfterSalesShipped, given state: State<AfterSalesAggregate>, at now: Instant
) throws(Fault) -> Decision<AfterSalesChange> {
    let external = Key.external(shipped.channel, shipped.externalOrderID)
    guard let account = state.order(external) else { return .waits(for: external, reason: "its order is not known") }
    guard account.isReady else { return .waits(forPaymentOf: account.orderID) }
    var returning = try account.requiredCase(shipped.externalCaseID)
    guard returning.kind.bringsGoodsBack, returning.state == .requested || returning.state == .approved else {
        return .nothing
    }
    var draft = OrderDraft(account, at: now)
    if returning.state == .requested, !account.followsPlatform {
        // An exchange is approved when the other goods are there, whatever the buyer has sent.
        guard returning.kind == .return || returning.replacement?.isReserved == true else { return .nothing }
        draft.approve(returning, rule: "already-shipped", by: "policy")
        returning = draft.account.findCase(returning.caseID) ?? returning
    }
    returning.state = .goodsInTransit
    returning.shippedAt = min(shipped.shippedAt, now)
    returning.freightClaim = shipped.freight ?? 0
    draft.move(returning)
    draft.tell(
        CaseGoodsShipped(
            orderID: account.orderID, caseID: returning.caseID, carrier: shipped.carrier, waybill: shipped.waybill,
            shippedAt: shipped.shippedAt))
    return draft.decision
}

extension OrderAccount {
    /// The case of a channel's message; one that is missing was itself a dead letter.
    func requiredCase(_ externalCaseID: String) throws(Fault) -> AfterSalesCase {
        guard let found = findCase(external: externalCaseID) else {
            throw Fault("\(externalCaseID) is no case of order \(orderID)", field: "externalCaseId")
        }
        return found
    }
}
