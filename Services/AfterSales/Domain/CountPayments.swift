import Contracts

/// Puts money received into the refund account, once per payment.
///
/// Several facts may name one payment; the largest amount that was said of it counts.
func countShortPayment(
    _ short: PaymentShort, given state: State<AfterSalesAggregate>, at now: Instant
) -> Decision<AfterSalesChange> {
    guard let account = state.order(.order(short.orderID)) else { return .waits(forOrder: short.orderID) }
    var draft = OrderDraft(account, at: now)
    draft.count(short.paymentID, amount: short.amount)
    return draft.decision
}

/// `OrderPaid` names all that was paid: its own payment is what no other fact has named.
func countPayment(
    _ paid: OrderPaid, given state: State<AfterSalesAggregate>, at now: Instant
) -> Decision<AfterSalesChange> {
    guard let account = state.order(.order(paid.orderID)) else { return .waits(forOrder: paid.orderID) }
    var draft = OrderDraft(account, at: now)
    if !account.payments.contains(where: { $0.paymentID == paid.paymentID }) {
        let others = account.payments.reduce(0) { $0 + $1.amount - $1.excess }
        draft.count(paid.paymentID, amount: max(0, paid.amount - others))
    }
    if !account.isPaid { draft.change(.orderPaid(paid.orderID)) }
    return draft.decision
}

func reinstateOrder(
    _ reinstated: OrderReinstated, given state: State<AfterSalesAggregate>, at now: Instant
) -> Decision<AfterSalesChange> {
    guard let account = state.order(.order(reinstated.orderID)) else { return .waits(forOrder: reinstated.orderID) }
    var draft = OrderDraft(account, at: now)
    draft.count(reinstated.paymentID, amount: reinstated.amount)
    if account.isCancelled { draft.change(.orderReinstated(reinstated.orderID)) }
    return draft.decision
}

/// Money nobody owed goes back on the payment it came with.
func returnExcess(
    _ excess: PaymentExcess, given state: State<AfterSalesAggregate>, at now: Instant
) -> Decision<AfterSalesChange> {
    guard let account = state.order(.order(excess.orderID)) else { return .waits(forOrder: excess.orderID) }
    var draft = OrderDraft(account, at: now)
    let known = account.payments.first { $0.paymentID == excess.paymentID }?.excess ?? 0
    draft.count(excess.paymentID, amount: excess.amount, excess: excess.excess)
    draft.payBack(excess.excess - known, because: excess.reason, first: excess.paymentID)
    return draft.decision
}

extension OrderDraft {
    fileprivate mutating func count(_ paymentID: String, amount: Int64, excess: Int64 = 0) {
        let known = account.payments.first { $0.paymentID == paymentID }
        let payment = ReceivedPayment(
            paymentID: paymentID, amount: max(amount, known?.amount ?? 0), excess: max(excess, known?.excess ?? 0))
        if payment != known { change(.paymentCounted(orderID, payment)) }
    }
}
