public import Contracts

/// What is added to a member's part of an order.
///
/// - Units: minor units. What is taken back before anything has matured comes out of what is frozen.
public struct EarningPatch: Sendable, Equatable {
    public let orderID: OrderID
    public let memberID: String
    /// `nil` where a fact does not say it; an order has one.
    public var currency: String?
    public var level: Int64?
    public var accrued: Int64 = 0
    public var matured: Int64 = 0
    /// Before the batch's first maturing; out of what is frozen, unless the row has matured before.
    public var reversed: Int64 = 0
    /// After it.
    public var reversedMatured: Int64 = 0
    /// Why it is held, by `entryId kind`; `nil` for a hold that has ended.
    public var holds: [String: String?] = [:]
    public var entryID: String?
    public var accruedAt: Instant?
    public var maturedAt: Instant?

    init(_ orderID: OrderID, _ memberID: String, _ currency: String? = nil) {
        self.orderID = orderID
        self.memberID = memberID
        self.currency = currency
    }

    mutating func add(_ later: EarningPatch) {
        let hadMatured = matured > 0
        currency = currency ?? later.currency
        level = level.map { min($0, later.level ?? $0) } ?? later.level
        accrued += later.accrued
        matured += later.matured
        reversed += hadMatured ? 0 : later.reversed
        reversedMatured += later.reversedMatured + (hadMatured ? later.reversed : 0)
        holds.merge(later.holds) { _, new in new }
        entryID = later.entryID ?? entryID
        accruedAt = accruedAt ?? later.accruedAt
        maturedAt = later.maturedAt ?? maturedAt
    }
}

/// One line of a member's statement.
public struct StatementEntry: Sendable, Equatable {
    public enum Kind: String, CaseIterable, Sendable {
        case accrued, matured, reversed, adjusted
        case payoutRequested = "payout-requested"
        case payoutFailed = "payout-failed"
        case payoutPaid = "payout-paid"
        case settled
    }

    /// Key and version of the fact that says so.
    public let key: String
    public let version: Int64
    public let memberID: String
    public let kind: Kind
    public let orderID: OrderID?
    /// What the member has more, or less, of; for what only changes its place, how much of it.
    public let amount: Int64
    public let currency: String
    public let reason: String?
    /// The payout, the adjustment or the period.
    public let reference: String?
    public let at: Instant
}

/// What is said of a payout.
public struct PayoutPatch: Sendable, Equatable {
    public enum Stage: String, CaseIterable, Sendable { case requested, due, paid, failed }

    public let payoutID: String
    public let memberID: String
    public var amount: Int64
    public var fee: Int64?
    public var tax: Int64?
    public let currency: String
    public var state: Stage
    public var reason: String?
    public var requestedAt: Instant?
    public var dueAt: Instant?
    public var endedAt: Instant?

    mutating func add(_ later: PayoutPatch) {
        fee = later.fee ?? fee
        tax = later.tax ?? tax
        state = later.state
        reason = later.reason ?? reason
        requestedAt = later.requestedAt ?? requestedAt
        dueAt = later.dueAt ?? dueAt
        endedAt = later.endedAt ?? endedAt
    }
}
