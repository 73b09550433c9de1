public import Contracts

/// What a buyer wants back of one order, and how far that is.
///
/// - Units: minor units.
/// - Source: DESIGN section 4, "After-sales".
public struct AfterSalesCase: Sendable, Equatable {
    public let caseID: String
    public let externalCaseID: String
    public let kind: CaseKind
    public let reason: String
    public var state: CaseState
    /// How it ended; absent while it is open.
    public var outcome: CaseOutcome?
    public var items: [CaseItem]
    /// Less than the whole share, by the buyer's or an operator's wish; absent: the whole share.
    public var asked: Int64?
    /// A quote until it is refunding, then what is paid back.
    public var amount: Int64
    /// The part of `amount` that is freight, fees and tax.
    public var freight: Int64
    /// What decided, when no person did.
    public var rule: String?
    public var stop: StopAnswer
    public var shippedAt: Instant?
    public var isInspected: Bool
    /// The order sent in exchange, and how far its stock is.
    public var replacement: Replacement?
    /// What the goods in exchange cost more, or less when negative.
    public var difference: Int64
    /// What the merchant adds for sending goods back, or takes off when negative: the buyer pays.
    public var returnFreight: Int64
    /// What the buyer says to have paid for sending goods back.
    public var freightClaim: Int64
    /// How long its clock has left while it stands still, in milliseconds.
    public var pausedRest: Int64?
    /// When its clock runs out; `nil` while none runs.
    public var dueAt: Instant?

    public init(
        caseID: String, externalCaseID: String, kind: CaseKind, reason: String, state: CaseState = .requested,
        outcome: CaseOutcome? = nil, items: [CaseItem], asked: Int64? = nil, amount: Int64, freight: Int64 = 0,
        rule: String? = nil, stop: StopAnswer = .awaited, shippedAt: Instant? = nil, isInspected: Bool = false,
        replacement: Replacement? = nil, difference: Int64 = 0, returnFreight: Int64 = 0, freightClaim: Int64 = 0,
        pausedRest: Int64? = nil, dueAt: Instant? = nil
    ) {
        self.caseID = caseID
        self.externalCaseID = externalCaseID
        self.kind = kind
        self.reason = reason
        self.state = state
        self.outcome = outcome
        self.items = items
        self.asked = asked
        self.amount = amount
        self.freight = freight
        self.rule = rule
        self.stop = stop
        self.shippedAt = shippedAt
        self.isInspected = isInspected
        self.replacement = replacement
        self.difference = difference
        self.returnFreight = returnFreight
        self.freightClaim = freightClaim
        self.pausedRest = pausedRest
        self.dueAt = dueAt
    }

    /// Its units are spoken for: it is open, or they were paid back.
    public var takesUnits: Bool { outcome == nil || outcome == .refunded }
    /// Its money is on the way or paid.
    public var isCommitted: Bool { state == .refunding || outcome == .refunded || outcome == .exchanged }
    /// Paid back with their money; pieces that were exchanged can still be returned.
    public var usesUpUnits: Bool { isCommitted && !kind.isReplaced }
    /// Opened once more by hand after it was rejected.
    public var isAppeal: Bool { externalCaseID.hasSuffix(Self.appealSuffix) }
    static let appealSuffix = "/appeal"
    /// Its goods are back and looked at, and a person has to weigh what the buyer has spoilt.
    public var isDisputed: Bool { state == .inspected }
    /// Money without pieces: goodwill.
    public var isMoneyOnly: Bool { items.allSatisfy { $0.quantity == 0 } }

    /// Its pieces as facts list them.
    public var lines: [CaseLine] {
        items.filter { $0.quantity > 0 }.map {
            CaseLine(lineID: $0.lineID, sku: $0.sku, quantity: $0.quantity, exchangeSku: $0.exchangeSku)
        }
    }
}

/// Pieces of one order line in a case; no pieces where only money is asked for.
public struct CaseItem: Sendable, Equatable {
    public let lineID: String
    public let sku: String
    public var quantity: Int64
    public let exchangeSku: String?
    /// What is paid back for them, without freight; 0 until the case is refunding.
    public var refund: Int64

    public init(lineID: String, sku: String, quantity: Int64, exchangeSku: String? = nil, refund: Int64 = 0) {
        self.lineID = lineID
        self.sku = sku
        self.quantity = quantity
        self.exchangeSku = exchangeSku
        self.refund = refund
    }
}

/// Where a case stands.
public enum CaseState: String, CaseIterable, Sendable {
    case requested, approved
    case goodsInTransit = "goods-in-transit"
    case received, inspected, refunding, closed, rejected, withdrawn
}

/// What fulfilment said when the case asked it to hold the goods back.
public enum StopAnswer: String, CaseIterable, Sendable {
    case awaited
    /// None of the case's pieces had left.
    case unshipped
    /// Some had.
    case dispatched
}

/// The order that a case sends in exchange, as intake answers about it.
public struct Replacement: Sendable, Equatable {
    public let orderID: OrderID
    public var isReserved: Bool

    public init(orderID: OrderID, isReserved: Bool) {
        self.orderID = orderID
        self.isReserved = isReserved
    }
}
