public import Contracts

/// One order of the mall from its arrival to its end.
///
/// - Shape: names, phones and addresses are not here, see `Parties`.
/// - Source: DESIGN section 4, "Intake".
public struct Order: Sendable, Equatable {
    /// As it was told when it came, with what people or its platform have revised since.
    public internal(set) var placed: OrderPlaced
    public let terms: ChannelTerms
    /// Tells a repetition of the channel's message from another order under the same name; payments are not in it.
    public internal(set) var contentHash: Int64
    public let decidedAt: Instant
    public internal(set) var state: OrderState
    public internal(set) var stock: StockStatus
    /// The number of the present request for stock; 0 asks for none.
    public internal(set) var reservation: Int64
    /// Why it must not leave; each ends by itself.
    public internal(set) var holds: [OrderHold]
    public internal(set) var attribution: Attribution?
    /// What decides whose it is; `nil` for orders of before they were kept.
    public internal(set) var claims: AttributionClaims?
    public internal(set) var account: OrderAccount
    public internal(set) var goods: OrderGoods
    public internal(set) var requests: OrderRequests
    public internal(set) var receipt: ReceiptClock
    public internal(set) var cancelReason: CancelReason?
    public internal(set) var confirmedAt: Instant?
    public internal(set) var reinstatedAt: Instant?
    /// The buyer has said that the goods are there, perhaps before anybody else has.
    public internal(set) var receivedAt: Instant?
    public internal(set) var completedAt: Instant?
    /// Of the merchant.
    public internal(set) var note: String?
    public internal(set) var flag: String?
    public internal(set) var handling: OrderHandling
    /// What the order's platform was told, oldest first.
    public internal(set) var updates: [ChannelUpdate]
    /// `placed` or `contentHash` is not what its row says.
    public internal(set) var isRevised = false
    /// How many of the payments stood in the tables when it was loaded; `nil` when the order itself is new.
    public let storedPayments: Int?

    /// An order that has just come.
    public init(
        placed: OrderPlaced, terms: ChannelTerms, claims: AttributionClaims? = nil, contentHash: Int64,
        decidedAt: Instant
    ) {
        self.placed = placed
        self.terms = terms
        self.contentHash = contentHash
        self.decidedAt = decidedAt
        state = placed.historical ? .completed : .pendingPayment
        stock = .pending
        reservation = placed.reservation
        holds = []
        attribution = placed.attribution
        self.claims = claims
        account = OrderAccount(total: placed.total)
        goods = OrderGoods()
        requests = OrderRequests()
        receipt = .idle
        completedAt = placed.historical ? decidedAt : nil
        handling = OrderHandling()
        updates = []
        storedPayments = nil
    }

    public var orderID: OrderID { placed.orderID }

    /// It may leave before it is paid.
    public var isCashOnDelivery: Bool { placed.paymentTerms == .cashOnDelivery }

    /// All reasons why it must not leave, for people.
    public var hold: String? { holds.isEmpty ? nil : holds.map(\.reason).joined(separator: "; ") }

    /// Paid or to be paid at the door, set aside, not held: it may leave.
    public var isReady: Bool {
        (account.missing <= 0 || isCashOnDelivery) && stock == .reserved && holds.isEmpty && state != .cancelled
            && !placed.historical && requests.shippedElsewhereAt == nil
    }

    /// Units per line that after-sales has refunded.
    public var refundedUnits: [String: Int64] {
        var units: [String: Int64] = [:]
        for line in account.refunds.flatMap({ $0.isByPlatform ? [] : $0.lines ?? [] }) {
            units[line.lineID, default: 0] += line.quantity
        }
        return units
    }

    /// Takes over what a platform has changed; the payments stay.
    mutating func renew(as placed: OrderPlaced, contentHash: Int64) {
        guard placed != self.placed || contentHash != self.contentHash else { return }
        self.placed = placed
        self.contentHash = contentHash
        account.total = placed.total
        isRevised = true
    }

    /// Units per line that were refunded before they left: what a case got back of what fulfilment had stopped for it.
    public var unshippedRefunds: [String: Int64] {
        var units: [String: Int64] = [:]
        for item in requests.cases {
            var stopped: [String: Int64] = [:]
            for line in item.stopped { stopped[line.lineID, default: 0] += line.quantity }
            for refund in account.refunds where refund.caseID == item.caseID {
                for line in refund.lines ?? [] {
                    units[line.lineID, default: 0] += min(line.quantity, stopped[line.lineID] ?? 0)
                }
            }
        }
        return units
    }
}
