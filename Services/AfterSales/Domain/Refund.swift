/// Money on its way back to the buyer, on the payment it came with.
public struct Refund: Sendable, Equatable {
    public let refundID: String
    /// Absent when no case asked for it: a cancelled order, a payment too much.
    public let caseID: String?
    public let paymentID: String
    public let amount: Int64
    public let reason: String
    public var state: RefundState

    public init(
        refundID: String, caseID: String?, paymentID: String, amount: Int64, reason: String, state: RefundState = .due
    ) {
        self.refundID = refundID
        self.caseID = caseID
        self.paymentID = paymentID
        self.amount = amount
        self.reason = reason
        self.state = state
    }
}

/// How far a refund is; `settled` is never left, a failed one may still settle.
public enum RefundState: String, CaseIterable, Sendable {
    case due, settled, failed
}
