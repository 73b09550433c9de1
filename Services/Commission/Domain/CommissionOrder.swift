public import Contracts

/// An order as commission knows it, from its placing to the last refund.
public struct CommissionOrder: Sendable, Equatable {
    public enum State: String, CaseIterable, Sendable {
        /// Nothing is booked yet, or nobody earns anything.
        case placed
        /// Booked and frozen.
        case accrued
        /// What is left can be withdrawn.
        case matured
        /// Everything was taken back.
        case reversed
        /// An imported or a replacement order: it never pays commission.
        case exempt
    }

    /// As it was told when it came, with what was revised since; its version is that of the fact that said so last.
    public internal(set) var placed: OrderPlaced
    public internal(set) var attribution: Attribution?
    /// The version of the last change of the attribution; an older one changes nothing.
    public internal(set) var attributionVersion: Int64 = 0
    /// Kept from the first accrual on.
    public internal(set) var plan: OrderPlan?
    /// Who is paid by the present accrual in place of the attribution's chain, for good.
    public internal(set) var ownChain: OwnChain?
    public internal(set) var accrual: Accrual?
    /// Accruals for former distributors, wholly reversed, oldest first.
    public internal(set) var formerAccruals: [Accrual] = []
    /// How many journals there have been.
    public internal(set) var journals: Int64 = 0
    /// Which of them put the present accrual aside; 0 before the first.
    public internal(set) var accrualJournal: Int64 = 0
    /// What members' legs wait for, beside the window.
    public internal(set) var holds: [Hold] = []
    /// What its seller's turnover has of it, and how often that was put down.
    public internal(set) var turnover: Int64 = 0
    public internal(set) var turnovers: Int64 = 0
    public internal(set) var confirmedAt: Instant?
    /// Cancelled and not reinstated.
    public internal(set) var cancelledAt: Instant?
    public internal(set) var completion: Completion?
    public internal(set) var maturedAt: Instant?
    public internal(set) var afterSales = AfterSalesNotes()
    /// What its rows lack; whoever loads an order knows that they lack nothing.
    public internal(set) var unsaved = Unsaved(order: true, revision: false, accruals: false)

    /// Which rows of an order are to be made or written anew.
    public struct Unsaved: Sendable, Equatable {
        /// There is no row of the order itself yet.
        public var order: Bool
        /// The row has the order as it was before a revision.
        public var revision = false
        /// Legs or pools are new or changed.
        public var accruals: Bool
    }

    /// An order nobody has booked anything on yet.
    public init(_ placed: OrderPlaced) {
        self.placed = placed
        attribution = placed.attribution
    }

    /// An order as its rows have it.
    public init(
        placed: OrderPlaced, attribution: Attribution?, attributionVersion: Int64, plan: OrderPlan?,
        ownChain: OwnChain?, accrual: Accrual?, formerAccruals: [Accrual], journals: Int64, accrualJournal: Int64,
        holds: [Hold], turnover: Int64, turnovers: Int64, confirmedAt: Instant?, cancelledAt: Instant?,
        completion: Completion?, maturedAt: Instant?, afterSales: AfterSalesNotes
    ) {
        self.placed = placed
        self.attribution = attribution
        self.attributionVersion = attributionVersion
        self.plan = plan
        self.ownChain = ownChain
        self.accrual = accrual
        self.formerAccruals = formerAccruals
        self.journals = journals
        self.accrualJournal = accrualJournal
        self.holds = holds
        self.turnover = turnover
        self.turnovers = turnovers
        self.confirmedAt = confirmedAt
        self.cancelledAt = cancelledAt
        self.completion = completion
        self.maturedAt = maturedAt
        self.afterSales = afterSales
        unsaved = Unsaved(order: false, revision: false, accruals: false)
    }

    /// All accruals, oldest first; their numbers count from 1.
    public var accruals: [Accrual] { formerAccruals + (accrual.map { [$0] } ?? []) }

    /// Who is paid, nearest first.
    var chain: [ChainLink] { ownChain?.links ?? attribution?.chain ?? [] }

    public var isExempt: Bool { placed.historical || placed.kind == .replacement }

    public var state: State {
        if isExempt { return .exempt }
        guard let accrual else { return .placed }
        guard accrual.isAlive else { return .reversed }
        return maturedAt == nil ? .accrued : .matured
    }

    /// What it counts for its seller's turnover: goods paid and not paid back, once it has matured.
    var turnoverNow: Int64 {
        guard maturedAt != nil, let accrual, accrual.isAlive else { return 0 }
        let refunded = afterSales.refundedByLine
        return placed.lines.reduce(0) { sum, line in
            let paid = max(0, line.paid)
            return sum + paid - min(paid, refunded[line.lineID] ?? 0)
        }
    }

    /// When the commission can be withdrawn, unless an open case holds it.
    ///
    /// - Source: DESIGN section 4, "Commission": after the window, and not before completion and `freezeDays`.
    var maturesAt: Instant? {
        guard state == .accrued, let completion, let plan else { return nil }
        return max(completion.afterSalesUntil, completion.completedAt + .days(plan.freezeDays))
    }
}

/// The plan an order is paid by.
public struct OrderPlan: Sendable, Equatable {
    public let name: PlanName
    /// Days between completion and maturity.
    public let freezeDays: Int64

    public init(_ name: PlanName, freezeDays: Int64) {
        self.name = name
        self.freezeDays = freezeDays
    }
}

/// When an order was completed and until when its goods may come back.
public struct Completion: Sendable, Equatable {
    public let completedAt: Instant
    public let afterSalesUntil: Instant

    public init(completedAt: Instant, afterSalesUntil: Instant) {
        self.completedAt = completedAt
        self.afterSalesUntil = afterSalesUntil
    }
}
