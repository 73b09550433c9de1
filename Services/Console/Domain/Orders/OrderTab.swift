/// The views of the orders that everybody has ready.
///
/// - Source: issue "Console", Orders.
public enum OrderTab: String, CaseIterable, Sendable {
    /// 全部.
    case all
    /// 待付款; cash on delivery that may leave is none of them.
    case toPay = "to-pay"
    /// 待发货: confirmed, not shipped in full, nothing holds it.
    case toShip = "to-ship"
    /// 已发货, also what has arrived and is not completed.
    case shipped
    /// 售后中: a case is open.
    case afterSales = "after-sales"
    /// 挂起.
    case held
    /// 缺货.
    case outOfStock = "out-of-stock"
    /// 已完成.
    case completed
    /// 已取消.
    case cancelled

    /// Those that somebody has to do something about.
    public static let worked: [OrderTab] = [.toPay, .toShip, .afterSales, .held, .outOfStock]
}

/// By what a list of orders is sorted.
public enum OrderSort: String, CaseIterable, Sendable {
    case newest, oldest, amount

    /// Small values first.
    public var isAscending: Bool { self == .oldest }
}
