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
        var step = OrderStep(order, at: now, calendar: calendar)
        let refusal = refusal(of: command, on: &step, state)
        if refusal == nil { step.settle() }
        step.tell(command.answer(refusal))
        return step.decision
    }

    /// Does it and answers `nil`, or changes nothing and says why.
    private func refusal(
        of command: IntakeCommand, on step: inout OrderStep, _ state: State<IntakeAggregate>
    ) -> String? {
        switch command.wish {
        case .hold: return step.hold(command.head.reason)
        case .release: return step.release()
        case .cancel:
            guard case .refused(let why) = step.askCancel(.operator, requestedAt: command.head.issuedAt) else {
                return nil
            }
            return "the order \(why)"
        case .confirmReceipt:
            if step.complete() { return nil }
            return step.order.state.refusal(of: .completed) ?? "the order is completed already"
        case .note(let note):
            step.order.note = note
            return nil
        case .reassign(let memberID):
            return reassign(step: &step, to: memberID, because: command.head.reason, state)
        case .unavailable: return "not available yet"
        }
    }
}

extension OrderStep {
    fileprivate mutating func hold(_ reason: String) -> String? {
        guard order.hold == nil else { return "the order is held already" }
        guard move(.held) else { return order.state.refusal(of: .held) }
        order.hold = reason
        tell(OrderHeld(orderID: orderID, reason: reason, heldAt: now))
        return nil
    }

    fileprivate mutating func release() -> String? {
        guard let reason = order.hold else { return "the order is not held" }
        guard reason != unmatchedSkuHold else { return "a SKU of the order is not matched yet" }
        guard move(.released) else { return order.state.refusal(of: .released) }
        order.hold = nil
        if order.requests.platformHold == nil {
            tell(OrderReleased(orderID: orderID, reason: reason, releasedAt: now))
        }
        return nil
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
    /// - Parameter refusal: `nil` when it was carried out.
    func answer(_ refusal: String?) -> CommandAnswered {
        CommandAnswered(
            service: "intake", commandID: head.commandID, outcome: refusal == nil ? .accepted : .refused,
            reason: refusal, orderID: orderID)
    }
}
