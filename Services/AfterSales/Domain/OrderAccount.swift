public import Contracts

/// One order as after-sales sees it: what was received and paid back, what left the house, its cases and refunds.
///
/// - Units: minor units of the order's currency.
/// - Source: DESIGN section 4, "After-sales"; invariant I9.
public struct OrderAccount: Sendable, Equatable {
    /// As it was told when it came, with what was revised since; its version is that of the fact that said so last.
    public internal(set) var placed: OrderPlaced
    /// `placed` is not what its row says.
    public internal(set) var isRevised = false
    /// Known when the order was placed; a later change of the channel does not move money that is under way.
    public let followsPlatform: Bool
    public var isPaid = false
    public var isCancelled = false
    /// Known once the order is completed.
    public var afterSalesUntil: Instant?
    public var payments: [ReceivedPayment] = []
    /// Parcels that left for the buyer.
    public var dispatches: [Dispatch] = []
    /// Case `n` is `orderId-A<n>` and stands at `n - 1`; none is ever removed.
    public var cases: [AfterSalesCase] = []
    /// Refund `n` is `orderId-R<n>` and stands at `n - 1`; none is ever removed.
    public var refunds: [Refund] = []
    /// What was written about its cases, in the order it came; none is ever removed.
    public var messages: [CaseMessage] = []
    /// How much of this stood in the tables when it was loaded.
    public let stored: StoredRows

    public init(placed: OrderPlaced, followsPlatform: Bool, stored: StoredRows = StoredRows()) {
        self.placed = placed
        self.followsPlatform = followsPlatform
        self.stored = stored
    }

    public var orderID: OrderID { placed.orderID }

    /// A request can be decided: the order is paid, over, or paid at the door.
    public var isReady: Bool {
        isPaid || isCancelled || placed.historical || placed.paymentTerms == .cashOnDelivery
    }

    /// All money received, also what was too much.
    public var paid: Int64 { payments.reduce(0) { $0 + $1.amount } }
    /// What the payment provider has paid back.
    public var refunded: Int64 { refunds.reduce(0) { $0 + ($1.state == .settled ? $1.amount : 0) } }
    /// What is still to be paid back, also where the provider has failed so far.
    public var pending: Int64 { refunds.reduce(0) { $0 + ($1.state == .settled ? 0 : $1.amount) } }
    /// What can be paid back at most.
    public var available: Int64 { paid - refunded - pending }

    public func findCase(_ caseID: String) -> AfterSalesCase? { cases.first { $0.caseID == caseID } }
    public func findCase(external: String) -> AfterSalesCase? { cases.first { $0.externalCaseID == external } }
    public func refund(_ refundID: String) -> Refund? { refunds.first { $0.refundID == refundID } }

    public var nextCaseID: String { "\(orderID)-A\(cases.count + 1)" }
    public var nextRefundID: String { "\(orderID)-R\(refunds.count + 1)" }
}

/// Numbers of child rows in the tables; children are only ever added at the end.
public struct StoredRows: Sendable, Equatable {
    public let exists: Bool
    public let payments: Int
    public let dispatches: Int
    public let cases: Int
    public let refunds: Int
    public let messages: Int

    public init(
        exists: Bool = false, payments: Int = 0, dispatches: Int = 0, cases: Int = 0, refunds: Int = 0,
        messages: Int = 0
    ) {
        self.exists = exists
        self.payments = payments
        self.dispatches = dispatches
        self.cases = cases
        self.refunds = refunds
        self.messages = messages
    }
}

/// One payment of the buyer, with what of it was too much.
public struct ReceivedPayment: Sendable, Equatable {
    public let paymentID: String
    public var amount: Int64
    public var excess: Int64

    public init(paymentID: String, amount: Int64, excess: Int64 = 0) {
        self.paymentID = paymentID
        self.amount = amount
        self.excess = excess
    }
}

/// Pieces of one line in one parcel that left for the buyer.
public struct Dispatch: Sendable, Equatable {
    public let shipmentID: String
    public let lineID: String
    public let quantity: Int64
    public var isDelivered: Bool

    public init(shipmentID: String, lineID: String, quantity: Int64, isDelivered: Bool = false) {
        self.shipmentID = shipmentID
        self.lineID = lineID
        self.quantity = quantity
        self.isDelivered = isDelivered
    }
}
