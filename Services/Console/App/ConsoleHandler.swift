import ConsoleDomain
import Contracts
import Pipeline

/// Brings what every topic tells into the read tables; decides nothing and tells nobody anything.
struct ConsoleHandler: Handler {
    let calendar: BusinessCalendar

    static let service = "console"
    static let topics: [Topic] =
        [
            .intakeOrders, .inventoryStock, .inventoryMovements, .inventoryAvailability, .inventoryAlerts,
            .fulfilmentShipments, .afterSalesCases, .afterSalesRefunds, .commissionEntries, .commissionPayouts,
            .channelVisits, .commands(of: service),
        ] + Topic.services.flatMap { [.commandResults(of: $0), .deadLetters(of: $0)] }
    static let referenceTopics: [Topic] = [
        .catalogItems, .catalogWarehouses, .catalogListings, .catalogChannels, .catalogCarriers, .distributionMembers,
        .distributionBindings, .distributionPlans,
    ]

    /// What a record says; `nil` when it says nothing that is shown.
    func message(_ inbound: Inbound) throws(Fault) -> [ReadRow]? {
        let rows = try readInbound(inbound, calendar: calendar)
        return rows.isEmpty ? nil : rows
    }

    func message(_ timer: DueTimer) throws(Fault) -> [ReadRow] {
        throw Fault("timer \(timer.kind) of \(timer.key) is none of this service")
    }

    func keys(of message: [ReadRow], given state: State<ReadRow>) -> [Key] { [] }

    func decide(
        _ message: [ReadRow], given state: State<ReadRow>, at now: Instant
    ) throws(Fault) -> Decision<ReadRow> {
        Decision(changes: message)
    }

    func evolve(_ state: inout State<ReadRow>, by change: ReadRow) { ConsoleDomain.evolve(&state, by: change) }
}
