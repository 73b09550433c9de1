import IntakeDomain

extension Order {
    /// The order as it is after it was read from its tables.
    var asLoaded: Order {
        Order(
            placed: placed, terms: terms, contentHash: contentHash, decidedAt: decidedAt,
            stored: StoredOrder(
                state: state, stock: stock, reservation: reservation, hold: hold, attribution: attribution,
                payments: account.payments, returned: account.returned, refunds: account.refunds, goods: goods,
                requests: requests, receipt: receipt, cancelReason: cancelReason, confirmedAt: confirmedAt,
                reinstatedAt: reinstatedAt, receivedAt: receivedAt, completedAt: completedAt, note: note))
    }
}

extension IntakeAggregate {
    var asLoaded: IntakeAggregate {
        if case .order(let order) = self { .order(order.asLoaded) } else { self }
    }
}
