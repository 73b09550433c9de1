import Contracts

/// An order at work: books journals on it and gathers what the decision will say.
struct OrderBooks {
    var order: CommissionOrder
    let now: Instant
    private var journals: [Journal] = []
    private var facts: [any Fact] = []
    private var timers: [TimerChange] = []
    private var turnovers: [Turnover] = []

    init(_ order: CommissionOrder, at now: Instant) {
        self.order = order
        self.now = now
    }

    var decision: Decision<CommissionChange> {
        Decision(
            changes: [.order(order)] + journals.map(CommissionChange.journal)
                + turnovers.map(CommissionChange.turnover),
            facts: facts, timers: timers)
    }

    /// Books what members earn as frozen; what was paid back before is taken back at once, and what is due matures.
    mutating func accrue(_ accrual: Accrual, by plan: DistributionPlan, cause: String) {
        order.plan = OrderPlan(PlanName(planID: plan.planID, version: plan.version), freezeDays: plan.freezeDays)
        order.accrual = accrual
        order.accrualJournal = order.journals + 1
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
        order.accrual?.formerly = order.attribution
        order.unsaved.accruals = true
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
        order.maturedAt = now
        countTurnover()
        mature(accrual, plan, cause: "accrual-\(accrual.number)")
    }

    /// Makes available what a hold had kept back beyond the day of maturity.
    mutating func matureReleased() {
        guard order.maturedAt != nil else { return matureIfDue() }
        guard let plan = order.plan?.name, let accrual = order.accrual else { return }
        mature(accrual, plan, cause: "accrual-\(accrual.number)-\(order.journals + 1)")
    }

    /// What is held stays frozen.
    private mutating func mature(_ accrual: Accrual, _ plan: PlanName, cause: String) {
        let isFirst = !accrual.legs.contains(where: \.isMatured)
        var accrual = accrual
        let held = Set(order.holds.map(\.memberID))
        let legs = accrual.mature { !held.contains($0.memberID) }
        guard !legs.isEmpty else { return }
        order.accrual = accrual
        order.unsaved.accruals = true
        book(
            .mature, cause,
            legs.flatMap { leg in
                [
                    LedgerEntry(.frozen(member: leg.memberID), -leg.amount),
                    LedgerEntry(.available(member: leg.memberID), leg.amount),
                ]
            })
        let rest = accrual.rest
        facts.append(
            CommissionMatured(
                orderID: order.placed.orderID, planID: plan.planID, planVersion: plan.version,
                currency: order.placed.currency, legs: legs, companyShare: isFirst ? rest.companyShare : 0,
                remainder: isFirst ? rest.remainder : 0, at: now))
    }

    /// Puts down what the order adds to the turnover of its seller, or takes from it, since the last time.
    private mutating func countTurnover() {
        let target = order.turnoverNow
        guard target != order.turnover, let seller = order.chain.first?.memberID else { return }
        order.turnovers += 1
        turnovers.append(
            Turnover(
                orderID: order.placed.orderID, number: order.turnovers, seller: seller,
                parent: order.chain.dropFirst().first?.memberID, currency: order.placed.currency,
                amount: target - order.turnover, at: now))
        order.turnover = target
    }

    mutating func tell(_ fact: any Fact) { facts.append(fact) }

    /// Comes out of what is frozen, after maturity out of what is available, which may fall below 0.
    private mutating func reverse(
        _ refunded: [String: Int64]?, cause: String, reason: String, caseID: String?, refundID: String?
    ) {
        guard let plan = order.plan?.name, let reversal = order.accrual?.reverse(refunded: refunded) else { return }
        // Also where it is too little to take a cent back.
        if order.maturedAt != nil { countTurnover() }
        guard !reversal.isEmpty else { return }
        order.unsaved.accruals = true
        var amounts = zip(reversal.legs, reversal.frozen).map { leg, isFrozen in
            let account = isFrozen ? LedgerAccount.frozen(member: leg.memberID) : .available(member: leg.memberID)
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
        if order.state == .reversed, order.completion != nil, order.maturedAt == nil {
            timers.append(.cancel(kind: MaturityTimer.kind, key: order.placed.orderID.text))
        }
    }

    private mutating func book(_ kind: Journal.Kind, _ cause: String, _ amounts: [LedgerEntry]) {
        order.journals += 1
        journals.append(
            Journal(
                number: order.journals, of: .order(order.placed.orderID), kind: kind, cause: cause, at: now,
                currency: order.placed.currency, amounts: amounts))
    }
}
