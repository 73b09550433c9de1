/// Cancels an order, after asking fulfilment when it is already confirmed.
public struct CancelOrder: HeadedCommand, Equatable {
    public static let topic = Topic.commands(of: "intake")
    public static let type = "tributary.intake.commands.CancelOrder.v1"

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
