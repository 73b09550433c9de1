import Contracts
import IntakeDomain
import Pipeline

/// Intake in the pipeline: the topics it listens to, and its rules.
struct IntakeHandler: Handler {
    static let service = "intake"
    static let topics: [Topic] = [
        .channelOrders, .channelPayments, .channelVisits, .commands(of: service), .inventoryStock,
        .fulfilmentShipments, .afterSalesCases, .afterSalesRefunds, .channelUpdateResults,
    ]
    static let referenceTopics: [Topic] = [
        .catalogChannels, .catalogItems, .catalogListings, .distributionMembers, .distributionBindings,
    ]

    private let rules: IntakeRules

    init(calendar: BusinessCalendar, privacy: PrivacyTerms?) {
        rules = IntakeRules(calendar: calendar, privacy: privacy)
    }

    func message(_ inbound: Inbound) throws(Fault) -> IntakeMessage? { try IntakeMessage.read(inbound) }

    func message(_ timer: DueTimer) throws(Fault) -> IntakeMessage {
        try IntakeMessage.read(timer: timer.kind, key: timer.key)
    }

    func keys(of message: IntakeMessage, given state: State<IntakeAggregate>) -> [Key] {
        rules.keys(of: message, given: state)
    }

    func decide(
        _ message: IntakeMessage, given state: State<IntakeAggregate>, at now: Instant
    ) throws(Fault) -> Decision<IntakeChange> {
        try rules.decide(message, given: state, at: now)
    }

    func evolve(_ state: inout State<IntakeAggregate>, by change: IntakeChange) { state.set(change.key, change.value) }

    func aliases(of key: Key, _ aggregate: IntakeAggregate) -> [Key] { aggregate.aliases }
}
