import Contracts

extension IntakeRules {
    /// Carries out what an operator wants, or says why not; every command is answered.
    ///
    /// - Source: CONTRACTS section 4.
    func obey(
        _ command: IntakeCommand, given state: State<IntakeAggregate>, at now: Instant
    ) -> Decision<IntakeChange> {
        guard let order = state.order(.order(command.orderID)) else {
            return Decision(facts: [command.answer("the order is unknown")])
        }
        guard !order.handling.commandIDs.contains(command.head.commandID) else { return .nothing }
        var step = OrderStep(order, at: now, calendar: calendar)
        let refusal = refusal(of: command, on: &step, state)
        if refusal == nil { step.settle() }
        step.order.handling.remember(command.head.commandID)
        step.tell(command.answer(refusal, remark: step.remark))
        return step.decision
    }

    /// Does it and answers `nil`, or changes nothing and says why.
    private func refusal(
        of command: IntakeCommand, on step: inout OrderStep, _ state: State<IntakeAggregate>
    ) -> String? {
        switch command.wish {
        case .hold: return step.holdByHand(command.head.reason)
        case .release(let kind): return step.releaseByHand(kind)
        case .cancel:
            guard case .refused(let why) = step.askCancel(.operator, requestedAt: command.head.issuedAt) else {
                return nil
            }
            return "the order \(why)"
        case .confirmReceipt: return confirmReceipt(on: &step, state)
        case .note(let note):
            step.order.note = note
            return nil
        case .flag(let flag):
            step.flag(flag, by: command.head.actor)
            return nil
        case .reassign(let memberID): return reassign(step: &step, to: memberID, by: command.head, state)
        case .confirmPayment(let command): return step.confirmPayment(command)
        case .changePrice(let command): return step.changePrice(command)
        case .resend(let command): return step.resend(command)
        case .changeAddress(let command): return changeAddress(command, on: &step, state)
        case .extendReceipt(let days): return step.extendReceipt(byDays: days)
        case .matchSku(let command): return matchSku(command, on: &step, state)
        case .blockBuyer(let command): return step.blockBuyer(command, state.buyer(command.buyerID))
        case .eraseBuyer(let command): return eraseBuyer(command, on: &step, state)
        }
    }

    private func confirmReceipt(on step: inout OrderStep, _ state: State<IntakeAggregate>) -> String? {
        guard step.order.terms.clocks == .own else { return "the platform says when the goods are received" }
        guard case .legal = step.order.state.after(.completed) else {
            return step.order.state.refusal(of: .completed) ?? "the order is completed already"
        }
        step.reattribute(by: self, Acquaintance(state))
        step.complete()
        return nil
    }
}

extension OrderStep {
    fileprivate mutating func flag(_ flag: String?, by actor: String) {
        guard order.flag != flag else { return }
        order.flag = flag
        tell(OrderFlagged(orderID: orderID, flag: flag, actor: actor, flaggedAt: now))
    }
}

extension OrderState {
    /// Why an event must not happen; `nil` when it may.
    func refusal(of event: OrderEvent) -> String? {
        guard case .refused(let why) = after(event) else { return nil }
        return "the order \(why)"
    }
}

extension IntakeCommand {
    /// - Parameters:
    ///   - refusal: `nil` when it was carried out.
    ///   - remark: What is to be known about what was carried out.
    func answer(_ refusal: String?, remark: String? = nil) -> CommandAnswered {
        CommandAnswered(
            service: "intake", commandID: head.commandID, outcome: refusal == nil ? .accepted : .refused,
            reason: refusal ?? remark, orderID: orderID)
    }
}
