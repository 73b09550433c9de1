public import Contracts

extension CommissionMessage {
    /// What must be loaded to decide this message.
    ///
    /// Where commission may be computed, plans and classes are named too, and the buyer with its upline where the plan
    /// asks for it. A confirmation may share its batch with the order's placing, so the placing names them as well.
    public func keys(given state: State<CommissionAggregate>) -> [Key] {
        switch self {
        case .placed(let order):
            return [.order(order.orderID)] + Self.references(of: order, keeping: nil, state)
        case .confirmed(let confirmed): return Self.keysForAccrual(confirmed.orderID, state)
        case .attributionChanged(let changed): return Self.keysForAccrual(changed.orderID, state)
        case .reinstated(let reinstated): return [.order(reinstated.orderID)]
        case .revised(let revised): return Self.keysForAccrual(revised.orderID, state)
        case .cancelled(let cancelled): return [.order(cancelled.orderID)]
        case .completed(let completed): return [.order(completed.orderID)]
        case .caseOpened(let orderID, _), .caseEnded(let orderID, _), .maturityDue(let orderID):
            return [.order(orderID)]
        case .caseRefunded(let refunded): return [.order(refunded.orderID)]
        case .plan, .planEnded: return [.plans]
        case .item(let item, _): return [.item(item.sku)]
        case .member(let member, _): return [.member(member.memberID)]
        case .memberEnded(let memberID, _): return [.member(memberID)]
        case .command(let command): return command.keys(given: state)
        case .payoutResult(let result):
            let payout = Key.payout(result.payoutID)
            guard state.isLoaded(payout), let known = state.payout(result.payoutID) else { return [payout] }
            return [payout, .account(known.memberID)]
        case .suspicion(let suspicion): return [.order(suspicion.orderID)]
        case .settlementDue(let name): return [.settlement(name), .account(name.memberID), .plans]
        case .ignored: return []
        }
    }

    private static func keysForAccrual(_ orderID: OrderID, _ state: State<CommissionAggregate>) -> [Key] {
        let key = Key.order(orderID)
        guard state.isLoaded(key), let order = state.order(orderID) else { return [key] }
        return [key] + references(of: order.placed, keeping: order.plan, state)
    }

    private static func references(
        of order: OrderPlaced, keeping kept: OrderPlan?, _ state: State<CommissionAggregate>
    ) -> [Key] {
        guard !order.historical, order.kind != .replacement else { return [] }
        let references = [.plans] + order.lines.map { Key.item($0.sku) }
        guard state.isLoaded(.plans), state.plans.mayShift, let plan = state.plan(of: order, keeping: kept)?.plan
        else { return references }
        return references + state.keysOfOwnChain(of: order, by: plan)
    }
}

extension State<CommissionAggregate> {
    /// Puts down that there is nothing of what a message needs and nobody has loaded.
    mutating func loadNothing(for message: CommissionMessage) {
        // What a key leads to may name further keys, at most those of an upline.
        for _ in 0..<16 {
            let missing = message.keys(given: self).filter { !isLoaded($0) }
            guard !missing.isEmpty else { return }
            for key in missing { load(key, nil) }
        }
    }
}

extension CommissionCommand {
    fileprivate func keys(given state: State<CommissionAggregate>) -> [Key] {
        let own: [Key] =
            switch self {
            case .settlePeriod(let command): [.closing(command.head.commandID)]
            case .requestPayout(let command): [.plans, .balance(command.memberID)]
            case .approvePayout(let command): [.payout(command.payoutID), .balance(command.memberID)]
            case .rejectPayout(let command): [.payout(command.payoutID)]
            case .adjust(let command): [.adjustment(command.memberID, command.adjustmentID)]
            case .approveAdjustment(let command): [.adjustment(command.memberID, command.adjustmentID)]
            case .rejectAdjustment(let command): [.adjustment(command.memberID, command.adjustmentID)]
            case .disputeEntry, .answerDispute, .releaseEntry: orderID.map { [.order($0)] } ?? []
            case .recordPayee, .verifyPayee, .erasePayee: []
            }
        return [.member(memberID), .account(memberID)] + own
    }
}
