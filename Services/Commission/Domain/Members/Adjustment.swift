public import Contracts

/// A change of what a member has, by a person.
public struct Adjustment: Sendable, Equatable {
    public enum State: String, CaseIterable, Sendable {
        /// Waits for a second person.
        case pending
        case booked, rejected
    }

    public let adjustmentID: String
    public let memberID: String
    public let orderID: OrderID?
    public let amount: Int64
    public let currency: String
    public let actor: String
    public let reason: String
    public let requestedAt: Instant
    public internal(set) var state: State
    public internal(set) var decidedBy: String?

    public init(
        adjustmentID: String, memberID: String, orderID: OrderID?, amount: Int64, currency: String, actor: String,
        reason: String, requestedAt: Instant, state: State = .pending, decidedBy: String? = nil
    ) {
        self.adjustmentID = adjustmentID
        self.memberID = memberID
        self.orderID = orderID
        self.amount = amount
        self.currency = currency
        self.actor = actor
        self.reason = reason
        self.requestedAt = requestedAt
        self.state = state
        self.decidedBy = decidedBy
    }
}

extension CommissionRules {
    /// What a member may have more or less at most, by hand.
    private static let largestAdjustment: Int64 = 100_000_000_000

    /// Books an adjustment, or lets it wait for a second person when it is large.
    ///
    /// - Returns: Why not; or a remark.
    func adjust(
        _ command: AdjustCommission, on books: inout MemberBooks, given state: State<CommissionAggregate>
    ) -> (refusal: String?, remark: String?) {
        guard command.amount != 0 else { return ("amount 0 changes nothing", nil) }
        guard command.amount.magnitude <= Self.largestAdjustment else {
            return ("amount \(command.amount) is more than \(Self.largestAdjustment)", nil)
        }
        guard state.adjustment(command.memberID, command.adjustmentID) == nil else {
            return ("adjustment \(command.adjustmentID) is there already", nil)
        }
        var adjustment = Adjustment(
            adjustmentID: command.adjustmentID, memberID: command.memberID, orderID: command.orderID,
            amount: command.amount, currency: command.currency, actor: command.head.actor,
            reason: command.head.reason, requestedAt: books.now)
        guard command.amount.magnitude <= adjustmentLimit else {
            books.keep(.adjustment(adjustment))
            return (nil, "waits for a second person, because it is above \(adjustmentLimit)")
        }
        books.book(&adjustment)
        return (nil, nil)
    }

    func approveAdjustment(
        _ command: ApproveAdjustment, on books: inout MemberBooks, given state: State<CommissionAggregate>
    ) -> String? {
        guard var adjustment = state.adjustment(command.memberID, command.adjustmentID) else {
            return "adjustment \(command.adjustmentID) of \(command.memberID) is unknown"
        }
        guard adjustment.state == .pending else { return "the adjustment is \(adjustment.state.rawValue)" }
        guard adjustment.actor != command.head.actor else { return "who asked for the adjustment cannot approve it" }
        adjustment.decidedBy = command.head.actor
        books.book(&adjustment)
        return nil
    }

    func rejectAdjustment(
        _ command: RejectAdjustment, on books: inout MemberBooks, given state: State<CommissionAggregate>
    ) -> String? {
        guard var adjustment = state.adjustment(command.memberID, command.adjustmentID) else {
            return "adjustment \(command.adjustmentID) of \(command.memberID) is unknown"
        }
        guard adjustment.state == .pending else { return "the adjustment is \(adjustment.state.rawValue)" }
        adjustment.state = .rejected
        adjustment.decidedBy = command.head.actor
        books.keep(.adjustment(adjustment))
        return nil
    }
}

extension MemberBooks {
    fileprivate mutating func book(_ adjustment: inout Adjustment) {
        adjustment.state = .booked
        keep(.adjustment(adjustment))
        book(
            .adjust, cause: adjustment.adjustmentID, adjustment.currency,
            [
                LedgerEntry(.available(member: adjustment.memberID), adjustment.amount),
                LedgerEntry(.expense, -adjustment.amount),
            ])
        tell(
            CommissionAdjusted(
                adjustmentID: adjustment.adjustmentID, memberID: adjustment.memberID, orderID: adjustment.orderID,
                amount: adjustment.amount, currency: adjustment.currency, reason: adjustment.reason,
                actor: adjustment.actor, approvedBy: adjustment.decidedBy, adjustedAt: now))
    }
}
