/// What can happen to an order.
public enum OrderEvent: String, CaseIterable, Sendable {
    /// The sum is complete.
    case paid
    /// The time to pay is over.
    case timedOut
    /// Somebody calls the order off.
    case cancelled
    /// The sum came after the timeout.
    case reinstated
    case held, released
    /// The order may leave.
    case confirmed
    case stockReserved, stockBackordered, stockRejected
    /// A parcel has left, others have not.
    case partlyShipped
    /// All that will leave has left.
    case shipped
    /// All that has left has arrived.
    case delivered
    /// The buyer has the goods, or the time to say otherwise is over.
    case completed
    /// People change what it costs, where it goes, what a SKU of it is, how long the buyer has.
    case repriced, readdressed, matched, prolonged
    /// It is found to be another distributor's.
    case reattributed
}

/// What an event means in a state.
public enum OrderTransition: Sendable, Equatable {
    /// It may happen; the state is this one afterwards, often the same.
    case legal(OrderState)
    /// It has happened already, or no longer matters.
    case ignored
    /// It must not happen, because of this.
    case refused(String)
}

/// The one table of what may happen to an order: every state with every event.
///
/// - Source: DESIGN section 4, "Intake"; invariant I11: a cancelled order comes back by `reinstated` alone.
extension OrderState {
    public func after(_ event: OrderEvent) -> OrderTransition {
        switch self {
        case .pendingPayment, .paid: beforeLeaving(event)
        case .partiallyShipped: whilePartlyShipped(event)
        case .shipped, .delivered: afterLeaving(event)
        case .completed: afterCompletion(event)
        case .cancelled: afterCancellation(event)
        }
    }

    private func beforeLeaving(_ event: OrderEvent) -> OrderTransition {
        switch event {
        case .paid: self == .paid ? .ignored : .legal(.paid)
        case .timedOut: self == .paid ? .ignored : .legal(.cancelled)
        case .cancelled, .stockRejected: .legal(.cancelled)
        case .reinstated: .refused("is not cancelled")
        case .held, .released, .confirmed, .stockReserved, .stockBackordered: .legal(self)
        case .partlyShipped: .legal(.partiallyShipped)
        case .shipped: .legal(.shipped)
        case .delivered, .completed, .prolonged: .refused("has not left")
        case .repriced: self == .paid ? .refused("is paid") : .legal(self)
        case .readdressed, .matched, .reattributed: .legal(self)
        }
    }

    private func whilePartlyShipped(_ event: OrderEvent) -> OrderTransition {
        switch event {
        case .paid, .held, .released, .confirmed, .stockReserved, .partlyShipped, .reattributed: .legal(self)
        case .timedOut, .stockBackordered, .stockRejected: .ignored
        case .cancelled, .repriced, .readdressed, .matched: .refused("has left in part")
        case .reinstated: .refused("is not cancelled")
        case .shipped: .legal(.shipped)
        case .delivered, .completed, .prolonged: .refused("has left only in part")
        }
    }

    private func afterLeaving(_ event: OrderEvent) -> OrderTransition {
        switch event {
        // Money and stock may be told of late, as with cash on delivery; a hold that came too late can be lifted.
        case .paid, .released, .confirmed, .stockReserved, .reattributed, .prolonged: .legal(self)
        case .timedOut, .stockBackordered, .stockRejected, .partlyShipped, .shipped: .ignored
        case .cancelled, .held, .repriced, .readdressed, .matched: .refused("has left already")
        case .reinstated: .refused("is not cancelled")
        case .delivered: self == .delivered ? .ignored : .legal(.delivered)
        case .completed: .legal(.completed)
        }
    }

    private func afterCompletion(_ event: OrderEvent) -> OrderTransition {
        switch event {
        case .paid: .legal(.completed)
        case .cancelled, .held, .released, .repriced, .readdressed, .matched, .prolonged, .reattributed:
            .refused("is completed")
        case .reinstated: .refused("is not cancelled")
        case .timedOut, .confirmed, .stockReserved, .stockBackordered, .stockRejected, .partlyShipped, .shipped,
            .delivered, .completed:
            .ignored
        }
    }

    private func afterCancellation(_ event: OrderEvent) -> OrderTransition {
        switch event {
        case .reinstated: .legal(.paid)
        case .paid, .held, .released, .confirmed, .completed, .repriced, .readdressed, .matched, .prolonged,
            .reattributed:
            .refused("is cancelled")
        case .timedOut, .cancelled, .stockReserved, .stockBackordered, .stockRejected, .partlyShipped, .shipped,
            .delivered:
            .ignored
        }
    }
}
