public import Contracts

/// What intake decides about each message, and what it has to know for that.
///
/// - Source: DESIGN section 4, "Intake".
public struct IntakeRules: Sendable {
    /// Channels and what they refer to usually come within this time.
    static let referencePatience = Duration.seconds(30)
    let calendar: BusinessCalendar
    /// `nil` where rules are only checked by hand: no personal data is told then.
    let privacy: PrivacyTerms?

    public init(calendar: BusinessCalendar, privacy: PrivacyTerms? = nil) {
        self.calendar = calendar
        self.privacy = privacy
    }

    public func decide(
        _ message: IntakeMessage, given state: State<IntakeAggregate>, at now: Instant
    ) throws(Fault) -> Decision<IntakeChange> {
        switch message {
        case .order(let order): return try placeOrder(order, given: state, at: now)
        case .snapshot(let snapshot): return try followSnapshot(snapshot, given: state, at: now)
        case .command(let command): return obey(command, given: state, at: now)
        case .replacementRequested(let wish): return try placeReplacement(wish, given: state, at: now)
        case .visit(let visit): return noteVisit(visit, given: state, at: now)
        case .reference(let record): return keepReference(record, given: state, at: now)
        default: break
        }
        guard let key = message.orderKey else { return .nothing }
        guard let order = state.order(key) else {
            return message.needsNoOrder ? .nothing : .waits(for: key, reason: "\(key) has not come")
        }
        if case .timer(.eraseBuyer, _) = message { return goOnErasing(order, given: state, at: now) }
        var step = OrderStep(order, at: now, calendar: calendar)
        if message.mayComplete(order) { step.reattribute(by: self, Acquaintance(state)) }
        try step.take(message)
        step.settle()
        step.join(followCase(message, order, given: state, at: now))
        step.join(try followReplacement(message, of: order, given: state, at: now))
        return step.decision
    }
}

extension IntakeMessage {
    /// The one order it is about, under the name that the message knows.
    var orderKey: Key? {
        switch self {
        case .order(let order): .external(order.channel, order.externalOrderID)
        case .snapshot(let snapshot): .external(snapshot.order.channel, snapshot.order.externalOrderID)
        case .payment(let payment, _): .external(payment.channel, payment.externalOrderID)
        case .cancel(let cancel): .external(cancel.channel, cancel.externalOrderID)
        case .received(let received): .external(received.channel, received.externalOrderID)
        case .stockReserved(let fact): .order(fact.orderID)
        case .stockBackordered(let fact): .order(fact.orderID)
        case .stockRejected(let fact): .order(fact.orderID)
        case .dispatched(let fact): .order(fact.orderID)
        case .delivered(let fact): .order(fact.orderID)
        case .returned(let fact): .order(fact.orderID)
        case .linesStopped(let fact): .order(fact.orderID)
        case .caseOpened(let fact): .order(fact.orderID)
        case .replacementRequested(let fact): .order(fact.orderID)
        case .caseApproved(let fact): .order(fact.orderID)
        case .caseRejected(let fact): .order(fact.orderID)
        case .updateAnswered(let result): .order(ofUpdate: result.updateID)
        case .caseEnded(let orderID, _): .order(orderID)
        case .caseRefunded(let fact): .order(fact.orderID)
        case .refundSettled(let fact): .order(fact.orderID)
        case .command(let command): .order(command.orderID)
        case .timer(_, let orderID): .order(orderID)
        case .reference, .visit: nil
        }
    }

    /// Nothing would come of it even if its order were there.
    var needsNoOrder: Bool {
        if case .payment(let payment, _) = self { return payment.status == .failed }
        if case .timer = self { return true }
        return false
    }
}

extension OrderStep {
    /// What a message about one existing order does to it.
    mutating func take(_ message: IntakeMessage) throws(Fault) {
        switch message {
        case .payment(let payment, let sentAt): try countPayment(payment, sentAt: sentAt)
        case .cancel(let cancel): takeBuyersCancel(cancel)
        case .received(let received): order.receivedAt = order.receivedAt ?? received.receivedAt
        case .stockReserved(let fact): reserve(fact)
        case .stockBackordered(let fact): backorder(fact)
        case .stockRejected(let fact): reject(fact)
        case .dispatched(let fact): noteDispatch(fact)
        case .delivered(let fact): noteDelivery(fact)
        case .returned(let fact): noteReturn(fact)
        case .linesStopped(let fact): takeStop(fact)
        case .caseOpened(let fact): openCase(fact)
        case .caseApproved(let fact):
            writeBack(
                .approved, of: fact.caseID, amount: fact.amount, because: fact.rule, by: fact.by, at: fact.approvedAt)
        case .caseRejected(let fact):
            endCase(fact.caseID)
            writeBack(.rejected, of: fact.caseID, amount: 0, because: fact.reason, by: fact.by, at: fact.rejectedAt)
        case .updateAnswered(let result): try hear(result)
        case .caseEnded(_, let caseID): endCase(caseID)
        case .caseRefunded(let fact): noteRefund(fact)
        case .refundSettled(let fact): noteRefund(fact)
        case .timer(.paymentTimeout, _): timeOut()
        case .timer(.autoReceipt, _): receiveByTime()
        case .timer(.eraseBuyer, _), .order, .snapshot, .command, .reference, .visit, .replacementRequested: break
        }
    }
}
