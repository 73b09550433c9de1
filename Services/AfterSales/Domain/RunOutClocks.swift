import Contracts

/// A case's clock has run out; a case that has moved on since does not mind.
func runOut(
    _ clock: CaseClock, of caseID: String, _ orderID: OrderID, given state: State<AfterSalesAggregate>, at now: Instant
) -> Decision<AfterSalesChange> {
    guard let account = state.order(.order(orderID)), let resting = account.findCase(caseID),
        resting.clock(at: now)?.clock == clock, resting.pausedRest == nil
    else { return .nothing }
    var draft = OrderDraft(account, at: now)
    switch clock {
    case .approve where resting.kind.isReplaced && resting.replacement?.isReserved != true:
        // The goods to be sent are not there yet: the decision waits for them a day at a time.
        draft.setClock(of: resting, due: now + .days(1), because: "awaits-goods", by: "policy")
    case .approve: draft.approve(resting, rule: "approval-time", by: "policy")
    case .shipBack: draft.close(resting, as: .closed, .expired)
    case .refundReturn: draft.settle(resting, because: "refund-time")
    }
    return draft.decision
}
