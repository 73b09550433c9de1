public import Contracts

/// One payout of a member, from its request to the answer of whoever makes it.
public struct Payout: Sendable, Equatable {
    public enum State: String, CaseIterable, Sendable {
        /// Set aside until somebody decides.
        case requested
        /// Approved: `PayoutDue` was told.
        case due
        case paid
        /// Rejected, or not made: the money is available again.
        case failed
    }

    /// `memberID-P1`.
    public let payoutID: String
    public let memberID: String
    public let amount: Int64
    public let fee: Int64
    public let tax: Int64
    public let currency: String
    /// Of the payee it was asked for.
    public let payee: String
    public let requestedBy: String
    public let requestedAt: Instant
    public internal(set) var state: State
    public internal(set) var decidedBy: String?
    /// When the last answer was given; an older one changes nothing.
    public internal(set) var answeredAt: Instant?
    /// How many answers have changed something.
    public internal(set) var answers: Int64
    public internal(set) var reason: String?

    public init(
        payoutID: String, memberID: String, amount: Int64, fee: Int64, tax: Int64, currency: String, payee: String,
        requestedBy: String, requestedAt: Instant, state: State = .requested, decidedBy: String? = nil,
        answeredAt: Instant? = nil, answers: Int64 = 0, reason: String? = nil
    ) {
        self.payoutID = payoutID
        self.memberID = memberID
        self.amount = amount
        self.fee = fee
        self.tax = tax
        self.currency = currency
        self.payee = payee
        self.requestedBy = requestedBy
        self.requestedAt = requestedAt
        self.state = state
        self.decidedBy = decidedBy
        self.answeredAt = answeredAt
        self.answers = answers
        self.reason = reason
    }

    /// What the member gets.
    public var net: Int64 { amount - fee - tax }
}
