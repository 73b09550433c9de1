public import Contracts

/// What is said of an order: what the latest fact says counts, sums add up.
public struct OrderPatch: Sendable, Equatable {
    public let orderID: OrderID
    public var placed: OrderPlaced?
    /// Of its placing, in the business time zone.
    public var day: CivilDay?
    public var sums: OrderSums?
    public var state: OrderStage?
    public var stockStatus: StockStage?
    public var refundStatus: String?
    public var cancelReason: String?
    public var attribution: Change<Attribution?>?
    public var flag: Change<String?>?
    /// All holds there are, when somebody said so, and those that came since.
    public var holds: [String]?
    public var holdsAdded: [String] = []
    public var paid: Int64 = 0
    public var refunded: Int64?
    public var missing: Int64?
    public var warehouses: [String]?
    public var parcels: Int64?
    public var routingCost: Int64?
    public var paidAt: Instant?
    public var confirmedAt: Instant?
    public var shippedAt: Instant?
    public var deliveredAt: Instant?
    public var completedAt: Instant?
    public var afterSalesUntil: Instant?
    public var cancelledAt: Change<Instant?>?
    public var commission: CommissionSums?
    public var changedAt: Instant

    /// A value that was said, which may be that there is none.
    public struct Change<Value: Sendable & Equatable>: Sendable, Equatable {
        public let value: Value

        init(_ value: Value) { self.value = value }
    }

    init(_ orderID: OrderID, at: Instant) {
        self.orderID = orderID
        changedAt = at
    }

    mutating func add(_ later: OrderPatch) {
        placed = later.placed ?? placed
        day = later.day ?? day
        sums = later.sums ?? sums
        state = later.state ?? state
        stockStatus = later.stockStatus ?? stockStatus
        refundStatus = later.refundStatus ?? refundStatus
        cancelReason = later.cancelReason ?? cancelReason
        attribution = later.attribution ?? attribution
        flag = later.flag ?? flag
        if let all = later.holds {
            holds = all
            holdsAdded = later.holdsAdded
        } else {
            holdsAdded += later.holdsAdded.filter { !holdsAdded.contains($0) }
        }
        paid += later.paid
        refunded = later.refunded ?? refunded
        missing = later.missing ?? missing
        warehouses = later.warehouses ?? warehouses
        parcels = later.parcels ?? parcels
        routingCost = later.routingCost ?? routingCost
        addTimes(later)
        commission = commission.map { $0.adding(later.commission) } ?? later.commission
        changedAt = max(changedAt, later.changedAt)
    }

    private mutating func addTimes(_ later: OrderPatch) {
        paidAt = later.paidAt ?? paidAt
        confirmedAt = later.confirmedAt ?? confirmedAt
        shippedAt = later.shippedAt ?? shippedAt
        deliveredAt = later.deliveredAt ?? deliveredAt
        completedAt = later.completedAt ?? completedAt
        afterSalesUntil = later.afterSalesUntil ?? afterSalesUntil
        cancelledAt = later.cancelledAt ?? cancelledAt
    }
}

/// Where an order stands, in intake's words.
public enum OrderStage: String, CaseIterable, Sendable {
    case pendingPayment = "pending-payment"
    case paid
    case partiallyShipped = "partially-shipped"
    case shipped, delivered, completed, cancelled
}

/// What has become of an order's stock.
public enum StockStage: String, CaseIterable, Sendable {
    case pending, reserved, backordered, rejected
}

/// What a revision may change of an order's money.
public struct OrderSums: Sendable, Equatable {
    public let goodsTotal: Int64
    public let freight: Int64
    public let total: Int64
    public let receivable: Int64
}

/// What an order's commission leaves with the company, and by which plan.
public struct CommissionSums: Sendable, Equatable {
    public let planID: String
    public let planVersion: Int64
    public let companyShare: Int64
    public let remainder: Int64

    func adding(_ later: CommissionSums?) -> CommissionSums {
        guard let later else { return self }
        return CommissionSums(
            planID: later.planID, planVersion: later.planVersion, companyShare: companyShare + later.companyShare,
            remainder: remainder + later.remainder)
    }
}

/// What is said of one line of an order.
public struct LinePatch: Sendable, Equatable {
    public let orderID: OrderID
    public let lineID: String
    public var line: PlacedLine?
    public var refundedQuantity: Int64 = 0
    public var refundedAmount: Int64 = 0

    mutating func add(_ later: LinePatch) {
        line = later.line ?? line
        refundedQuantity += later.refundedQuantity
        refundedAmount += later.refundedAmount
    }
}
