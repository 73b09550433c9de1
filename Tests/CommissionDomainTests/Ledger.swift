import Contracts
import Support

@testable import CommissionDomain

/// Decides messages one after the other on memory, and keeps what was booked and said.
struct Ledger {
    private(set) var state = State<CommissionAggregate>()
    private(set) var journals: [Journal] = []
    private(set) var facts: [any Fact] = []

    init(
        _ plan: DistributionPlan, classes: [String: String] = [:], members: [DistributionMember] = []
    ) throws(Fault) {
        try take(.plan(plan, recordedAt: .sample))
        for account in members.flatMap(\.buyers) { state.load(.buyer(account), nil) }
        for member in members { try take(.member(member, recordedAt: .sample)) }
        for (sku, commissionClass) in classes {
            try take(.item(.sample(sku: sku, commissionClass: commissionClass), recordedAt: .sample))
        }
    }

    mutating func take(_ message: CommissionMessage, at now: Instant = .sample) throws(Fault) {
        for _ in 0..<4 {
            for key in message.keys(given: state) where !state.isLoaded(key) { state.load(key, nil) }
        }
        let decision = try decide(message, given: state, at: now)
        for change in decision.changes {
            evolve(&state, by: change)
            if case .journal(let journal) = change { journals.append(journal) }
        }
        facts += decision.facts
    }

    func accrual(of orderID: OrderID) -> Accrual? { state.order(orderID)?.accrual }

    /// What all entries of each account sum to, without those that sum to 0.
    var balances: [LedgerAccount: Int64] {
        var sums: [LedgerAccount: Int64] = [:]
        for entry in journals.flatMap(\.entries) { sums[entry.account, default: 0] += entry.amount }
        return sums.filter { $0.value != 0 }
    }
}
