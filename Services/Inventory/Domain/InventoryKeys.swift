public import Contracts

/// The keys of inventory's aggregates; the rank of a kind is its place in the order of locks.
///
/// - Shape: an order's reservation is locked before any stock; a movement is read under the lock of its SKU's stock.
/// - Source: DESIGN section 2, "Locks".
extension Key {
    public static let reservationKind = Kind("reservation", rank: 10)
    public static let stockKind = Kind("stock", rank: 20)
    public static let workloadKind = Kind("workload", rank: 25)
    public static let movementKind = Kind("movement", rank: 30)
    /// Read under the lock of its SKU's stock, never written.
    public static let differenceKind = Kind("difference", rank: 30)
    public static let repairKind = Kind("repair", rank: 40)
    public static let sideRequestKind = Kind("side-request", rank: 50)
    /// Written by the forecaster alone.
    public static let forecastKind = Kind("forecast", rank: 0, isReference: true)
    public static let itemKind = Kind("item", rank: 0, isReference: true)
    public static let listingKind = Kind("listing", rank: 0, isReference: true)
    public static let warehouseKind = Kind("warehouse", rank: 0, isReference: true)
    public static let warehousesKind = Kind("warehouses", rank: 0, isReference: true)

    public static func reservation(_ orderID: OrderID) -> Key { Key(reservationKind, orderID.text) }
    /// One aggregate per SKU over all warehouses, so that a hot SKU is decided in memory under one lock.
    public static func stock(_ sku: String) -> Key { Key(stockKind, sku) }
    public static func workload(_ warehouse: String) -> Key { Key(workloadKind, warehouse) }
    public static func movement(_ name: MovementName) -> Key { Key(movementKind, name.text) }
    public static func forecast(_ sku: String) -> Key { Key(forecastKind, sku) }
    public static func difference(_ sku: String, _ warehouse: String) -> Key {
        Key(differenceKind, "\(warehouse) \(sku)")
    }
    public static func repair(_ commandID: String) -> Key { Key(repairKind, commandID) }
    public static func sideRequest(_ kind: SideRequest.Kind, _ sku: String?) -> Key {
        Key(sideRequestKind, "\(kind.rawValue) \(sku ?? "*")")
    }
    public static func item(_ sku: String) -> Key { Key(itemKind, sku) }
    public static func listing(_ channel: String, _ sku: String) -> Key { Key(listingKind, "\(channel)/\(sku)") }
    public static func warehouse(_ id: String) -> Key { Key(warehouseKind, id) }
    public static let warehouses = Key(warehousesKind, "all")

    /// Of which SKU in which warehouse a difference speaks; a warehouse's id has no blank.
    public var stockPlace: (sku: String, warehouse: String)? {
        let parts = id.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        return parts.count == 2 ? (parts[1], parts[0]) : nil
    }
}
