/// Gives an order to another distributor, or to none.
public struct ReassignDistributor: HeadedCommand, Equatable {
    public static let topic = Topic.commands(of: "intake")
    public static let type = "tributary.intake.commands.ReassignDistributor.v1"

    public let head: CommandHead
    public let orderID: OrderID
    public let memberID: String?

    public var key: String { orderID.text }

    public init(head: CommandHead, orderID: OrderID, memberID: String? = nil) {
        self.head = head
        self.orderID = orderID
        self.memberID = memberID
    }

    public init(_ json: JSONObject) throws(Fault) {
        head = try CommandHead(json)
        orderID = try json.orderID()
        memberID = try json.stringIfPresent("memberId")
    }

    public func write(to json: inout JSONWriter) {
        head.write(to: &json)
        json.field("orderId", orderID)
        json.field("memberId", memberID)
    }
}
