/// Publishes availability again, for a channel that lost track.
public struct RepublishAvailability: HeadedCommand, Equatable {
    public static let topic = Topic.commands(of: "inventory")
    public static let type = "tributary.inventory.commands.RepublishAvailability.v1"

    public let head: CommandHead
    /// `nil` means every SKU; the key is then `*`.
    public let sku: String?

    public var key: String { sku ?? "*" }

    public init(head: CommandHead, sku: String? = nil) {
        self.head = head
        self.sku = sku
    }

    public init(_ json: JSONObject) throws(Fault) {
        head = try CommandHead(json)
        sku = try json.stringIfPresent("sku")
    }

    public func write(to json: inout JSONWriter) {
        head.write(to: &json)
        json.field("sku", sku)
    }
}
