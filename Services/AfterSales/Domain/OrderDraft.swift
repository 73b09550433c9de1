import Contracts

/// A decision about one order while it is being made: each step sees what the steps before it changed.
///
/// It works on a copy; nothing of it counts before the pipeline applies the finished decision.
struct OrderDraft {
    private(set) var account: OrderAccount
    private(set) var decision = Decision<AfterSalesChange>()
    let now: Instant

    init(_ account: OrderAccount, at now: Instant) {
        self.account = account
        self.now = now
    }

    var orderID: OrderID { account.orderID }

    mutating func change(_ change: AfterSalesChange) {
        account.apply(change)
        decision.changes.append(change)
    }

    mutating func tell(_ fact: any Fact) { decision.facts.append(fact) }

    /// Puts a case into its new state and starts, moves or stops its clock.
    mutating func move(_ moved: AfterSalesCase) {
        var moved = moved
        let former = account.findCase(moved.caseID)
        let movesOn = former?.state != moved.state && !account.followsPlatform
        let next = movesOn ? moved.clock(at: now) : nil
        if movesOn {
            moved.dueAt = next?.due
            moved.pausedRest = nil
        }
        if former != moved { change(.caseMoved(orderID, moved)) }
        guard movesOn else { return }
        let formerClock = former?.clock(at: now)?.clock
        if let formerClock, formerClock != next?.clock {
            decision.timers.append(.cancel(kind: formerClock.rawValue, key: moved.caseID))
        }
        if let next { decision.timers.append(.set(kind: next.clock.rawValue, key: moved.caseID, due: next.due)) }
    }

    /// Lets a clock run, also one that stood still, until a later time than its rule says.
    mutating func setClock(of resting: AfterSalesCase, due: Instant, because reason: String, by: String) {
        guard let clock = resting.clock(at: now)?.clock else { return }
        var later = resting
        later.dueAt = due
        later.pausedRest = nil
        change(.caseMoved(orderID, later))
        decision.timers.append(.set(kind: clock.rawValue, key: resting.caseID, due: due))
        tell(
            CaseClockChanged(
                orderID: orderID, caseID: resting.caseID, clock: clock, dueAt: due, reason: reason, by: by,
                changedAt: now))
    }

    /// Lets a clock stand still, with what it has left in milliseconds.
    mutating func stopClock(of resting: AfterSalesCase, rest: Int64, because reason: String, by: String) {
        guard let clock = resting.clock(at: now)?.clock else { return }
        var paused = resting
        paused.dueAt = nil
        paused.pausedRest = rest
        change(.caseMoved(orderID, paused))
        if resting.pausedRest == nil { decision.timers.append(.cancel(kind: clock.rawValue, key: resting.caseID)) }
        tell(
            CaseClockChanged(
                orderID: orderID, caseID: resting.caseID, clock: clock, restMilliseconds: rest, reason: reason, by: by,
                changedAt: now))
    }

    /// Ends a case; what it paused goes on.
    mutating func close(_ ending: AfterSalesCase, as state: CaseState, _ outcome: CaseOutcome) {
        var closed = ending
        closed.state = state
        closed.outcome = outcome
        move(closed)
        tell(CaseClosed(orderID: orderID, caseID: closed.caseID, outcome: outcome, closedAt: now))
    }

    mutating func reject(_ rejected: AfterSalesCase, because reason: String, by: String) {
        tell(CaseRejected(orderID: orderID, caseID: rejected.caseID, reason: reason, by: by, rejectedAt: now))
        close(rejected, as: .rejected, .rejected)
    }
}
