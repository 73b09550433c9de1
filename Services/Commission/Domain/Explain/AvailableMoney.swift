public import Contracts

/// The bookings on a member's available money that tell what became of one order's commission.
///
/// Credits and debits are counted from the member's first on, each side by itself, by currency and in the order of
/// booking. Both sides only grow at their end, so what was told of a cent once stays true.
public struct AvailableMoney: Sendable {
    public let memberID: String
    /// What the order let mature.
    public let matured: [Booking]
    /// Payouts that came back, whatever order the money was of.
    public let returned: [Booking]
    /// Those that used up any of both, in their order.
    public let debits: [Booking]
    /// Those that `debits` are about, by id.
    public let payouts: [String: Payout]
    /// What all entries sum to.
    public let entrySum: Int64
    /// What is kept beside the entries.
    public let balance: Int64

    /// One booking, and how many cents of its side came before it.
    public struct Booking: Sendable, Equatable {
        public let journalID: String
        public let kind: String
        public let cause: String
        public let orderID: String?
        /// Of what goes into a payout, and of what comes back from one.
        public let payoutID: String?
        public let at: Instant
        public let before: Int64
        /// Positive on both sides.
        public let amount: Int64

        public init(
            journalID: String, kind: String, cause: String, orderID: String?, payoutID: String?, at: Instant,
            before: Int64, amount: Int64
        ) {
            self.journalID = journalID
            self.kind = kind
            self.cause = cause
            self.orderID = orderID
            self.payoutID = payoutID
            self.at = at
            self.before = before
            self.amount = amount
        }

        var cents: Range<Int64> { before..<before + amount }

        /// Which answer to the payout led to it; 0 for its request, and its rejection.
        var answer: Int64 { payoutID.flatMap { Int64(cause.dropFirst($0.count + 1)) } ?? 0 }
    }

    public init(
        memberID: String, matured: [Booking], returned: [Booking], debits: [Booking], payouts: [String: Payout],
        entrySum: Int64, balance: Int64
    ) {
        self.memberID = memberID
        self.matured = matured
        self.returned = returned
        self.debits = debits
        self.payouts = payouts
        self.entrySum = entrySum
        self.balance = balance
    }

    /// How the money of a payout came back; `nil` as long as it has not.
    func comingBack(_ debit: Booking) -> Booking? {
        guard let payoutID = debit.payoutID else { return nil }
        return returned.filter { $0.payoutID == payoutID && $0.answer >= debit.answer }.min { $0.answer < $1.answer }
    }
}
