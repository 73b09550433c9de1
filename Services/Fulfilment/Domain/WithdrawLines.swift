import Contracts

/// Takes refunded pieces that have not left out of what is shipped, and lets the rest of the case's pieces go.
///
/// Which pieces have not left was settled when the case stopped them.
func withdrawLines(
    _ refunded: CaseRefunded, given state: State<FulfilmentAggregate>, at now: Instant, _ calendar: BusinessCalendar
) -> FulfilmentDecision {
    guard let order = state.order(refunded.orderID) else { return .waits(forOrder: refunded.orderID) }
    guard let stop = order.stop(of: refunded.caseID) else { return .nothing }
    var wanted: Order.Pieces = [:]
    for line in refunded.lines { wanted[line.lineID, default: 0] += line.quantity }
    let pieces = stop.lines.map {
        LinePieces(lineID: $0.lineID, quantity: min($0.quantity, wanted[$0.lineID] ?? 0))
    }
    var draft = Draft(order, calendar, at: now)
    draft.withdraw(pieces, of: stop, reason: "refunded")
    return draft.decision
}

/// Takes all pieces of an exchange that have not left out of what is shipped: others come in their place.
func withdrawExchanged(
    _ orderID: OrderID, caseID: String, given state: State<FulfilmentAggregate>, at now: Instant,
    _ calendar: BusinessCalendar
) -> FulfilmentDecision {
    guard let order = state.order(orderID) else { return .waits(forOrder: orderID) }
    guard let stop = order.stop(of: caseID) else { return .nothing }
    var draft = Draft(order, calendar, at: now)
    draft.withdraw(stop.lines, of: stop, reason: "exchanged")
    return draft.decision
}

extension Draft {
    fileprivate mutating func withdraw(_ pieces: [LinePieces], of stop: Stop, reason: String) {
        let before = order
        let pieces = pieces.filter { $0.quantity > 0 }
        if !pieces.isEmpty { change(.withdrawn(pieces)) }
        for (old, new) in zip(before.shipments, order.shipments) where old != new {
            if new.state == .cancelled {
                tellCancellation(of: new, reason: reason)
            } else {
                tellPlan(of: new)
            }
        }
        resume(stop.asker, since: before)
    }
}
