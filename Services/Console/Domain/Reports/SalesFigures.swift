public import Contracts

/// What orders come to.
///
/// - Units: minor units of one currency.
public struct SalesFigures: Sendable, Equatable {
    public var orders: Int64
    /// Of all orders: the gross merchandise value.
    public var total: Int64
    /// Paid and not cancelled.
    public var soldOrders: Int64
    public var soldTotal: Int64
    public var cancelledOrders: Int64
    /// What buyers have paid.
    public var paid: Int64
    /// What has gone back to them.
    public var refunded: Int64
    public var partlyRefunded: Int64
    public var fullyRefunded: Int64

    public init(
        orders: Int64 = 0, total: Int64 = 0, soldOrders: Int64 = 0, soldTotal: Int64 = 0, cancelledOrders: Int64 = 0,
        paid: Int64 = 0, refunded: Int64 = 0, partlyRefunded: Int64 = 0, fullyRefunded: Int64 = 0
    ) {
        self.orders = orders
        self.total = total
        self.soldOrders = soldOrders
        self.soldTotal = soldTotal
        self.cancelledOrders = cancelledOrders
        self.paid = paid
        self.refunded = refunded
        self.partlyRefunded = partlyRefunded
        self.fullyRefunded = fullyRefunded
    }

    public static func += (sum: inout SalesFigures, other: SalesFigures) {
        sum.orders += other.orders
        sum.total += other.total
        sum.soldOrders += other.soldOrders
        sum.soldTotal += other.soldTotal
        sum.cancelledOrders += other.cancelledOrders
        sum.paid += other.paid
        sum.refunded += other.refunded
        sum.partlyRefunded += other.partlyRefunded
        sum.fullyRefunded += other.fullyRefunded
    }

    /// The figures of days, by period.
    public static func periods(
        of span: DaySpan, _ grain: Grain, _ days: [CivilDay: SalesFigures]
    ) -> [(span: DaySpan, figures: SalesFigures)] {
        span.periods(of: grain).map { period in
            (period, period.days.reduce(into: SalesFigures()) { $0 += days[$1] ?? SalesFigures() })
        }
    }

    public var paidRate: Int64? { Ratio.basisPoints(soldOrders, of: orders) }
    public var averageValue: Int64? { Ratio.average(soldTotal, soldOrders) }
    public var refundRate: Int64? { Ratio.basisPoints(refunded, of: paid) }
    public var refundedOrders: Int64 { partlyRefunded + fullyRefunded }
}
