public import Contracts

/// What of an order changes, as its row keeps it; reading a row makes an `Order` out of both.
public struct StoredOrder: Sendable {
    public let state: OrderState
    public let stock: StockStatus
    public let reservation: Int64
    public let holds: [OrderHold]
    public let attribution: Attribution?
    public let claims: AttributionClaims?
    public let payments: [OrderPayment]
    public let returned: Int64
    public let refunds: [OrderRefund]
    public let goods: OrderGoods
    public let requests: OrderRequests
    public let receipt: ReceiptClock
    public let cancelReason: CancelReason?
    public let confirmedAt: Instant?
    public let reinstatedAt: Instant?
    public let receivedAt: Instant?
    public let completedAt: Instant?
    public let note: String?
    public let flag: String?
    public let handling: OrderHandling
    public let updates: [ChannelUpdate]

    public init(
        state: OrderState, stock: StockStatus, reservation: Int64, holds: [OrderHold], attribution: Attribution?,
        claims: AttributionClaims?, payments: [OrderPayment], returned: Int64, refunds: [OrderRefund],
        goods: OrderGoods, requests: OrderRequests,
        receipt: ReceiptClock, cancelReason: CancelReason?, confirmedAt: Instant?, reinstatedAt: Instant?,
        receivedAt: Instant?, completedAt: Instant?, note: String?, flag: String?,
        handling: OrderHandling, updates: [ChannelUpdate]
    ) {
        self.state = state
        self.stock = stock
        self.reservation = reservation
        self.holds = holds
        self.attribution = attribution
        self.claims = claims
        self.payments = payments
        self.returned = returned
        self.refunds = refunds
        self.goods = goods
        self.requests = requests
        self.receipt = receipt
        self.cancelReason = cancelReason
        self.confirmedAt = confirmedAt
        self.reinstatedAt = reinstatedAt
        self.receivedAt = receivedAt
        self.completedAt = completedAt
        self.note = note
        self.flag = flag
        self.handling = handling
        self.updates = updates
    }
}

extension Order {
    /// An order as it stood in the tables.
    public init(
        placed: OrderPlaced, terms: ChannelTerms, contentHash: Int64, decidedAt: Instant, stored: StoredOrder
    ) {
        self.placed = placed
        self.terms = terms
        self.contentHash = contentHash
        self.decidedAt = decidedAt
        state = stored.state
        stock = stored.stock
        reservation = stored.reservation
        holds = stored.holds
        attribution = stored.attribution
        claims = stored.claims
        account = OrderAccount(
            total: placed.total, payments: stored.payments, returned: stored.returned, refunds: stored.refunds)
        goods = stored.goods
        requests = stored.requests
        receipt = stored.receipt
        cancelReason = stored.cancelReason
        confirmedAt = stored.confirmedAt
        reinstatedAt = stored.reinstatedAt
        receivedAt = stored.receivedAt
        completedAt = stored.completedAt
        note = stored.note
        flag = stored.flag
        handling = stored.handling
        updates = stored.updates
        storedPayments = stored.payments.count
    }
}
