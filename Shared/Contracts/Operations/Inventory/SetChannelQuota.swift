/// Limits what one channel may sell of a SKU, or ends the limit.
public struct SetChannelQuota: HeadedCommand, Equatable {
    public static let topic = Topic.commands(of: "inventory")
    public static let type = "tributary.inventory.commands.SetChannelQuota.v1"

    public let head: CommandHead
    public let sku: String
    public let channel: String
    /// `nil` ends the limit.
    public let quantity: Int64?

    public var key: String { sku }

    public init(head: CommandHead, sku: String, channel: String, quantity: Int64? = nil) {
        self.head = head
        self.sku = sku
        self.channel = channel
        self.quantity = quantity
    }

    public init(_ json: JSONObject) throws(Fault) {
        head = try CommandHead(json)
        sku = try json.string("sku")
        channel = try json.string("channel")
        quantity = try json.integerIfPresent("quantity")
    }

    public func write(to json: inout JSONWriter) {
        head.write(to: &json)
        json.field("sku", sku)
        json.field("channel", channel)
        json.field("quantity", quantity)
    }
}
