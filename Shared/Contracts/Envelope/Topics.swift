/// Every topic by its name; `CONTRACTS` says who publishes what.
extension Topic {
    public static let channelOrders = Topic("channel.orders.v1", .inbound, defaultType: "channel.order.v1")
    public static let channelPayments = Topic("channel.payments.v1", .inbound, defaultType: "channel.payment.v1")
    public static let channelAfterSales = Topic(
        "channel.after-sales.v1", .inbound, defaultType: "channel.after-sales.request.v1")
    public static let channelUpdateResults = Topic(
        "channel.update.results.v1", .inbound, defaultType: "channel.update.result.v1")
    public static let channelVisits = Topic("channel.visits.v1", .inbound, defaultType: "channel.visit.v1")
    public static let carrierScans = Topic("carrier.scans.v1", .inbound, defaultType: "carrier.scan.v1")
    public static let warehouseMovements = Topic(
        "warehouse.movements.v1", .inbound, defaultType: "warehouse.movement.v1")
    public static let warehouseInspections = Topic(
        "warehouse.inspections.v1", .inbound, defaultType: "warehouse.inspection.v1")
    public static let paymentResults = Topic(
        "payment.results.v1", .inbound, defaultType: "payment.refund.result.v1")

    public static let catalogItems = Topic("catalog.items.v1", .reference, defaultType: "catalog.item.v1")
    public static let catalogWarehouses = Topic(
        "catalog.warehouses.v1", .reference, defaultType: "catalog.warehouse.v1")
    public static let catalogListings = Topic("catalog.listings.v1", .reference, defaultType: "catalog.listing.v1")
    public static let catalogChannels = Topic("catalog.channels.v1", .reference, defaultType: "catalog.channel.v1")
    public static let catalogCarriers = Topic("catalog.carriers.v1", .reference, defaultType: "catalog.carrier.v1")
    public static let distributionMembers = Topic(
        "distribution.members.v1", .reference, defaultType: "distribution.member.v1")
    public static let distributionBindings = Topic(
        "distribution.bindings.v1", .reference, defaultType: "distribution.binding.v1")
    public static let distributionPlans = Topic(
        "distribution.plans.v1", .reference, defaultType: "distribution.plan.v1")

    public static let intakeOrders = Topic("intake.orders.v1", .fact)
    public static let intakeParties = Topic("intake.parties.v1", .fact)
    public static let intakeBuyerKeys = Topic("intake.buyer-keys.v1", .fact)
    public static let inventoryStock = Topic("inventory.stock.v1", .fact)
    public static let inventoryMovements = Topic("inventory.movements.v1", .fact)
    public static let inventoryAvailability = Topic("inventory.availability.v1", .fact)
    public static let inventoryAlerts = Topic("inventory.alerts.v1", .fact)
    public static let fulfilmentShipments = Topic("fulfilment.shipments.v1", .fact)
    public static let afterSalesCases = Topic("after-sales.cases.v1", .fact)
    public static let afterSalesRefunds = Topic("after-sales.refunds.v1", .fact)
    public static let commissionPayouts = Topic("commission.payouts.v1", .fact)
    public static let commissionEntries = Topic("commission.entries.v1", .fact)
    public static let channelUpdates = Topic("channel.updates.v1", .fact)
    public static let notaryCheckpoints = Topic("notary.checkpoints.v1", .fact)

    public static let operationsClock = Topic("ops.clock.v1", .operation)

    public static func commands(of service: String) -> Topic { Topic("\(service).commands.v1", .command) }
    public static func commandResults(of service: String) -> Topic {
        Topic("\(service).command-results.v1", .operation)
    }
    public static func deadLetters(of service: String) -> Topic { Topic("\(service).dead-letters.v1", .operation) }

    /// The services that decide, in the order of an order's life.
    public static let deciders = ["intake", "inventory", "fulfilment", "after-sales", "commission"]

    /// Every service: those that decide, and the one that people look at.
    public static let services = deciders + ["console"]

    /// Every topic there is.
    public static let all: [Topic] =
        [
            channelOrders, channelPayments, channelAfterSales, channelUpdateResults, channelVisits, carrierScans,
            warehouseMovements, warehouseInspections, paymentResults, catalogItems, catalogWarehouses,
            catalogListings, catalogChannels, catalogCarriers, distributionMembers, distributionBindings,
            distributionPlans,
            intakeOrders, intakeParties, intakeBuyerKeys, inventoryStock, inventoryMovements, inventoryAvailability,
            inventoryAlerts, fulfilmentShipments, afterSalesCases, afterSalesRefunds, commissionPayouts,
            commissionEntries, channelUpdates, notaryCheckpoints, operationsClock,
        ] + services.flatMap { [commands(of: $0), commandResults(of: $0), deadLetters(of: $0)] }
}
