import Contracts

/// An order at work: books journals on it and gathers what the decision will say.
struct OrderBooks {
    var order: CommissionOrder
    private let now: Instant
    private var journals: [Journal] = []
    private var facts: [any Fact] = []
    private var timers: [TimerChange] = []

    init(_ order: CommissionOrder, at now: Instant) {
        self.order = order
        self.now = now
    }

    var decision: Decision<CommissionChange> {
        Decision(changes: [.order(order)] + journals.map(CommissionChange.journal), facts: facts, timers: timers)
    }

    /// Books what members earn as frozen; what was paid back before is taken back at once, and what is due matures.
    mutating func accrue(_ accrual: Accrual, by plan: DistributionPlan, cause: String) {
        order.plan = OrderPlan(PlanName(planID: plan.planID, version: plan.version), freezeDays: plan.freezeDays)
        order.accrual = accrual
        order.unsaved.accruals = true
        let rest = accrual.rest
        var amounts = rest.legs.map { LedgerEntry(.frozen(member: $0.memberID), $0.amount) }
        amounts.append(LedgerEntry(.retained, accrual.companyShare))
        amounts.append(LedgerEntry(.rounding, accrual.remainder))
        amounts.append(LedgerEntry(.expense, -accrual.pool))
        book(.accrue, cause, amounts)
        facts.append(
            CommissionAccrued(
                orderID: order.placed.orderID, planID: plan.planID, planVersion: plan.version,
                currency: order.placed.currency, legs: accrual.legs.map(\.leg), companyShare: accrual.companyShare,
                remainder: accrual.remainder, at: now))
        if !order.afterSales.refunds.isEmpty {
            reverseRefunded(cause: "\(cause)-refunds", reason: "paid back before it was accrued")
        }
        awaitMaturity()
    }

    /// Takes back the share of all money paid back so far, beyond what was taken back before.
    mutating func reverseRefunded(cause: String, reason: String, caseID: String? = nil, refundID: String? = nil) {
        reverse(order.afterSales.refundedByLine, cause: cause, reason: reason, caseID: caseID, refundID: refundID)
    }

    /// Takes back all that is left.
    mutating func reverseAll(cause: String, reason: String) {
        reverse(nil, cause: cause, reason: reason, caseID: nil, refundID: nil)
    }

    /// Puts the present accrual, wholly taken back, with the former ones; another may follow.
    mutating func retireAccrual(cause: String, reason: String) {
        guard order.accrual != nil else { return }
        reverseAll(cause: cause, reason: reason)
        order.formerAccruals = order.accruals
        order.accrual = nil
        order.maturedAt = nil
    }

    /// Matures at once when its time has come, else sets the timer.
    mutating func awaitMaturity() {
        guard let due = order.maturesAt else { return }
        guard due > now else { return matureIfDue() }
        timers.append(.set(kind: MaturityTimer.kind, key: order.placed.orderID.text, due: due))
    }

    /// Makes available what is left, once the time is over and no open case holds it.
    mutating func matureIfDue() {
        guard let due = order.maturesAt, due <= now, order.afterSales.openCases.isEmpty, let plan = order.plan?.name,
            let accrual = order.accrual
        else { return }
        let rest = accrual.rest
        order.maturedAt = now
        book(
            .mature, "accrual-\(accrual.number)",
            rest.legs.flatMap { leg in
                [
                    LedgerEntry(.frozen(member: leg.memberID), -leg.amount),
                    LedgerEntry(.available(member: leg.memberID), leg.amount),
                ]
            })
        facts.append(
            CommissionMatured(
                orderID: order.placed.orderID, planID: plan.planID, planVersion: plan.version,
                currency: order.placed.currency, legs: rest.legs, companyShare: rest.companyShare,
                remainder: rest.remainder, at: now))
    }

    /// Comes out of what is frozen, after maturity out of what is available, which may fall below 0.
    private mutating func reverse(
        _ refunded: [String: Int64]?, cause: String, reason: String, caseID: String?, refundID: String?
    ) {
        guard let plan = order.plan?.name, let reversal = order.accrual?.reverse(refunded: refunded), !reversal.isEmpty
        else { return }
        order.unsaved.accruals = true
        let isMatured = order.maturedAt != nil
        var amounts = reversal.legs.map { leg in
            let account = isMatured ? LedgerAccount.available(member: leg.memberID) : .frozen(member: leg.memberID)
            return LedgerEntry(account, -leg.amount)
        }
        amounts.append(LedgerEntry(.retained, -reversal.companyShare))
        amounts.append(LedgerEntry(.rounding, -reversal.remainder))
        amounts.append(LedgerEntry(.expense, -amounts.reduce(0) { $0 + $1.amount }))
        book(.reverse, cause, amounts)
        facts.append(
            CommissionReversed(
                orderID: order.placed.orderID, planID: plan.planID, planVersion: plan.version,
                currency: order.placed.currency, legs: reversal.legs, companyShare: reversal.companyShare,
                remainder: reversal.remainder, caseID: caseID, refundID: refundID, reason: reason, at: now))
        if order.state == .reversed, order.completion != nil, !isMatured {
            timers.append(.cancel(kind: MaturityTimer.kind, key: order.placed.orderID.text))
        }
    }

    private mutating func book(_ kind: Journal.Kind, _ cause: String, _ amounts: [LedgerEntry]) {
        order.journals += 1
        journals.append(
            Journal(
                journalID: "\(order.placed.orderID)-J\(order.journals)", orderID: order.placed.orderID, kind: kind,
                cause: cause, at: now, currency: order.placed.currency, amounts: amounts))
    }
}
