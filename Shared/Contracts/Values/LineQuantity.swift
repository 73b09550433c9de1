/// Pieces of one order line, with the SKU they are of.
public struct LineQuantity: JSONCoded, Equatable {
    public let lineID: String
    public let sku: String
    public let quantity: Int64

    public init(lineID: String, sku: String, quantity: Int64) {
        self.lineID = lineID
        self.sku = sku
        self.quantity = quantity
    }

    public init(_ json: JSONObject) throws(Fault) {
        lineID = try json.string("lineId")
        sku = try json.string("sku")
        quantity = try json.integer("quantity")
    }

    public func write(to json: inout JSONWriter) {
        json.field("lineId", lineID)
        json.field("sku", sku)
        json.field("quantity", quantity)
    }
}

/// Pieces of one order line, where the reader knows its SKU.
public struct LinePieces: JSONCoded, Equatable {
    public let lineID: String
    public let quantity: Int64
    /// The shipment that took them, where that matters.
    public let shipmentID: String?

    public init(lineID: String, quantity: Int64, shipmentID: String? = nil) {
        self.lineID = lineID
        self.quantity = quantity
        self.shipmentID = shipmentID
    }

    public init(_ json: JSONObject) throws(Fault) {
        lineID = try json.string("lineId")
        quantity = try json.integer("quantity")
        shipmentID = try json.stringIfPresent("shipmentId", atMost: 64)
    }

    public func write(to json: inout JSONWriter) {
        json.field("lineId", lineID)
        json.field("quantity", quantity)
        json.field("shipmentId", shipmentID)
    }
}
