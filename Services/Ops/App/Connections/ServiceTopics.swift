import Contracts

/// Which topics each service listens to, for lag and for waiting until all is handled; a test compares it with the
/// services' handlers.
struct ServiceTopics {
    let service: String
    let topics: [Topic]
    let referenceTopics: [Topic]

    /// Group and topics: one group for the lanes, one for reference data.
    var groups: [(group: String, topics: [Topic])] {
        [(service, topics), ("\(service)-reference", referenceTopics)]
    }

    /// Whose decisions others wait for; the console only reads what they say.
    static var deciding: [ServiceTopics] { all.filter { Topic.deciders.contains($0.service) } }

    static let all = [
        ServiceTopics(
            service: "intake",
            topics: [
                .channelOrders, .channelPayments, .channelVisits, .commands(of: "intake"), .inventoryStock,
                .fulfilmentShipments,
                .afterSalesCases, .afterSalesRefunds, .channelUpdateResults,
            ],
            referenceTopics: [
                .catalogChannels, .catalogItems, .catalogListings, .distributionMembers, .distributionBindings,
            ]),
        ServiceTopics(
            service: "inventory",
            topics: [
                .intakeOrders, .fulfilmentShipments, .afterSalesCases, .warehouseMovements, .commands(of: "inventory"),
            ],
            referenceTopics: [.catalogItems, .catalogWarehouses, .catalogListings]),
        ServiceTopics(
            service: "fulfilment",
            topics: [
                .intakeOrders, .inventoryStock, .afterSalesCases, .carrierScans, .commands(of: "fulfilment"),
                .intakeParties, .intakeBuyerKeys,
            ],
            referenceTopics: [.catalogItems, .catalogWarehouses, .catalogCarriers]),
        ServiceTopics(
            service: "after-sales",
            topics: [
                .channelAfterSales, .intakeOrders, .fulfilmentShipments, .warehouseInspections, .paymentResults,
                .commissionEntries, .commands(of: "after-sales"),
            ],
            referenceTopics: [.catalogChannels, .catalogItems]),
        ServiceTopics(
            service: "commission",
            topics: [.intakeOrders, .afterSalesCases, .paymentResults, .commands(of: "commission")],
            referenceTopics: [.distributionMembers, .distributionPlans, .catalogItems]),
        ServiceTopics(
            service: "console",
            topics: [
                .intakeOrders, .inventoryStock, .inventoryMovements, .inventoryAvailability, .inventoryAlerts,
                .fulfilmentShipments, .afterSalesCases, .afterSalesRefunds, .commissionEntries, .commissionPayouts,
                .channelVisits, .commands(of: "console"),
            ] + Topic.services.flatMap { [.commandResults(of: $0), .deadLetters(of: $0)] },
            referenceTopics: [
                .catalogItems, .catalogWarehouses, .catalogListings, .catalogChannels, .catalogCarriers,
                .distributionMembers, .distributionBindings, .distributionPlans,
            ]),
    ]
}
