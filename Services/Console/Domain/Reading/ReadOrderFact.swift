import Contracts

/// What intake says of an order.
func readOrderFact(
    _ type: String, _ body: JSONObject, at: Instant, calendar: BusinessCalendar
) throws(Fault) -> [ReadRow] {
    switch type {
    case OrderPlaced.type: readPlaced(try OrderPlaced(body), at: at, calendar)
    case OrderRevised.type: readRevised(try OrderRevised(body), at: at)
    case OrderPaid.type, PaymentShort.type, OrderReinstated.type: [.order(try readPayment(type, body, at: at))]
    case OrderHeld.type, OrderReleased.type: [.order(try readHold(type, body, at: at))]
    case OrderConfirmed.type: [.order(confirmed(try OrderConfirmed(body), at: at))]
    case OrderPartiallyShipped.type, OrderShipped.type, OrderDelivered.type, OrderCompleted.type, OrderCancelled.type:
        [.order(try readProgress(type, body, at: at))]
    case OrderRefundStatusChanged.type:
        [.order(refunded(try OrderRefundStatusChanged(body), at: at))]
    case OrderAttributionChanged.type:
        [.order(attributed(try OrderAttributionChanged(body), at: at))]
    case OrderFlagged.type: [.order(flagged(try OrderFlagged(body), at: at))]
    default: []
    }
}

private func readPlaced(_ placed: OrderPlaced, at: Instant, _ calendar: BusinessCalendar) -> [ReadRow] {
    var patch = OrderPatch(placed.orderID, at: at)
    patch.placed = placed
    patch.day = calendar.day(of: placed.placedAt)
    patch.state = placed.historical ? .completed : .pendingPayment
    if placed.historical { patch.completedAt = at }
    patch.attribution = .init(placed.attribution)
    return [.order(patch)] + lines(placed.lines, of: placed.orderID)
}

private func readRevised(_ revised: OrderRevised, at: Instant) -> [ReadRow] {
    var patch = OrderPatch(revised.orderID, at: at)
    patch.sums = OrderSums(
        goodsTotal: revised.goodsTotal, freight: revised.freight, total: revised.total, receivable: revised.receivable)
    return [.order(patch)] + lines(revised.lines, of: revised.orderID)
}

private func lines(_ lines: [PlacedLine], of orderID: OrderID) -> [ReadRow] {
    lines.map { .line(LinePatch(orderID: orderID, lineID: $0.lineID, line: $0)) }
}

private func readPayment(_ type: String, _ body: JSONObject, at: Instant) throws(Fault) -> OrderPatch {
    switch type {
    case OrderPaid.type:
        let paid = try OrderPaid(body)
        var patch = OrderPatch(paid.orderID, at: at)
        patch.state = .paid
        patch.paid = paid.amount
        patch.paidAt = paid.paidAt
        patch.missing = 0
        return patch
    case OrderReinstated.type:
        let reinstated = try OrderReinstated(body)
        var patch = OrderPatch(reinstated.orderID, at: at)
        patch.state = .paid
        patch.stockStatus = .pending
        patch.paid = reinstated.amount
        patch.paidAt = reinstated.reinstatedAt
        patch.cancelledAt = .init(nil)
        return patch
    default:
        let short = try PaymentShort(body)
        var patch = OrderPatch(short.orderID, at: at)
        patch.missing = short.missing
        return patch
    }
}

private func readHold(_ type: String, _ body: JSONObject, at: Instant) throws(Fault) -> OrderPatch {
    if type == OrderHeld.type {
        let held = try OrderHeld(body)
        var patch = OrderPatch(held.orderID, at: at)
        patch.holdsAdded = [held.hold.rawValue]
        return patch
    }
    let released = try OrderReleased(body)
    var patch = OrderPatch(released.orderID, at: at)
    patch.holds = released.remaining
    return patch
}

private func confirmed(_ confirmed: OrderConfirmed, at: Instant) -> OrderPatch {
    var patch = OrderPatch(confirmed.orderID, at: at)
    patch.confirmedAt = confirmed.confirmedAt
    patch.stockStatus = .reserved
    patch.warehouses = confirmed.allocations.map(\.warehouse)
    return patch
}

private func readProgress(_ type: String, _ body: JSONObject, at: Instant) throws(Fault) -> OrderPatch {
    switch type {
    case OrderPartiallyShipped.type:
        let shipped = try OrderPartiallyShipped(body)
        var patch = OrderPatch(shipped.orderID, at: at)
        patch.state = .partiallyShipped
        return patch
    case OrderShipped.type:
        let shipped = try OrderShipped(body)
        var patch = OrderPatch(shipped.orderID, at: at)
        patch.state = .shipped
        patch.shippedAt = shipped.shippedAt
        return patch
    case OrderDelivered.type:
        let delivered = try OrderDelivered(body)
        var patch = OrderPatch(delivered.orderID, at: at)
        patch.state = .delivered
        patch.deliveredAt = delivered.deliveredAt
        return patch
    case OrderCompleted.type:
        let completed = try OrderCompleted(body)
        var patch = OrderPatch(completed.orderID, at: at)
        patch.state = .completed
        patch.completedAt = completed.completedAt
        patch.afterSalesUntil = completed.afterSalesUntil
        return patch
    default:
        let cancelled = try OrderCancelled(body)
        var patch = OrderPatch(cancelled.orderID, at: at)
        patch.state = .cancelled
        patch.cancelReason = cancelled.reason.rawValue
        patch.cancelledAt = .init(cancelled.cancelledAt)
        patch.holds = []
        return patch
    }
}

private func refunded(_ changed: OrderRefundStatusChanged, at: Instant) -> OrderPatch {
    var patch = OrderPatch(changed.orderID, at: at)
    patch.refundStatus = changed.status.rawValue
    patch.refunded = changed.refunded
    return patch
}

private func attributed(_ changed: OrderAttributionChanged, at: Instant) -> OrderPatch {
    var patch = OrderPatch(changed.orderID, at: at)
    patch.attribution = .init(changed.attribution)
    return patch
}

private func flagged(_ flagged: OrderFlagged, at: Instant) -> OrderPatch {
    var patch = OrderPatch(flagged.orderID, at: at)
    patch.flag = .init(flagged.flag)
    return patch
}
