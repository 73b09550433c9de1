public import Contracts

/// What is said of an after-sales case.
public struct CasePatch: Sendable, Equatable {
    public let caseID: String
    public let orderID: OrderID
    public var opened: CaseOpened?
    public var lines: [CaseLine]?
    public var amount: Int64?
    public var state: CaseStage?
    public var outcome: String?
    public var decidedBy: String?
    public var rule: String?
    public var refunded: Int64 = 0
    public var carrier: String?
    public var waybill: String?
    public var replacementOrderID: OrderID?
    public var openedAt: Instant?
    public var approvedAt: Instant?
    public var goodsShippedAt: Instant?
    public var receivedAt: Instant?
    public var inspectedAt: Instant?
    public var endedAt: Instant?
    /// What was done to its clock since its last step.
    public var clock: CaseClockChanged?

    init(_ caseID: String, of orderID: OrderID) {
        self.caseID = caseID
        self.orderID = orderID
    }

    mutating func add(_ later: CasePatch) {
        // A step starts a clock of its own.
        if later.state != nil || later.clock != nil { clock = later.clock }
        opened = later.opened ?? opened
        lines = later.lines ?? lines
        amount = later.amount ?? amount
        if let next = later.state { state = state?.followed(by: next) ?? next }
        outcome = later.outcome ?? outcome
        decidedBy = later.decidedBy ?? decidedBy
        rule = later.rule ?? rule
        refunded += later.refunded
        carrier = later.carrier ?? carrier
        waybill = later.waybill ?? waybill
        replacementOrderID = later.replacementOrderID ?? replacementOrderID
        openedAt = later.openedAt ?? openedAt
        approvedAt = later.approvedAt ?? approvedAt
        goodsShippedAt = later.goodsShippedAt ?? goodsShippedAt
        receivedAt = later.receivedAt ?? receivedAt
        inspectedAt = later.inspectedAt ?? inspectedAt
        endedAt = later.endedAt ?? endedAt
    }
}

/// Where a case stands, in the words of after-sales.
public enum CaseStage: String, CaseIterable, Sendable {
    case requested, approved
    case goodsInTransit = "goods-in-transit"
    case received, inspected, refunding, closed, rejected, withdrawn

    private static let order: [CaseStage] = [.requested, .approved, .goodsInTransit, .received, .inspected, .refunding]

    /// No case goes back: money that is on its way is told by another topic, and goods may come after it.
    func followed(by next: CaseStage) -> CaseStage { next.place < place ? self : next }

    private var place: Int { Self.order.firstIndex(of: self) ?? Self.order.count }
}

/// What is said of money that goes back.
public struct RefundPatch: Sendable, Equatable {
    public enum Stage: String, CaseIterable, Sendable { case due, settled, failed }

    public let refundID: String
    public let orderID: OrderID
    public var caseID: String?
    public var paymentID: String?
    public var amount: Int64
    public var currency: String
    public var reason: String?
    public var state: Stage
    public var failure: String?
    public var dueAt: Instant?
    public var endedAt: Instant?

    mutating func add(_ later: RefundPatch) {
        caseID = later.caseID ?? caseID
        paymentID = later.paymentID ?? paymentID
        amount = later.amount
        reason = later.reason ?? reason
        state = later.state
        failure = later.failure ?? failure
        dueAt = later.dueAt ?? dueAt
        endedAt = later.endedAt ?? endedAt
    }
}
