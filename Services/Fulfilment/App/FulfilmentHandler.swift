import Contracts
import FulfilmentDomain
import Pipeline

/// Fulfilment as the pipeline sees it; every rule stands in the domain.
struct FulfilmentHandler: Handler {
    let rules: FulfilmentRules
    /// Somebody here calls providers, and needs to know who receives.
    var keepsParties = false

    static let service = "fulfilment"
    static let topics: [Topic] = [
        .intakeOrders, .inventoryStock, .afterSalesCases, .carrierScans, .commands(of: service), .intakeParties,
        .intakeBuyerKeys,
    ]
    static let referenceTopics: [Topic] = [.catalogItems, .catalogWarehouses, .catalogCarriers]

    func message(_ inbound: Inbound) throws(Fault) -> FulfilmentMessage? {
        try .read(inbound, keepsParties: keepsParties)
    }

    func message(_ timer: DueTimer) throws(Fault) -> FulfilmentMessage {
        try .read(timer: timer.kind, key: timer.key)
    }

    func keys(of message: FulfilmentMessage, given state: State<FulfilmentAggregate>) -> [Key] {
        message.keys(given: state, rules)
    }

    func decide(
        _ message: FulfilmentMessage, given state: State<FulfilmentAggregate>, at now: Instant
    ) throws(Fault) -> FulfilmentDecision {
        try message.decide(given: state, at: now, rules)
    }

    func evolve(_ state: inout State<FulfilmentAggregate>, by change: FulfilmentChange) { change.evolve(&state) }

    /// An order is asked for by the waybills of its shipments too.
    func aliases(of key: Key, _ aggregate: FulfilmentAggregate) -> [Key] {
        guard case .order(let order, _) = aggregate else { return [] }
        return order.shipments.filter(\.leadsParcel).map { .waybill($0.label.carrier, $0.label.waybill) }
    }
}
