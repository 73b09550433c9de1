public import Contracts

/// Everything fulfilment keeps.
public indirect enum FulfilmentAggregate: Equatable, Sendable {
    /// `stored`: as it stood when it was loaded, so that only what changed is written; `nil` for a new one.
    case order(Order, stored: Order?)
    case item(ItemWeight)
    case warehouse(WarehousePlace)
    /// All carriers of the catalogue.
    case carriers(Carriers)
    case parties(SealedParties)
    case buyerKey(SealedKey)
    case transit(TransitTime)
}

/// What a piece weighs, and what it wants of its parcel.
public struct ItemWeight: Equatable, Sendable {
    public let sku: String
    public let weightGrams: Int64
    public let packing: PackingRule?

    public init(sku: String, weightGrams: Int64, packing: PackingRule? = nil) {
        self.sku = sku
        self.weightGrams = weightGrams
        self.packing = packing
    }
}

/// Where a warehouse stands.
public struct WarehousePlace: Equatable, Sendable {
    public let warehouse: String
    public let country: String
    public let province: String?
    public let city: String?
    /// Whom carriers meet there.
    public let contact: CatalogWarehouse.Contact?

    public init(
        warehouse: String, country: String, province: String?, city: String? = nil,
        contact: CatalogWarehouse.Contact? = nil
    ) {
        self.warehouse = warehouse
        self.country = country
        self.province = province
        self.city = city
        self.contact = contact
    }
}

extension Key.Kind {
    public static let order = Key.Kind("order", rank: 10)
    /// Another name of the order whose shipment has this number, because a scan knows nothing else.
    public static let waybill = Key.Kind("waybill", rank: 10)
    public static let parties = Key.Kind("parties", rank: 20)
    public static let buyerKey = Key.Kind("buyer-key", rank: 21)
    public static let transit = Key.Kind("transit", rank: 0, isReference: true)
    public static let item = Key.Kind("item", rank: 0, isReference: true)
    public static let warehouse = Key.Kind("warehouse", rank: 0, isReference: true)
    public static let carriers = Key.Kind("carriers", rank: 0, isReference: true)
}

extension Key {
    public static func order(_ orderID: OrderID) -> Key { Key(.order, orderID.text) }
    public static func parties(_ orderID: OrderID) -> Key { Key(.parties, orderID.text) }
    public static func buyerKey(_ buyerID: String) -> Key { Key(.buyerKey, buyerID) }
    public static func item(_ sku: String) -> Key { Key(.item, sku) }
    public static func warehouse(_ warehouse: String) -> Key { Key(.warehouse, warehouse) }
    public static let carriers = Key(.carriers, "all")

    /// - Parameter carrier: Without `/`, which ends it.
    public static func waybill(_ carrier: String, _ waybill: String) -> Key { Key(.waybill, "\(carrier)/\(waybill)") }
}

extension State<FulfilmentAggregate> {
    func order(_ orderID: OrderID) -> Order? { order(.order(orderID)) }

    /// - Parameter key: Of an order or of a waybill.
    func order(_ key: Key) -> Order? {
        if case .order(let order, _) = self[key] { order } else { nil }
    }

    func item(_ sku: String) -> ItemWeight? {
        if case .item(let item) = self[.item(sku)] { item } else { nil }
    }

    func warehouse(_ warehouse: String) -> WarehousePlace? {
        if case .warehouse(let place) = self[.warehouse(warehouse)] { place } else { nil }
    }

    var carriers: Carriers {
        if case .carriers(let carriers) = self[.carriers] { carriers } else { Carriers() }
    }
}
