import Contracts

extension IntakeRules {
    /// Gives the order to another distributor, or to none; until it is over.
    ///
    /// - Returns: Why not, or `nil`.
    func reassign(
        step: inout OrderStep, to memberID: String?, because reason: String, _ state: State<IntakeAggregate>
    ) -> String? {
        let order = step.order
        guard order.state != .completed, order.state != .cancelled else { return "the order is over" }
        guard memberID != order.attribution?.memberID else { return "the order belongs there already" }
        var attribution: Attribution?
        if let memberID {
            switch upline(of: memberID, for: order.placed.buyerID, at: order.placed.placedAt, state) {
            case .refused(let why): return "member \(memberID) \(why)"
            case .chain(let chain):
                let former = order.attribution.map {
                    Contender(memberID: $0.memberID, kind: $0.kind, reason: "had the order before")
                }
                attribution = Attribution(
                    memberID: memberID, kind: .operator, chain: chain, reason: reason,
                    contest: former.map { [$0] } ?? [])
            }
        }
        step.order.attribution = attribution
        step.tell(OrderAttributionChanged(orderID: order.orderID, attribution: attribution, reason: reason))
        return nil
    }
}
