import Contracts

/// Ends a stop: its asker lets go, and what nobody else stops may leave again.
func resumeLines(
    _ orderID: OrderID, asker: String, given state: State<FulfilmentAggregate>, at now: Instant,
    _ rules: FulfilmentRules
) -> FulfilmentDecision {
    guard let order = state.order(orderID) else { return .waits(forOrder: orderID) }
    guard order.stop(of: asker) != nil else { return .nothing }
    var draft = Draft(order, given: state, rules, at: now)
    draft.resume(asker, since: order)
    return draft.decision
}

extension Draft {
    /// - Parameter before: The order when the message came.
    mutating func resume(_ asker: String, since before: Order, withdrawn: [LinesResumed.Withdrawn] = []) {
        change(.resumed(asker: asker))
        var freed = order.free
        for (lineID, quantity) in before.free { freed[lineID, default: 0] -= quantity }
        let lines = order.list(freed)
        if !lines.isEmpty || !withdrawn.isEmpty {
            tell(LinesResumed(orderID: order.orderID, requestID: asker, lines: lines, withdrawn: withdrawn))
        }
        if order.dispatchable != before.dispatchable { setDispatchTimer() }
    }
}
