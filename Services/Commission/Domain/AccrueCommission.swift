import Contracts

/// A confirmed order pays commission, frozen until it is completed; once for ever.
///
/// - Source: DESIGN section 4, "Commission", life.
func accrueCommission(
    _ confirmed: OrderConfirmed, given state: State<CommissionAggregate>, at now: Instant
) -> Decision<CommissionChange> {
    guard var order = state.order(confirmed.orderID) else { return waitForOrder(confirmed.orderID) }
    guard !order.isExempt, order.confirmedAt == nil, order.cancelledAt == nil else { return .nothing }
    order.confirmedAt = confirmed.confirmedAt
    var books = OrderBooks(order, at: now)
    if let wait = books.accrue(given: state, cause: "confirmed") { return wait }
    return books.decision
}

extension OrderBooks {
    /// Computes and books the commission of a confirmed order that has a distributor; nothing where nobody earns.
    ///
    /// - Returns: A decision to wait when no plan is known for the order, else `nil`.
    mutating func accrue(given state: State<CommissionAggregate>, cause: String) -> Decision<CommissionChange>? {
        guard let attribution = order.attribution, !attribution.chain.isEmpty else { return nil }
        let placed = order.placed
        let kept = order.plan.flatMap { state.plans.version(named: $0.name) }
        guard let version = kept ?? state.plans.inForce(at: placed.placedAt, currency: placed.currency) else {
            return .waits(
                for: .plans, reason: "no plan in \(placed.currency) is known for \(placed.placedAt)",
                patience: .seconds(30))
        }
        let accrual = computeAccrual(
            of: placed, for: attribution, by: version.plan, number: Int64(order.accruals.count) + 1,
            commissionClass: { sku in state.item(sku).value(at: placed.placedAt) ?? nil })
        if let accrual { accrue(accrual, by: version.plan, cause: cause) }
        return nil
    }
}
