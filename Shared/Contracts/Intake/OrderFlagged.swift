/// A coloured flag was put on the order, or taken off.
public struct OrderFlagged: Fact, Equatable {
    public static let topic = Topic.intakeOrders
    public static let type = "tributary.intake.orders.OrderFlagged.v1"

    public let orderID: OrderID
    /// `nil` when it was taken off.
    public let flag: String?
    public let actor: String
    public let flaggedAt: Instant
    public var version: Int64

    public var key: String { orderID.text }

    public init(orderID: OrderID, flag: String? = nil, actor: String, flaggedAt: Instant, version: Int64 = 0) {
        self.orderID = orderID
        self.flag = flag
        self.actor = actor
        self.flaggedAt = flaggedAt
        self.version = version
    }

    public init(_ json: JSONObject) throws(Fault) {
        orderID = try json.orderID()
        version = try json.integer("version")
        flag = try json.stringIfPresent("flag")
        actor = try json.string("actor")
        flaggedAt = try json.instant("flaggedAt")
    }

    public func write(to json: inout JSONWriter) {
        json.field("orderId", orderID)
        json.field("version", version)
        json.field("flag", flag)
        json.field("actor", actor)
        json.field("flaggedAt", flaggedAt)
    }
}
