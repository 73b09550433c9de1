import CommissionDomain
import Contracts
import Pipeline

/// The commission service: forwards every message to its domain.
struct CommissionHandler: Handler {
    static let service = "commission"
    static let topics: [Topic] = [.intakeOrders, .afterSalesCases, .paymentResults, .commands(of: "commission")]
    static let referenceTopics: [Topic] = [.distributionMembers, .distributionPlans, .catalogItems]

    func message(_ inbound: Inbound) throws(Fault) -> CommissionMessage? {
        try CommissionMessage.read(inbound)
    }

    func message(_ timer: DueTimer) throws(Fault) -> CommissionMessage {
        guard timer.kind == MaturityTimer.kind, let orderID = OrderID(timer.key) else {
            throw Fault("timer \(timer.kind) of \(timer.key) is none of this service")
        }
        return .maturityDue(orderID)
    }

    func keys(of message: CommissionMessage, given state: State<CommissionAggregate>) -> [Key] {
        message.keys(given: state)
    }

    func decide(
        _ message: CommissionMessage, given state: State<CommissionAggregate>, at now: Instant
    ) throws(Fault) -> Decision<CommissionChange> {
        try CommissionDomain.decide(message, given: state, at: now)
    }

    func evolve(_ state: inout State<CommissionAggregate>, by change: CommissionChange) {
        CommissionDomain.evolve(&state, by: change)
    }
}
