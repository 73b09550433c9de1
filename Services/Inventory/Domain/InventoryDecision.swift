public import Contracts

extension InventoryMessage {
    /// Decides the message; reads and never mutates.
    ///
    /// - Parameter calendar: By whose days warehouses have room.
    public func decide(
        given state: State<InventoryAggregate>, at now: Instant, by calendar: BusinessCalendar
    ) throws(Fault) -> Decision<InventoryChange> {
        let day = calendar.day(of: now)
        switch self {
        case .orderPlaced(let order): return try reserveStock(for: order, given: state, at: now, on: day)
        case .orderReinstated(let order): return reserveStock(again: order, given: state, at: now, on: day)
        case .orderRevised(let order): return try reserveStock(revised: order, given: state, at: now, on: day)
        case .orderCancelled(let order): return releaseStock(of: order, given: state, at: now)
        case .shipmentDispatched(let shipment): return try deductStock(for: shipment, given: state, at: now)
        case .reallocationRequested(let wish): return reallocateStock(wish, given: state, at: now)
        case .linesResumed(let resumed): return releaseStock(of: resumed, given: state, at: now)
        case .caseInspected(let inspection): return restockReturn(inspection, given: state, at: now)
        case .stockMoved(let movement): return try moveStock(movement, given: state, at: now)
        case .setSafetyStock(let command): return InventoryDomain.setSafetyStock(command, given: state, at: now)
        case .republishAvailability(let command):
            return InventoryDomain.republishAvailability(command, given: state, at: now)
        case .runForecast(let command): return requestForecast(command, given: state, at: now)
        case .acceptSuggestion(let command): return InventoryDomain.acceptSuggestion(command, given: state, at: now)
        case .setChannelQuota(let command): return InventoryDomain.setChannelQuota(command, given: state, at: now)
        case .repairStock(let command): return InventoryDomain.repairStock(command, given: state, at: now)
        case .item(let item): return keepItem(item, given: state, at: now)
        case .listing(let listing):
            return state.listing(listing.channel, listing.externalSku) == listing
                ? .nothing : Decision(changes: [.listing(listing)])
        case .warehouse(let warehouse):
            return state.warehouse(warehouse.warehouse) == warehouse
                ? .nothing : Decision(changes: [.warehouse(warehouse)])
        case .availabilityDue(let sku): return announceAvailability(of: sku, given: state, at: now)
        case .republishDue(let sku): return InventoryDomain.republishAvailability(of: sku, given: state, at: now)
        case .reviewDue(let sku): return reviewStock(of: sku, given: state, at: now)
        case .backorderDue(let orderID): return fillBackorder(of: orderID, given: state, at: now, on: day)
        }
    }

    /// Safety stock and reorder point of the catalog change what can be sold and what is low.
    private func keepItem(
        _ item: CatalogItem, given state: State<InventoryAggregate>, at now: Instant
    ) -> Decision<InventoryChange> {
        if state.item(item.sku) == item { return .nothing }
        return Booking(state, at: now).decision(with: item)
    }
}
