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
    /// Computes and books the commission of a confirmed order that somebody has, or whose buyer is a distributor and
    /// paid by the plan; nothing where nobody earns.
    ///
    /// - Returns: A decision to wait when somebody has the order and no plan is known for it, else `nil`.
    mutating func accrue(given state: State<CommissionAggregate>, cause: String) -> Decision<CommissionChange>? {
        let placed = order.placed
        guard let version = state.plan(of: placed, keeping: order.plan) else {
            guard !order.chain.isEmpty else { return nil }
            return .waits(
                for: .plans, reason: "no plan in \(placed.currency) is known for \(placed.placedAt)",
                patience: .seconds(30))
        }
        let own = state.ownChain(of: placed, by: version.plan)
        let accrual = computeAccrual(
            of: placed, among: own?.links ?? order.chain, isOwnPurchase: own != nil, by: version.plan,
            number: Int64(order.accruals.count) + 1,
            commissionClass: { sku in state.item(sku).value(at: placed.placedAt) ?? nil })
        guard let accrual else { return nil }
        order.ownChain = own
        accrue(accrual, by: version.plan, cause: cause)
        return nil
    }
}
