/// Plans the shipments of an order again, as far as they have not left.
public struct ReplanOrder: HeadedCommand, Equatable {
    public static let topic = Topic.commands(of: "fulfilment")
    public static let type = "tributary.fulfilment.commands.ReplanOrder.v1"

    public let head: CommandHead
    public let orderID: OrderID
    /// The one to use; `nil` keeps the allocation.
    public let warehouse: String?

    public var key: String { orderID.text }

    public init(head: CommandHead, orderID: OrderID, warehouse: String? = nil) {
        self.head = head
        self.orderID = orderID
        self.warehouse = warehouse
    }

    public init(_ json: JSONObject) throws(Fault) {
        head = try CommandHead(json)
        orderID = try json.orderID()
        warehouse = try json.stringIfPresent("warehouse")
    }

    public func write(to json: inout JSONWriter) {
        head.write(to: &json)
        json.field("orderId", orderID)
        json.field("warehouse", warehouse)
    }
}

/// Gives an order's shipments to the warehouse as part of a wave (波次); one command per order.
public struct ReleaseWave: HeadedCommand, Equatable {
    public static let topic = Topic.commands(of: "fulfilment")
    public static let type = "tributary.fulfilment.commands.ReleaseWave.v1"

    public let head: CommandHead
    public let orderID: OrderID
    public let waveID: String
    public let warehouse: String

    public var key: String { orderID.text }

    public init(head: CommandHead, orderID: OrderID, waveID: String, warehouse: String) {
        self.head = head
        self.orderID = orderID
        self.waveID = waveID
        self.warehouse = warehouse
    }

    public init(_ json: JSONObject) throws(Fault) {
        head = try CommandHead(json)
        orderID = try json.orderID()
        waveID = try json.string("waveId", atMost: 64)
        warehouse = try json.string("warehouse")
    }

    public func write(to json: inout JSONWriter) {
        head.write(to: &json)
        json.field("orderId", orderID)
        json.field("waveId", waveID)
        json.field("warehouse", warehouse)
    }
}
