/// How many pieces of a SKU can be sold now.
public struct AvailabilityChanged: Fact, Equatable {
    public static let topic = Topic.inventoryAvailability
    public static let type = "tributary.inventory.availability.AvailabilityChanged.v1"

    public let sku: String
    public let at: Instant
    /// On hand, less what is reserved and the safety stock, over all warehouses.
    public let available: Int64
    /// On order from suppliers.
    public let incoming: Int64
    public let byWarehouse: [WarehouseAvailability]
    public let quotas: [ChannelQuota]
    public var version: Int64

    public var key: String { sku }

    public init(
        sku: String, at: Instant, available: Int64, incoming: Int64, byWarehouse: [WarehouseAvailability],
        quotas: [ChannelQuota], version: Int64 = 0
    ) {
        self.sku = sku
        self.at = at
        self.available = available
        self.incoming = incoming
        self.byWarehouse = byWarehouse
        self.quotas = quotas
        self.version = version
    }

    public init(_ json: JSONObject) throws(Fault) {
        sku = try json.string("sku")
        version = try json.integer("version")
        at = try json.instant("at")
        available = try json.integer("available")
        incoming = try json.integer("incoming")
        byWarehouse = try json.readList("byWarehouse")
        quotas = try json.readList("quotas")
    }

    public func write(to json: inout JSONWriter) {
        json.field("sku", sku)
        json.field("version", version)
        json.field("at", at)
        json.field("available", available)
        json.field("incoming", incoming)
        json.field("byWarehouse", list: byWarehouse)
        json.field("quotas", list: quotas)
    }
}

/// Pieces of a SKU in one warehouse.
public struct WarehouseAvailability: JSONCoded, Equatable {
    public let warehouse: String
    public let onHand: Int64
    public let reserved: Int64
    public let available: Int64

    public init(warehouse: String, onHand: Int64, reserved: Int64, available: Int64) {
        self.warehouse = warehouse
        self.onHand = onHand
        self.reserved = reserved
        self.available = available
    }

    public init(_ json: JSONObject) throws(Fault) {
        warehouse = try json.string("warehouse")
        onHand = try json.integer("onHand")
        reserved = try json.integer("reserved")
        available = try json.integer("available")
    }

    public func write(to json: inout JSONWriter) {
        json.field("warehouse", warehouse)
        json.field("onHand", onHand)
        json.field("reserved", reserved)
        json.field("available", available)
    }
}

/// Pieces of a SKU that one channel may sell.
public struct ChannelQuota: JSONCoded, Equatable {
    public let channel: String
    public let available: Int64

    public init(channel: String, available: Int64) {
        self.channel = channel
        self.available = available
    }

    public init(_ json: JSONObject) throws(Fault) {
        channel = try json.string("channel")
        available = try json.integer("available")
    }

    public func write(to json: inout JSONWriter) {
        json.field("channel", channel)
        json.field("available", available)
    }
}
