public import Contracts

/// Decides one message: one function per case, each in its own file.
public func decide(
    _ message: CommissionMessage, given state: State<CommissionAggregate>, at now: Instant,
    by rules: CommissionRules = CommissionRules()
) throws(Fault) -> Decision<CommissionChange> {
    switch message {
    case .placed(let placed): placeOrder(placed, given: state)
    case .confirmed(let confirmed): accrueCommission(confirmed, given: state, at: now)
    case .reinstated(let reinstated): reinstateOrder(reinstated, given: state)
    case .revised(let revised): reviseOrder(revised, given: state)
    case .cancelled(let cancelled): cancelOrder(cancelled, given: state, at: now)
    case .completed(let completed): completeOrder(completed, given: state, at: now)
    case .attributionChanged(let changed): changeAttribution(changed, given: state, at: now)
    case .caseOpened(let orderID, let caseID): openCase(caseID, of: orderID, given: state)
    case .caseEnded(let orderID, let caseID): endCase(caseID, of: orderID, given: state, at: now)
    case .caseRefunded(let refunded): try reverseRefund(refunded, given: state, at: now)
    case .maturityDue(let orderID): matureCommission(of: orderID, given: state, at: now)
    case .plan(let plan, let recordedAt): try keepPlan(plan, recordedAt: recordedAt, given: state)
    case .planEnded(let planID, let instant): endPlan(planID, at: instant, given: state)
    case .item(let item, let recordedAt): keepItem(item, recordedAt: recordedAt, given: state)
    case .member(let member, let recordedAt): keepMember(member, recordedAt: recordedAt, given: state)
    case .memberEnded(let memberID, let instant): endMember(memberID, at: instant, given: state)
    case .command(let command): rules.obey(command, given: state, at: now)
    case .payoutResult(let result): try rules.takePayoutResult(result, given: state, at: now)
    case .suspicion(let suspicion): holdCommission(suspicion, given: state, at: now)
    case .settlementDue(let name): rules.settle(name, given: state, at: now)
    case .ignored: .nothing
    }
}

/// The message came before the order it is about.
func waitForOrder(_ orderID: OrderID) -> Decision<CommissionChange> {
    .waits(for: .order(orderID), reason: "order \(orderID) is not known here")
}
