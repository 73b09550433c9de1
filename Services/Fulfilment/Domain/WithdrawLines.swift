import Contracts

/// Takes refunded pieces that have not left out of what is shipped, and lets the rest of the case's pieces go.
///
/// Which pieces have not left was settled when the case stopped them.
func withdrawLines(
    _ refunded: CaseRefunded, given state: State<FulfilmentAggregate>, at now: Instant, _ rules: FulfilmentRules
) -> FulfilmentDecision {
    guard let order = state.order(refunded.orderID) else { return .waits(forOrder: refunded.orderID) }
    guard let stop = order.stop(of: refunded.caseID) else { return .nothing }
    var wanted: Order.Pieces = [:]
    for line in refunded.lines { wanted[line.lineID, default: 0] += line.quantity }
    let pieces = stop.lines.map {
        LinePieces(lineID: $0.lineID, quantity: min($0.quantity, wanted[$0.lineID] ?? 0))
    }
    var draft = Draft(order, given: state, rules, at: now)
    draft.withdraw(pieces, of: stop, reason: "refunded")
    return draft.decision
}

/// Takes all pieces of an exchange that have not left out of what is shipped: others come in their place.
func withdrawExchanged(
    _ orderID: OrderID, caseID: String, given state: State<FulfilmentAggregate>, at now: Instant,
    _ rules: FulfilmentRules
) -> FulfilmentDecision {
    guard let order = state.order(orderID) else { return .waits(forOrder: orderID) }
    guard let stop = order.stop(of: caseID) else { return .nothing }
    var draft = Draft(order, given: state, rules, at: now)
    draft.withdraw(stop.lines, of: stop, reason: "exchanged")
    return draft.decision
}

extension Draft {
    fileprivate mutating func withdraw(_ pieces: [LinePieces], of stop: Stop, reason: String) {
        let before = order
        let pieces = pieces.filter { $0.quantity > 0 }
        if !pieces.isEmpty { change(.withdrawn(pieces)) }
        let withdrawn = order.withdrawn(since: before)
        for (old, new) in zip(before.shipments, order.shipments) where old != new {
            if new.state == .cancelled {
                tellCancellation(of: new, reason: reason)
            } else {
                tellPlan(of: new)
            }
        }
        resume(stop.asker, since: before, withdrawn: withdrawn)
    }
}

extension Order {
    /// Where the pieces were to come from that have been withdrawn; this alone says which ones inventory may set free.
    fileprivate func withdrawn(since before: Order) -> [LinesResumed.Withdrawn] {
        var list: [LinesResumed.Withdrawn] = []
        for (old, new) in zip(before.lines, lines) where new.withdrawn > old.withdrawn {
            var unplanned = new.withdrawn - old.withdrawn
            for (former, shipment) in zip(before.shipments, shipments) where former != shipment {
                let kept = shipment.state == .cancelled ? 0 : shipment.quantity(of: new.lineID)
                let quantity = former.quantity(of: new.lineID) - kept
                guard quantity > 0 else { continue }
                unplanned -= quantity
                list.append(
                    .init(
                        lineID: new.lineID, quantity: quantity,
                        warehouse: before.isMoving(former) ? nil : shipment.warehouse)
                )
            }
            if unplanned > 0 { list.append(.init(lineID: new.lineID, quantity: unplanned)) }
        }
        return list
    }
}

extension Shipment {
    fileprivate func quantity(of lineID: String) -> Int64 {
        lines.reduce(0) { $0 + ($1.lineID == lineID ? $1.quantity : 0) }
    }
}
