/// There is too little stock for the order; nothing is set aside.
public struct StockRejected: Fact, Equatable {
    public static let topic = Topic.inventoryStock
    public static let type = "tributary.inventory.stock.StockRejected.v1"

    public let orderID: OrderID
    public let reservation: Int64
    public let shortages: [Shortage]
    public var version: Int64

    public var key: String { orderID.text }

    public init(orderID: OrderID, reservation: Int64, shortages: [Shortage], version: Int64 = 0) {
        self.orderID = orderID
        self.reservation = reservation
        self.shortages = shortages
        self.version = version
    }

    public init(_ json: JSONObject) throws(Fault) {
        orderID = try json.orderID()
        version = try json.integer("version")
        reservation = try json.integer("reservation")
        shortages = try json.readList("shortages")
    }

    public func write(to json: inout JSONWriter) {
        json.field("orderId", orderID)
        json.field("version", version)
        json.field("reservation", reservation)
        json.field("shortages", list: shortages)
    }
}

/// A SKU of which there is too little.
public struct Shortage: JSONCoded, Equatable {
    public let sku: String
    public let wanted: Int64
    public let available: Int64

    public init(sku: String, wanted: Int64, available: Int64) {
        self.sku = sku
        self.wanted = wanted
        self.available = available
    }

    public init(_ json: JSONObject) throws(Fault) {
        sku = try json.string("sku")
        wanted = try json.integer("wanted")
        available = try json.integer("available")
    }

    public func write(to json: inout JSONWriter) {
        json.field("sku", sku)
        json.field("wanted", wanted)
        json.field("available", available)
    }
}
