/// Packs shipments for the same address into one parcel.
public struct MergeShipments: HeadedCommand, Equatable {
    public static let topic = Topic.commands(of: "fulfilment")
    public static let type = "tributary.fulfilment.commands.MergeShipments.v1"

    /// What one parcel may hold; its weight is what people can carry.
    public static let maximumShipments = 20
    public static let maximumGrams: Int64 = 30_000

    public let head: CommandHead
    public let orderID: OrderID
    /// Also of other orders.
    public let shipmentIDs: [String]

    public var key: String { orderID.text }

    public init(head: CommandHead, orderID: OrderID, shipmentIDs: [String]) {
        self.head = head
        self.orderID = orderID
        self.shipmentIDs = shipmentIDs
    }

    public init(_ json: JSONObject) throws(Fault) {
        head = try CommandHead(json)
        orderID = try json.orderID()
        shipmentIDs = try json.texts("shipmentIds")
    }

    public func write(to json: inout JSONWriter) {
        head.write(to: &json)
        json.field("orderId", orderID)
        json.field("shipmentIds", texts: shipmentIDs)
    }
}

/// Takes pieces out of a shipment into one of their own.
public struct SplitShipment: HeadedCommand, Equatable {
    public static let topic = Topic.commands(of: "fulfilment")
    public static let type = "tributary.fulfilment.commands.SplitShipment.v1"

    public let head: CommandHead
    public let orderID: OrderID
    public let shipmentID: String
    public let lines: [LinePieces]

    public var key: String { orderID.text }

    public init(head: CommandHead, orderID: OrderID, shipmentID: String, lines: [LinePieces]) {
        self.head = head
        self.orderID = orderID
        self.shipmentID = shipmentID
        self.lines = lines
    }

    public init(_ json: JSONObject) throws(Fault) {
        head = try CommandHead(json)
        orderID = try json.orderID()
        shipmentID = try json.string("shipmentId", atMost: 64)
        lines = try json.readList("lines")
    }

    public func write(to json: inout JSONWriter) {
        head.write(to: &json)
        json.field("orderId", orderID)
        json.field("shipmentId", shipmentID)
        json.field("lines", list: lines)
    }
}
