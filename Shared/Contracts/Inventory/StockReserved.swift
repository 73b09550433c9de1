/// The whole order has its stock set aside.
public struct StockReserved: Fact, Equatable {
    public static let topic = Topic.inventoryStock
    public static let type = "tributary.inventory.stock.StockReserved.v1"

    public let orderID: OrderID
    public let reservation: Int64
    public let allocations: [WarehouseAllocation]
    public let routing: Routing
    public var version: Int64

    public var key: String { orderID.text }

    public init(
        orderID: OrderID, reservation: Int64, allocations: [WarehouseAllocation], routing: Routing, version: Int64 = 0
    ) {
        self.orderID = orderID
        self.reservation = reservation
        self.allocations = allocations
        self.routing = routing
        self.version = version
    }

    public init(_ json: JSONObject) throws(Fault) {
        orderID = try json.orderID()
        version = try json.integer("version")
        reservation = try json.integer("reservation")
        allocations = try json.readList("allocations")
        routing = try json.read("routing")
    }

    public func write(to json: inout JSONWriter) {
        json.field("orderId", orderID)
        json.field("version", version)
        json.field("reservation", reservation)
        json.field("allocations", list: allocations)
        json.field("routing", routing)
    }
}

/// Why these warehouses were chosen.
public struct Routing: JSONCoded, Equatable {
    public let parcels: Int64
    /// Of shipping and handling, in minor units.
    public let cost: Int64
    public let why: String
    /// The other choices, each with what spoke against it.
    public let rejected: [String]

    public init(parcels: Int64, cost: Int64, why: String, rejected: [String]) {
        self.parcels = parcels
        self.cost = cost
        self.why = why
        self.rejected = rejected
    }

    public init(_ json: JSONObject) throws(Fault) {
        parcels = try json.integer("parcels")
        cost = try json.integer("cost")
        why = try json.string("why", atMost: 2000)
        rejected = try json.texts("rejected")
    }

    public func write(to json: inout JSONWriter) {
        json.field("parcels", parcels)
        json.field("cost", cost)
        json.field("why", why)
        json.field("rejected", texts: rejected)
    }
}
