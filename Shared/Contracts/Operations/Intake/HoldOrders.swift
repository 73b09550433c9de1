/// Keeps an order from being shipped.
public struct HoldOrder: HeadedCommand, Equatable {
    public static let topic = Topic.commands(of: "intake")
    public static let type = "tributary.intake.commands.HoldOrder.v1"

    public let head: CommandHead
    public let orderID: OrderID

    public var key: String { orderID.text }

    public init(head: CommandHead, orderID: OrderID) {
        self.head = head
        self.orderID = orderID
    }

    public init(_ json: JSONObject) throws(Fault) {
        head = try CommandHead(json)
        orderID = try json.orderID()
    }

    public func write(to json: inout JSONWriter) {
        head.write(to: &json)
        json.field("orderId", orderID)
    }
}

/// Ends the hold of an order.
public struct ReleaseOrder: HeadedCommand, Equatable {
    public static let topic = Topic.commands(of: "intake")
    public static let type = "tributary.intake.commands.ReleaseOrder.v1"

    public let head: CommandHead
    public let orderID: OrderID
    /// Which of several; `nil` ends all that a person may end.
    public let hold: HoldKind?

    public var key: String { orderID.text }

    public init(head: CommandHead, orderID: OrderID, hold: HoldKind? = nil) {
        self.head = head
        self.orderID = orderID
        self.hold = hold
    }

    public init(_ json: JSONObject) throws(Fault) {
        head = try CommandHead(json)
        orderID = try json.orderID()
        hold = try json.wordIfPresent("hold")
    }

    public func write(to json: inout JSONWriter) {
        head.write(to: &json)
        json.field("orderId", orderID)
        json.field("hold", hold?.rawValue)
    }
}
