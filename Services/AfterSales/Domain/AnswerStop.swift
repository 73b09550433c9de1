import Contracts

/// Hears from fulfilment what of a case's goods stays in the house, and approves what needs no person.
///
/// Only now is it sure what has left: money moves after this answer, never before.
/// - Source: DESIGN section 4, "Fulfilment" and "After-sales".
func answerStop(
    _ stopped: LinesStopped, given state: State<AfterSalesAggregate>, at now: Instant
) -> Decision<AfterSalesChange> {
    // Intake asks too; its questions are none of ours.
    guard stopped.requestID.hasPrefix("\(stopped.orderID)-A") else { return .nothing }
    guard let account = state.order(.order(stopped.orderID)) else { return .waits(forOrder: stopped.orderID) }
    guard var asking = account.findCase(stopped.requestID), asking.stop == .awaited, !asking.isMoneyOnly,
        asking.state == .requested || asking.state == .approved
    else { return .nothing }
    asking.stop = asking.staysWhole(stopped) ? .unshipped : .dispatched
    var draft = OrderDraft(account, at: now)
    draft.move(asking)
    guard !account.followsPlatform else { return draft.decision }
    if asking.kind == .return || asking.kind == .reship, !stopped.stopped.isEmpty {
        // What has not left cannot come back: the buyer asks for a refund of it.
        draft.reject(asking, because: CaseRefusal.notShipped.rawValue, by: "policy")
    } else {
        draft.decide(asking, by: CaseRules(account, given: state), shipped: asking.stop == .dispatched)
    }
    return draft.decision
}

extension AfterSalesCase {
    /// Of each line enough pieces were stopped, or none was dispatched.
    fileprivate func staysWhole(_ answer: LinesStopped) -> Bool {
        func pieces(_ lines: [LinePieces], _ lineID: String) -> Int64 {
            lines.reduce(0) { $0 + ($1.lineID == lineID ? $1.quantity : 0) }
        }
        return items.allSatisfy {
            pieces(answer.stopped, $0.lineID) >= $0.quantity || pieces(answer.dispatched, $0.lineID) == 0
        }
    }
}
