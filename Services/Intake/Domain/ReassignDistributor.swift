import Contracts

extension IntakeRules {
    /// Gives the order to another distributor, or to none; until it is over, and for good.
    ///
    /// - Returns: Why not, or `nil`.
    func reassign(
        step: inout OrderStep, to memberID: String?, by head: CommandHead, _ state: State<IntakeAggregate>
    ) -> String? {
        let order = step.order
        guard case .legal = order.state.after(.reattributed), !order.placed.historical else {
            return "the order is over"
        }
        guard memberID != order.attribution?.memberID else { return "the order belongs there already" }
        var attribution: Attribution?
        if let memberID {
            let placed = order.placed
            let upline = upline(of: memberID, for: placed.buyerID, at: placed.placedAt, Acquaintance(state))
            if let why = upline.refusal { return "member \(memberID) \(why)" }
            let former = order.attribution.map {
                Contender(memberID: $0.memberID, kind: $0.kind, reason: "had the order before")
            }
            attribution = Attribution(
                memberID: memberID, kind: .operator, chain: upline.chain, reason: head.reason,
                contest: former.map { [$0] } ?? [])
        }
        step.order.attribution = attribution
        step.order.handling.corrections.append(
            AttributionCorrection(
                commandID: head.commandID, actor: head.actor, reason: head.reason, at: step.now,
                before: order.attribution, after: attribution))
        step.tell(
            OrderAttributionChanged(
                orderID: order.orderID, attribution: attribution, reason: head.reason, former: order.attribution,
                actor: head.actor, changedAt: step.now))
        return nil
    }
}
