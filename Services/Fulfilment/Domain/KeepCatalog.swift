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
