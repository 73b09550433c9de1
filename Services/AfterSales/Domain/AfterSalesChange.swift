public import Contracts

/// What a decision changes; the pipeline applies it after the decision was made.
public enum AfterSalesChange: Sendable, Equatable {
    case channelSet(ChannelTerms)
    case itemSet(ItemPrice)
    case buyerAsked(BuyerHistory)
    case orderOpened(OrderAccount)
    /// What is known of one payment by now; replaces what was known before.
    case paymentCounted(OrderID, ReceivedPayment)
    case orderRevised(OrderRevised)
    case orderPaid(OrderID)
    case orderCancelled(OrderID)
    case orderReinstated(OrderID)
    /// Requests made later come too late.
    case orderCompleted(OrderID, afterSalesUntil: Instant)
    case dispatched(OrderID, [Dispatch])
    case delivered(OrderID, shipmentID: String)
    /// A new case, or a new state of one.
    case caseMoved(OrderID, AfterSalesCase)
    /// A new refund, or a new state of one.
    case refundMoved(OrderID, Refund)
    case noted(OrderID, CaseMessage)
    /// Nothing that was written may be kept.
    case threadsForgotten(OrderID)
    case earningsSet(OrderEarnings)
}

extension AfterSalesChange {
    /// Applies the change to what is loaded; total.
    public func apply(to state: inout State<AfterSalesAggregate>) {
        switch self {
        case .channelSet(let terms): state.set(.channel(terms.channel), .channel(terms))
        case .itemSet(let item): state.set(.item(item.sku), .item(item))
        case .earningsSet(let earnings): state.set(.earnings(earnings.orderID), .earnings(earnings))
        case .buyerAsked(let history): state.set(.buyer(history.buyerID), .buyer(history))
        case .orderOpened(let account): state.set(.order(account.orderID), .order(account))
        case .orderRevised(let revised):
            guard var account = state.order(.order(revised.orderID)) else { return }
            account.apply(self)
            state.set(.order(revised.orderID), .order(account))
        case .paymentCounted(let orderID, _), .orderPaid(let orderID), .orderCancelled(let orderID),
            .orderReinstated(let orderID), .orderCompleted(let orderID, _), .dispatched(let orderID, _),
            .delivered(let orderID, _),
            .caseMoved(let orderID, _), .refundMoved(let orderID, _), .noted(let orderID, _),
            .threadsForgotten(let orderID):
            guard var account = state.order(.order(orderID)) else { return }
            account.apply(self)
            state.set(.order(orderID), .order(account))
        }
    }
}

extension OrderAccount {
    /// Applies a change of this order.
    mutating func apply(_ change: AfterSalesChange) {
        switch change {
        case .channelSet, .itemSet, .buyerAsked, .orderOpened, .earningsSet: break
        case .paymentCounted(_, let payment): payments.put(payment) { $0.paymentID == payment.paymentID }
        case .orderRevised(let revised):
            placed = placed.revised(by: revised)
            isRevised = true
        case .orderPaid: isPaid = true
        case .orderCancelled: isCancelled = true
        case .orderReinstated:
            isCancelled = false
            isPaid = true
        case .orderCompleted(_, let until): afterSalesUntil = until
        case .dispatched(_, let pieces): dispatches += pieces
        case .delivered(_, let shipmentID):
            for index in dispatches.indices where dispatches[index].shipmentID == shipmentID {
                dispatches[index].isDelivered = true
            }
        case .caseMoved(_, let moved): cases.put(moved) { $0.caseID == moved.caseID }
        case .noted(_, let message): messages.append(message)
        case .threadsForgotten: messages = messages.map(\.forgotten)
        case .refundMoved(_, let moved): refunds.put(moved) { $0.refundID == moved.refundID }
        }
    }
}

extension Array {
    /// Replaces the first element that matches, or adds a new one at the end.
    fileprivate mutating func put(_ element: Element, where isSame: (Element) -> Bool) {
        if let index = firstIndex(where: isSame) { self[index] = element } else { append(element) }
    }
}
