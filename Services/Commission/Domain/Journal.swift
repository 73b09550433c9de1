public import Contracts

/// One booking of the ledger: entries that sum to 0, written once and never changed.
///
/// - Units: minor units of `currency`; positive is a credit (it belongs to the account's holder), negative a debit.
/// - Source: DESIGN section 4, "Commission"; invariant I6.
public struct Journal: Sendable, Equatable {
    public enum Kind: String, CaseIterable, Sendable {
        /// Of orders.
        case accrue, mature, reverse
        /// Of members: set aside for a payout, gone, come back; by a person; for the team.
        case payout, paid, returned, adjust, team
    }

    /// What a journal belongs to and is counted by.
    public enum Subject: Hashable, Sendable {
        case order(OrderID)
        case member(String)
    }

    /// `orderID-J1`, `memberID/J1`.
    public let journalID: String
    public let subject: Subject
    public let kind: Kind
    /// What led to it; a subject has one journal of a kind for each cause, so nothing is booked twice.
    public let cause: String
    public let at: Instant
    public let currency: String
    /// One per account and member, without zeros, in ascending order.
    public let entries: [LedgerEntry]

    /// Folds amounts of one account into one entry; a sum that is not 0 is a bug.
    public init(
        number: Int64, of subject: Subject, kind: Kind, cause: String, at: Instant, currency: String,
        amounts: [LedgerEntry]
    ) {
        journalID =
            switch subject {
            case .order(let orderID): "\(orderID)-J\(number)"
            case .member(let memberID): "\(memberID)/J\(number)"
            }
        self.subject = subject
        self.kind = kind
        self.cause = cause
        self.at = at
        self.currency = currency
        var sums: [LedgerAccount: Int64] = [:]
        for entry in amounts { sums[entry.account, default: 0] += entry.amount }
        entries = sums.filter { $0.value != 0 }.sorted { $0.key < $1.key }.map { LedgerEntry($0.key, $0.value) }
        let sum = entries.reduce(0) { $0 + $1.amount }
        precondition(sum == 0, "journal \(journalID) sums to \(sum)")
    }

    public var orderID: OrderID? {
        if case .order(let orderID) = subject { orderID } else { nil }
    }

    public var memberID: String? {
        if case .member(let memberID) = subject { memberID } else { nil }
    }

    /// All credits, which is what all debits are too.
    public var total: Int64 { entries.reduce(0) { $0 + max(0, $1.amount) } }
}

/// One side of a booking.
public struct LedgerEntry: Sendable, Equatable {
    public let account: LedgerAccount
    public let amount: Int64

    public init(_ account: LedgerAccount, _ amount: Int64) {
        self.account = account
        self.amount = amount
    }
}

/// Whose money of which kind.
public enum LedgerAccount: Hashable, Comparable, Sendable {
    /// What the company has set aside for commission; a debit.
    case expense
    /// The company's share of pools.
    case retained
    /// Cents that rounding leaves over, or takes too much; the company bears them.
    case rounding
    /// What has left the house to members.
    case paid
    /// What payouts cost their members.
    case fee
    /// What is withheld from members for the tax office.
    case tax
    /// A member's commission that cannot be withdrawn yet.
    case frozen(member: String)
    /// A member's commission that can be withdrawn; negative for a debt.
    case available(member: String)
    /// What is on its way to a member.
    case inPayout(member: String)

    public var name: String {
        switch self {
        case .expense: "expense"
        case .retained: "retained"
        case .rounding: "rounding"
        case .frozen: "frozen"
        case .available: "available"
        case .inPayout: "in-payout"
        case .paid: "paid"
        case .fee: "fee"
        case .tax: "tax"
        }
    }

    public var memberID: String? {
        switch self {
        case .expense, .retained, .rounding, .paid, .fee, .tax: nil
        case .frozen(let member), .available(let member), .inPayout(let member): member
        }
    }
}
