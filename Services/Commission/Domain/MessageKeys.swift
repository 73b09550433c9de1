public import Contracts

extension CommissionMessage {
    /// What must be loaded to decide this message.
    ///
    /// Where commission may be computed, plans and classes are named too. A confirmation may share its batch with the
    /// order's placing, so the placing names them as well.
    public func keys(given state: State<CommissionAggregate>) -> [Key] {
        switch self {
        case .placed(let order):
            return [.order(order.orderID)] + Self.references(of: order)
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
        return [key] + references(of: order.placed)
    }

    private static func references(of order: OrderPlaced) -> [Key] {
        order.historical || order.kind == .replacement ? [] : [.plans] + order.lines.map { .item($0.sku) }
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
