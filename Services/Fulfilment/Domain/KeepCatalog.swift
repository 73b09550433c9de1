import Contracts

/// Puts down what a piece weighs; the newest word counts.
func keep(_ item: CatalogItem, given state: State<FulfilmentAggregate>) -> FulfilmentDecision {
    let weight = ItemWeight(sku: item.sku, weightGrams: item.weightGrams, packing: item.packing)
    return state.item(item.sku) == weight ? .nothing : FulfilmentDecision(changes: [.item(weight)])
}

/// Puts down where a warehouse stands; the newest word counts.
func keep(_ warehouse: CatalogWarehouse, given state: State<FulfilmentAggregate>) -> FulfilmentDecision {
    let place = WarehousePlace(
        warehouse: warehouse.warehouse, country: warehouse.country, province: warehouse.province,
        city: warehouse.city, contact: warehouse.contact)
    return state.warehouse(warehouse.warehouse) == place
        ? .nothing : FulfilmentDecision(changes: [.warehouse(place)])
}

/// Puts down what a carrier takes and promises, from when on.
func keep(
    _ carrier: CatalogCarrier, recordedAt: Instant, given state: State<FulfilmentAggregate>
) -> FulfilmentDecision {
    let former = state.carriers.history(of: carrier.carrier)
    var history = former
    history.put(carrier, from: carrier.effectiveFrom ?? recordedAt)
    return history == former ? .nothing : FulfilmentDecision(changes: [.carrier(history)])
}

/// A carrier without a record is given no parcel from then on.
func endCarrier(_ carrier: String, at moment: Instant, given state: State<FulfilmentAggregate>) -> FulfilmentDecision {
    let former = state.carriers.history(of: carrier)
    var history = former
    history.end(at: moment)
    return history == former ? .nothing : FulfilmentDecision(changes: [.carrier(history)])
}
