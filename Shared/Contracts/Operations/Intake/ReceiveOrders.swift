/// Completes an order that the buyer has received.
public struct ConfirmReceipt: HeadedCommand, Equatable {
    public static let topic = Topic.commands(of: "intake")
    public static let type = "tributary.intake.commands.ConfirmReceipt.v1"

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

/// Gives the buyer more days before receipt is taken for granted.
public struct ExtendReceipt: HeadedCommand, Equatable {
    public static let topic = Topic.commands(of: "intake")
    public static let type = "tributary.intake.commands.ExtendReceipt.v1"

    public let head: CommandHead
    public let orderID: OrderID
    public let days: Int64

    public var key: String { orderID.text }

    public init(head: CommandHead, orderID: OrderID, days: Int64) {
        self.head = head
        self.orderID = orderID
        self.days = days
    }

    public init(_ json: JSONObject) throws(Fault) {
        head = try CommandHead(json)
        orderID = try json.orderID()
        days = try json.integer("days")
    }

    public func write(to json: inout JSONWriter) {
        head.write(to: &json)
        json.field("orderId", orderID)
        json.field("days", days)
    }
}
