/// Says which SKU of ours a channel's listing is; mends every order that waits for it.
public struct MatchSku: HeadedCommand, Equatable {
    public static let topic = Topic.commands(of: "intake")
    public static let type = "tributary.intake.commands.MatchSku.v1"

    public let head: CommandHead
    public let orderID: OrderID
    public let channel: String
    public let externalSku: String
    public let sku: String
    /// Pieces of ours in one of theirs.
    public let quantity: Int64

    public var key: String { orderID.text }

    public init(
        head: CommandHead, orderID: OrderID, channel: String, externalSku: String, sku: String, quantity: Int64
    ) {
        self.head = head
        self.orderID = orderID
        self.channel = channel
        self.externalSku = externalSku
        self.sku = sku
        self.quantity = quantity
    }

    public init(_ json: JSONObject) throws(Fault) {
        head = try CommandHead(json)
        orderID = try json.orderID()
        channel = try json.string("channel")
        externalSku = try json.string("externalSku")
        sku = try json.string("sku")
        quantity = try json.integer("quantity")
    }

    public func write(to json: inout JSONWriter) {
        head.write(to: &json)
        json.field("orderId", orderID)
        json.field("channel", channel)
        json.field("externalSku", externalSku)
        json.field("sku", sku)
        json.field("quantity", quantity)
    }
}
