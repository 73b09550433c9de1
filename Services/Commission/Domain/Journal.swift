public import Contracts

/// One booking of the ledger: entries that sum to 0, written once and never changed.
///
/// - Units: minor units of `currency`; positive is a credit (it belongs to the account's holder), negative a debit.
/// - Source: DESIGN section 4, "Commission"; invariant I6.
public struct Journal: Sendable, Equatable {
    public enum Kind: String, CaseIterable, Sendable {
        case accrue, mature, reverse
    }

    /// `orderID-J1`.
    public let journalID: String
    public let orderID: OrderID
    public let kind: Kind
    /// What led to it; an order has one journal of a kind for each cause, so nothing is booked twice.
    public let cause: String
    public let at: Instant
    public let currency: String
    /// One per account and member, without zeros, in ascending order.
    public let entries: [LedgerEntry]

    /// Folds amounts of one account into one entry; a sum that is not 0 is a bug.
    public init(
        journalID: String, orderID: OrderID, kind: Kind, cause: String, at: Instant, currency: String,
        amounts: [LedgerEntry]
    ) {
        self.journalID = journalID
        self.orderID = orderID
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
    /// A member's commission that cannot be withdrawn yet.
    case frozen(member: String)
    /// A member's commission that can be withdrawn; negative for a debt.
    case available(member: String)

    public var name: String {
        switch self {
        case .expense: "expense"
        case .retained: "retained"
        case .rounding: "rounding"
        case .frozen: "frozen"
        case .available: "available"
        }
    }

    public var memberID: String? {
        switch self {
        case .expense, .retained, .rounding: nil
        case .frozen(let member), .available(let member): member
        }
    }
}
