import Contracts

/// Carries out what an operator wants of a case, or says why not.
func obey(
    _ command: CaseCommand, given state: State<AfterSalesAggregate>, at now: Instant
) -> Decision<AfterSalesChange> {
    guard let account = state.order(.order(command.orderID)) else {
        return command.refused("order \(command.orderID) is not known")
    }
    guard let wanted = account.findCase(command.caseID) else {
        return command.refused("\(command.caseID) is no case of this order")
    }
    guard !account.followsPlatform || command.decidesNothing else {
        return command.refused("the platform decides the cases of this order")
    }
    var draft = OrderDraft(account, at: now)
    let earnings = state.earnings(account.orderID)
    if let refusal = draft.obey(command, on: wanted, earnings) { return command.refused(refusal) }
    draft.tell(command.answer(.accepted, because: nil))
    return draft.decision
}

extension CaseCommand {
    /// Goods come back, and people write, whoever decides about the money.
    fileprivate var decidesNothing: Bool {
        switch self {
        case .receive, .inspect, .note: true
        case .approve, .reject, .close, .extend, .appeal, .chargeFreight, .pause, .resume: false
        }
    }

    fileprivate func answer(_ outcome: CommandOutcome, because reason: String?) -> CommandAnswered {
        CommandAnswered(
            service: "after-sales", commandID: head.commandID, outcome: outcome, reason: reason, orderID: orderID)
    }

    fileprivate func refused(_ reason: String) -> Decision<AfterSalesChange> {
        Decision(facts: [answer(.refused, because: reason)])
    }
}

extension OrderDraft {
    /// Answers why the command is refused; `nil` when it was carried out.
    fileprivate mutating func obey(
        _ command: CaseCommand, on wanted: AfterSalesCase, _ earnings: OrderEarnings?
    ) -> String? {
        switch command {
        case .approve(let command): return approve(wanted, asked: command)
        case .reject(let command):
            guard [.requested, .approved, .received, .inspected].contains(wanted.state) else { return wanted.tooLate }
            if wanted.kind.isReplaced, wanted.state != .requested { return wanted.tooLate }
            reject(wanted, because: command.reason, by: command.actor)
            return nil
        case .receive(let command): return receive(wanted, command)
        case .inspect(let command):
            guard !wanted.isInspected, account.takesGoods(of: wanted) else { return wanted.tooLate }
            do throws(Fault) { try inspect(wanted, command.inspection(at: now)) } catch { return "\(error)" }
            return nil
        case .close:
            guard [.approved, .goodsInTransit].contains(wanted.state) else { return wanted.tooLate }
            close(wanted, as: .closed, .expired)
            return nil
        case .extend(let command): return extend(wanted, command)
        case .appeal(let command): return appeal(wanted, command, earnings)
        case .chargeFreight(let command): return charge(wanted, command)
        case .note(let command):
            return note(
                wanted.caseID, by: .merchant, messageID: command.head.commandID, actor: command.actor,
                text: command.text, command.attachments, at: now)
        case .pause(let command): return pause(wanted, command)
        case .resume(let command): return resume(wanted, command)
        }
    }

    private mutating func approve(_ wanted: AfterSalesCase, asked command: ApproveCase) -> String? {
        guard wanted.state == .requested || wanted.isDisputed else { return wanted.tooLate }
        guard wanted.kind == .return || wanted.isMoneyOnly || wanted.stop != .awaited else {
            return "fulfilment has not yet said what of the goods has left"
        }
        guard !wanted.kind.isReplaced || wanted.replacement?.isReserved == true else {
            return "the goods to be sent are not set aside yet"
        }
        guard !wanted.kind.isReplaced || command.amount == nil else {
            return "an \(wanted.kind.rawValue) has no amount to decide"
        }
        var granted = wanted
        if let amount = command.amount {
            granted.asked = nil
            let limit = affordableShares(of: granted).total
            guard amount >= 0, amount <= limit else { return "\(amount) is not within 0 to \(limit)" }
            granted.asked = amount
        }
        if wanted.isDisputed {
            settle(granted, because: "approved")
            return nil
        }
        approve(granted, rule: nil, by: command.actor)
        return nil
    }

    private mutating func receive(_ wanted: AfterSalesCase, _ command: ReceiveGoods) -> String? {
        guard account.takesGoods(of: wanted), !wanted.isCommitted, wanted.state != .received else {
            return wanted.tooLate
        }
        var came: [LineQuantity] = []
        for item in wanted.items where item.quantity > 0 {
            let quantity = command.lines.reduce(0) { $0 + ($1.lineID == item.lineID ? $1.quantity : 0) }
            let pieces = command.lines.isEmpty ? item.quantity : quantity
            if pieces > 0 { came.append(LineQuantity(lineID: item.lineID, sku: item.sku, quantity: pieces)) }
        }
        guard !came.isEmpty else { return "lists no pieces of the case" }
        var received = wanted
        received.state = .received
        move(received)
        tell(
            CaseGoodsReceived(
                orderID: orderID, caseID: wanted.caseID, warehouse: command.warehouse, lines: came, receivedAt: now))
        return nil
    }
}

extension AfterSalesCase {
    var tooLate: String { "the case is \(state.rawValue)" }
}

extension InspectGoods {
    fileprivate func inspection(at now: Instant) -> WarehouseInspection {
        WarehouseInspection(
            caseID: caseID, warehouse: warehouse,
            lines: lines.map {
                WarehouseInspection.Line(
                    lineID: $0.lineID, quantity: $0.quantity,
                    outcome: WarehouseInspection.Line.Outcome(rawValue: $0.outcome.rawValue) ?? .scrap,
                    liability: $0.liability)
            },
            inspectedAt: now)
    }
}
