import Contracts
import InventoryDomain
import Pipeline

/// Puts inventory's domain behind the pipeline: all topics that touch stock, one handler.
struct InventoryHandler: Handler {
    static let service = "inventory"
    static let topics: [Topic] = [
        .intakeOrders, .fulfilmentShipments, .afterSalesCases, .warehouseMovements, .commands(of: service),
    ]
    static let referenceTopics: [Topic] = [.catalogItems, .catalogWarehouses, .catalogListings]

    private let calendar: BusinessCalendar

    init(calendar: BusinessCalendar = .shanghai) { self.calendar = calendar }

    func message(_ inbound: Inbound) throws(Fault) -> InventoryMessage? { try .read(inbound) }

    func message(_ timer: DueTimer) throws(Fault) -> InventoryMessage {
        try .read(timer: timer.kind, key: timer.key)
    }

    func keys(of message: InventoryMessage, given state: State<InventoryAggregate>) -> [Key] {
        message.keys(given: state)
    }

    func decide(
        _ message: InventoryMessage, given state: State<InventoryAggregate>, at now: Instant
    ) throws(Fault) -> Decision<InventoryChange> {
        try message.decide(given: state, at: now, by: calendar)
    }

    func evolve(_ state: inout State<InventoryAggregate>, by change: InventoryChange) { change.apply(to: &state) }
}
