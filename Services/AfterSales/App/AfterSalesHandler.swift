import AfterSalesDomain
import Contracts
import Pipeline

/// After-sales as the pipeline runs it; all rules stand in its domain.
struct AfterSalesHandler: Handler {
    static let service = "after-sales"
    static let topics: [Topic] = [
        .channelAfterSales, .intakeOrders, .fulfilmentShipments, .warehouseInspections, .paymentResults,
        .commissionEntries, .commands(of: service),
    ]
    static let referenceTopics: [Topic] = [.catalogChannels, .catalogItems]

    func message(_ inbound: Inbound) throws(Fault) -> AfterSalesMessage? { try .read(inbound) }

    func message(_ timer: DueTimer) throws(Fault) -> AfterSalesMessage {
        try .read(timer: timer.kind, key: timer.key)
    }

    func keys(of message: AfterSalesMessage, given state: State<AfterSalesAggregate>) -> [Key] {
        message.keys(given: state)
    }

    func decide(
        _ message: AfterSalesMessage, given state: State<AfterSalesAggregate>, at now: Instant
    ) throws(Fault) -> Decision<AfterSalesChange> {
        try message.decide(given: state, at: now)
    }

    func evolve(_ state: inout State<AfterSalesAggregate>, by change: AfterSalesChange) { change.apply(to: &state) }

    func aliases(of key: Key, _ aggregate: AfterSalesAggregate) -> [Key] { aggregate.aliases }
}
