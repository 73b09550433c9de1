public import Contracts

/// Names the statement of a member for a month in a currency; it is the key of the timer that settles it.
public struct SettlementName: Hashable, Sendable {
    public static let timerKind = "settle"

    public let period: Period
    public let currency: String
    public let memberID: String

    public init(period: Period, currency: String, memberID: String) {
        self.period = period
        self.currency = currency
        self.memberID = memberID
    }

    /// `2026-11/CNY/M3`.
    public var text: String { "\(period.text)/\(currency)/\(memberID)" }

    /// Reads its own text.
    public init?(_ text: String) {
        let parts = text.split(separator: "/", maxSplits: 2).map(String.init)
        guard parts.count == 3, let period = Period(parts[0]) else { return nil }
        self.init(period: period, currency: parts[1], memberID: parts[2])
    }
}

/// The statement of one member for one month: what its available money did.
///
/// `opening + matured − reversed + adjusted − paidOut + teamBonus = payable`.
/// - Units: minor units.
public struct Settlement: Sendable, Equatable {
    public let name: SettlementName
    /// Of the member and its first level.
    public let turnover: Int64
    public let opening: Int64
    public let matured: Int64
    public let reversed: Int64
    public let adjusted: Int64
    /// Set aside for payouts, less what came back.
    public let paidOut: Int64
    public internal(set) var teamBonus: Int64
    /// `nil` while only the sums are known.
    public internal(set) var settledAt: Instant?

    public init(
        name: SettlementName, turnover: Int64, opening: Int64, matured: Int64, reversed: Int64, adjusted: Int64,
        paidOut: Int64, teamBonus: Int64 = 0, settledAt: Instant? = nil
    ) {
        self.name = name
        self.turnover = turnover
        self.opening = opening
        self.matured = matured
        self.reversed = reversed
        self.adjusted = adjusted
        self.paidOut = paidOut
        self.teamBonus = teamBonus
        self.settledAt = settledAt
    }

    public var payable: Int64 { opening + matured - reversed + adjusted - paidOut + teamBonus }
}

extension CommissionRules {
    /// Books the team bonus of a month and tells the statement; a statement is told once.
    ///
    /// - Source: DESIGN section 4, "Commission": the team's bonus is never booked at accrual.
    func settle(
        _ name: SettlementName, given state: State<CommissionAggregate>, at now: Instant
    ) -> Decision<CommissionChange> {
        guard var settlement = state.settlement(name), settlement.settledAt == nil else { return .nothing }
        var books = MemberBooks(state.account(name.memberID), at: now)
        let lastMoment = name.period.end(in: calendar) + .milliseconds(-1)
        let plan = state.plans.inForce(at: lastMoment, currency: name.currency)?.plan
        let bonus = plan.map { teamBonus(of: settlement.turnover, by: $0) } ?? 0
        if bonus > 0 {
            books.book(
                .team, cause: "\(name.period.text)-\(name.currency)", name.currency,
                [LedgerEntry(.available(member: name.memberID), bonus), LedgerEntry(.expense, -bonus)])
        }
        settlement.teamBonus = bonus
        settlement.settledAt = now
        books.keep(.settlement(settlement))
        books.tell(
            CommissionSettled(
                memberID: name.memberID, period: name.period.text, currency: name.currency,
                turnover: settlement.turnover, matured: settlement.matured, reversed: settlement.reversed,
                teamBonus: bonus, adjusted: settlement.adjusted, payable: settlement.payable, settledAt: now))
        return books.decision
    }

    /// The highest tier that the turnover reaches holds for the whole of it.
    public func teamBonus(of turnover: Int64, by plan: DistributionPlan) -> Int64 {
        let reached = plan.teamTiers.filter { $0.monthlyTurnover <= turnover }
        guard turnover > 0, let tier = reached.max(by: { $0.monthlyTurnover < $1.monthlyTurnover }) else { return 0 }
        return Allocation.share(of: turnover, basisPoints: tier.rateBasisPoints)
    }
}
