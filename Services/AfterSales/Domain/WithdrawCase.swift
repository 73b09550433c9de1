import Contracts

/// The buyer gives a case up, as long as neither goods nor money are on their way.
///
/// - Throws: `Fault` when the order has no such case.
func withdrawCase(
    _ withdrawn: AfterSalesWithdrawn, given state: State<AfterSalesAggregate>, at now: Instant
) throws(Fault) -> Decision<AfterSalesChange> {
    let external = Key.external(withdrawn.channel, withdrawn.externalOrderID)
    guard let account = state.order(external) else { return .waits(for: external, reason: "its order is not known") }
    guard account.isReady else { return .waits(forPaymentOf: account.orderID) }
    let givenUp = try account.requiredCase(withdrawn.externalCaseID)
    // What is sent in exchange may have left once the case is approved.
    guard givenUp.state == .requested || givenUp.state == .approved && !givenUp.kind.isReplaced else {
        return .nothing
    }
    var draft = OrderDraft(account, at: now)
    draft.withdraw(givenUp, at: withdrawn.withdrawnAt)
    return draft.decision
}

extension OrderDraft {
    mutating func withdraw(_ givenUp: AfterSalesCase, at time: Instant) {
        tell(CaseWithdrawn(orderID: orderID, caseID: givenUp.caseID, withdrawnAt: time))
        close(givenUp, as: .withdrawn, .withdrawn)
    }
}
