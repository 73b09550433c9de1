/// Tells a platform once more what it has refused or not answered.
public struct ResendUpdate: HeadedCommand, Equatable {
    public static let topic = Topic.commands(of: "intake")
    public static let type = "tributary.intake.commands.ResendUpdate.v1"

    public let head: CommandHead
    public let orderID: OrderID
    public let updateID: String
    /// The platform's own word for the carrier, where ours was wrong.
    public let carrierCode: String?

    public var key: String { orderID.text }

    public init(head: CommandHead, orderID: OrderID, updateID: String, carrierCode: String? = nil) {
        self.head = head
        self.orderID = orderID
        self.updateID = updateID
        self.carrierCode = carrierCode
    }

    public init(_ json: JSONObject) throws(Fault) {
        head = try CommandHead(json)
        orderID = try json.orderID()
        updateID = try json.string("updateId", atMost: 64)
        carrierCode = try json.stringIfPresent("carrierCode")
    }

    public func write(to json: inout JSONWriter) {
        head.write(to: &json)
        json.field("orderId", orderID)
        json.field("updateId", updateID)
        json.field("carrierCode", carrierCode)
    }
}
