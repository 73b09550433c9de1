/// Where an order stands between the buyer's wish and its end.
///
/// - Source: DESIGN section 4, "Intake".
public enum OrderState: String, CaseIterable, Sendable {
    /// 待付款; a cash-on-delivery order stays here until it leaves.
    case pendingPayment = "pending-payment"
    /// 待发货.
    case paid
    case partiallyShipped = "partially-shipped"
    /// 已发货.
    case shipped
    case delivered
    /// 已完成.
    case completed
    /// 已取消.
    case cancelled
}

/// What inventory has said about the order's present reservation.
public enum StockStatus: String, CaseIterable, Sendable {
    case pending, reserved, backordered, rejected
}
