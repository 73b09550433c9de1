import Contracts

/// What came of a wish to cancel.
enum CancelAnswer: Equatable {
    case cancelled
    /// Fulfilment was asked, now or before, and decides.
    case asked
    case refused(String)
}

extension OrderStep {
    /// The buyer's wish, told by the channel; where the platform has the money, it is the platform's.
    mutating func takeBuyersCancel(_ message: ChannelOrderCancel) {
        guard order.state != .cancelled else { return }
        let reason: CancelReason = order.terms.money == .platform ? .platform : .buyer
        let isKnown = order.requests.cancels.contains { $0.reason == reason && $0.requestedAt == message.requestedAt }
        guard !isKnown, case .refused(let why) = askCancel(reason, requestedAt: message.requestedAt) else { return }
        let request = request(reason, message.requestedAt, .refused)
        tell(OrderCancelRefused(orderID: orderID, requestID: request.requestID, reason: "the order \(why)"))
    }

    /// Cancels at once what is not confirmed; else asks fulfilment whether anything has left.
    mutating func askCancel(_ reason: CancelReason, requestedAt: Instant) -> CancelAnswer {
        if order.requests.pendingCancel != nil { return .asked }
        switch order.state.after(.cancelled) {
        case .ignored: return .refused("is cancelled already")
        case .refused(let why): return .refused(why)
        case .legal: break
        }
        guard order.confirmedAt != nil else {
            cancel(.cancelled, reason, owed: order.account.refundable)
            return .cancelled
        }
        let request = request(reason, requestedAt, .asked)
        tell(OrderCancelRequested(orderID: orderID, requestID: request.requestID, reason: reason.rawValue))
        return .asked
    }

    /// Fulfilment's one answer: to our question, or to a case.
    mutating func takeStop(_ fact: LinesStopped) {
        guard let asked = order.requests.pendingCancel, asked.requestID == fact.requestID else {
            guard fact.requestID.hasPrefix("\(orderID)-A") else { return }
            order.requests.withCase(fact.requestID) { $0.stopped = fact.stopped }
            return
        }
        let left = fact.dispatched.reduce(0) { $0 + $1.quantity }
        if left == 0, case .legal = order.state.after(.cancelled) {
            cancel(.cancelled, asked.reason, owed: order.account.refundable)
            return
        }
        order.requests.settleCancel(.refused)
        tell(
            OrderCancelRefused(
                orderID: orderID, requestID: asked.requestID, reason: "\(left) pieces of the order have left"))
    }

    /// The time to pay is over; what was paid so far goes back.
    mutating func timeOut() {
        guard !order.isCashOnDelivery else { return }
        cancel(.timedOut, .paymentTimeout, owed: order.account.refundable)
    }

    /// Nothing is left of an order whose every unit was refunded before it left.
    mutating func cancelWhenAllRefunded() {
        let refunded = order.refundedUnits
        guard !refunded.isEmpty, !order.goods.hasLeft,
            order.placed.lines.allSatisfy({ refunded[$0.lineID, default: 0] >= $0.quantity })
        else { return }
        cancel(.cancelled, .refunded, owed: 0)
    }

    /// Ends the order when the event may happen; money that a platform holds is not ours to return.
    mutating func cancel(_ event: OrderEvent, _ reason: CancelReason, owed: Int64) {
        let wasUnpaid = order.state == .pendingPayment
        guard move(event), order.state == .cancelled else { return }
        let refundDue = order.terms.money == .platform ? 0 : owed
        order.cancelReason = reason
        order.account.returned += refundDue
        order.requests.settleCancel(.cancelled)
        if wasUnpaid { cancel(.paymentTimeout) }
        tell(OrderCancelled(orderID: orderID, reason: reason, cancelledAt: now, refundDue: refundDue))
    }

    private mutating func request(
        _ reason: CancelReason, _ requestedAt: Instant, _ outcome: CancelRequest.Outcome
    ) -> CancelRequest {
        let request = CancelRequest(
            requestID: "\(orderID)-C\(order.requests.cancels.count + 1)", reason: reason, requestedAt: requestedAt,
            outcome: outcome)
        order.requests.cancels.append(request)
        return request
    }
}
