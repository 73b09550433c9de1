public import Contracts

/// What inventory takes, one case per type, timers included.
public indirect enum InventoryMessage: Sendable {
    case orderPlaced(OrderPlaced)
    case orderReinstated(OrderReinstated)
    case orderRevised(OrderRevised)
    case orderCancelled(OrderCancelled)
    case shipmentDispatched(ShipmentDispatched)
    case linesResumed(LinesResumed)
    case reallocationRequested(ReallocationRequested)
    case caseInspected(CaseInspected)
    case stockMoved(WarehouseMovement)
    case setSafetyStock(SetSafetyStock)
    case republishAvailability(RepublishAvailability)
    case runForecast(RunForecast)
    case acceptSuggestion(AcceptSuggestion)
    case setChannelQuota(SetChannelQuota)
    case repairStock(RepairStock)
    case item(CatalogItem)
    case listing(CatalogListing)
    case warehouse(CatalogWarehouse)
    case availabilityDue(sku: String)
    case republishDue(sku: String)
    /// There is a new forecast.
    case reviewDue(sku: String)
    case backorderDue(OrderID)

    /// Reads a record; `nil` for a type that inventory does not take.
    public static func read(_ inbound: Inbound) throws(Fault) -> InventoryMessage? {
        guard let body = inbound.body else { return try withdrawn(inbound) }
        switch inbound.envelope.type {
        case OrderPlaced.type: return .orderPlaced(try OrderPlaced(body))
        case OrderReinstated.type: return .orderReinstated(try OrderReinstated(body))
        case OrderRevised.type: return .orderRevised(try OrderRevised(body))
        case OrderCancelled.type: return .orderCancelled(try OrderCancelled(body))
        case ShipmentDispatched.type: return .shipmentDispatched(try ShipmentDispatched(body))
        case LinesResumed.type: return .linesResumed(try LinesResumed(body))
        case ReallocationRequested.type: return .reallocationRequested(try ReallocationRequested(body))
        case CaseInspected.type: return .caseInspected(try CaseInspected(body))
        case WarehouseMovement.type: return .stockMoved(try WarehouseMovement(body))
        case SetSafetyStock.type: return .setSafetyStock(try SetSafetyStock(body))
        case RepublishAvailability.type: return .republishAvailability(try RepublishAvailability(body))
        case SetChannelQuota.type: return .setChannelQuota(try SetChannelQuota(body))
        case RunForecast.type: return .runForecast(try RunForecast(body))
        case AcceptSuggestion.type: return .acceptSuggestion(try AcceptSuggestion(body))
        case RepairStock.type: return .repairStock(try RepairStock(body))
        case CatalogItem.type: return .item(try CatalogItem(body))
        case CatalogListing.type: return .listing(try CatalogListing(body))
        case CatalogWarehouse.type: return .warehouse(try CatalogWarehouse(body))
        default: return nil
        }
    }

    /// Reads a timer that inventory has set.
    public static func read(timer kind: String, key: String) throws(Fault) -> InventoryMessage {
        switch kind {
        case TimerKind.availability: return .availabilityDue(sku: key)
        case TimerKind.republish: return .republishDue(sku: key)
        case TimerKind.review: return .reviewDue(sku: key)
        case TimerKind.fillBackorder:
            guard let orderID = OrderID(key) else { throw Fault("is not an order id of ours", field: "key") }
            return .backorderDue(orderID)
        default: throw Fault("timer \(kind) is unknown")
        }
    }

    /// A reference record without a value makes its key inactive.
    private static func withdrawn(_ inbound: Inbound) throws(Fault) -> InventoryMessage? {
        switch inbound.topic {
        case .catalogItems: return .item(CatalogItem(sku: inbound.key, active: false))
        case .catalogWarehouses: return .warehouse(CatalogWarehouse(warehouse: inbound.key, active: false))
        case .catalogListings:
            let parts = inbound.key.split(separator: "/", maxSplits: 1).map(String.init)
            guard parts.count == 2 else { throw Fault("is not channel/externalSku", field: "key") }
            return .listing(CatalogListing(channel: parts[0], externalSku: parts[1], active: false))
        default: throw Fault("has no value", field: "value")
        }
    }
}
