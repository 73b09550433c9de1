public import Contracts

/// The money of one order: what came, what of it counts, what goes back.
///
/// - Units: minor units of the order's currency.
/// - Source: DESIGN section 4, "Payment"; invariant I9.
public struct OrderAccount: Sendable, Equatable {
    /// What the buyer owes.
    public internal(set) var total: Int64
    /// In the order they were counted; none is ever removed.
    public internal(set) var payments: [OrderPayment]
    /// What cancellations have said goes back.
    public internal(set) var returned: Int64
    public internal(set) var refunds: [OrderRefund]

    public init(total: Int64, payments: [OrderPayment] = [], returned: Int64 = 0, refunds: [OrderRefund] = []) {
        self.total = total
        self.payments = payments
        self.returned = returned
        self.refunds = refunds
    }

    /// All that ever counted for the order.
    public var paid: Int64 { payments.reduce(0) { $0 + $1.counted } }
    /// All that was too much, or came for an order that could not take it.
    public var excess: Int64 { payments.reduce(0) { $0 + $1.excess } }
    /// What counts now.
    public var covered: Int64 { paid - returned }
    public var missing: Int64 { total - covered }

    /// What was paid back of `paid`: by cases, and after a cancellation; excess that went back is not among it.
    public var refunded: Int64 {
        let aside = refunds.reduce(0) { $0 + ($1.caseID == nil ? $1.amount : 0) }
        return refundedByCases + min(returned, max(0, aside - excess))
    }

    /// What a cancellation now would owe to the buyer.
    public var refundable: Int64 { max(0, covered - refundedByCases) }

    public var refundStatus: RefundStatus {
        if refunded == 0 { return .none }
        return refunded >= paid ? .full : .partial
    }

    public func payment(_ paymentID: String) -> OrderPayment? { payments.first { $0.paymentID == paymentID } }

    /// What the platform itself says it has paid back.
    var platformRefunds: [OrderRefund] { refunds.filter(\.isByPlatform) }

    /// After-sales and the platform tell of the same money, so the greater of the two counts.
    private var refundedByCases: Int64 {
        let byCases = refunds.reduce(0) { $0 + ($1.caseID == nil || $1.isByPlatform ? 0 : $1.amount) }
        return max(byCases, min(platformRefunds.reduce(0) { $0 + $1.amount }, paid))
    }
}

/// One payment of the buyer.
public struct OrderPayment: Sendable, Equatable {
    public let paymentID: String
    public let amount: Int64
    /// What of the amount the order took.
    public let counted: Int64
    public let paidAt: Instant

    public init(paymentID: String, amount: Int64, counted: Int64, paidAt: Instant) {
        self.paymentID = paymentID
        self.amount = amount
        self.counted = counted
        self.paidAt = paidAt
    }

    public var excess: Int64 { amount - counted }
}

/// Money that after-sales has paid back.
///
/// Two facts tell of a case's refund, in any order: `RefundSettled` and `CaseRefunded`, which alone names the pieces.
public struct OrderRefund: JSONCoded, Equatable {
    public let refundID: String
    public let caseID: String?
    public let amount: Int64
    /// `nil` until `CaseRefunded` has come.
    public internal(set) var lines: [LinePieces]?

    /// Stands for the case of money that a platform has paid back by itself.
    static let platformCase = "platform"

    var isByPlatform: Bool { caseID == Self.platformCase }

    public init(refundID: String, caseID: String?, amount: Int64, lines: [LinePieces]? = nil) {
        self.refundID = refundID
        self.caseID = caseID
        self.amount = amount
        self.lines = lines
    }

    public init(_ json: JSONObject) throws(Fault) {
        refundID = try json.string("refundId")
        caseID = try json.stringIfPresent("caseId")
        amount = try json.integer("amount")
        lines = json.value("lines") == nil ? nil : try json.readList("lines")
    }

    public func write(to json: inout JSONWriter) {
        json.field("refundId", refundID)
        json.field("caseId", caseID)
        json.field("amount", amount)
        if let lines { json.field("lines", list: lines) }
    }
}
