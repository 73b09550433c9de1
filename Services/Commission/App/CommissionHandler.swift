import CommissionDomain
import Contracts
import Pipeline

/// The commission service: forwards every message to its domain.
struct CommissionHandler: Handler {
    var rules = CommissionRules()

    static let service = "commission"
    static let topics: [Topic] = [.intakeOrders, .afterSalesCases, .paymentResults, .commands(of: "commission")]
    static let referenceTopics: [Topic] = [.distributionMembers, .distributionPlans, .catalogItems]

    func message(_ inbound: Inbound) throws(Fault) -> CommissionMessage? {
        try CommissionMessage.read(inbound)
    }

    func message(_ timer: DueTimer) throws(Fault) -> CommissionMessage {
        try CommissionMessage.read(timer.kind, timer.key)
    }

    func keys(of message: CommissionMessage, given state: State<CommissionAggregate>) -> [Key] {
        message.keys(given: state)
    }

    func decide(
        _ message: CommissionMessage, given state: State<CommissionAggregate>, at now: Instant
    ) throws(Fault) -> Decision<CommissionChange> {
        try CommissionDomain.decide(message, given: state, at: now, by: rules)
    }

    func evolve(_ state: inout State<CommissionAggregate>, by change: CommissionChange) {
        CommissionDomain.evolve(&state, by: change)
    }

    func derived(_ key: Key, from stored: [Key: CommissionAggregate]) -> CommissionAggregate? {
        switch key.kind {
        case .balance:
            let journals = stored.values.compactMap { if case .journal(let journal) = $0 { journal } else { nil } }
            return .balance(.sum(of: key.id, journals))
        case .buyer:
            let members = stored.filter { _, aggregate in
                if case .member(let history) = aggregate { history.accounts.contains(key.id) } else { false }
            }
            return .buyer(members.keys.map(\.id).sorted())
        default: return nil
        }
    }
}
