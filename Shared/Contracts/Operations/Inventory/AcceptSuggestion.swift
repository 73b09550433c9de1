/// Takes a suggested replenishment as ordered.
public struct AcceptSuggestion: HeadedCommand, Equatable {
    public static let topic = Topic.commands(of: "inventory")
    public static let type = "tributary.inventory.commands.AcceptSuggestion.v1"

    public let head: CommandHead
    public let sku: String
    public let suggestionID: String
    /// `nil` takes the suggested one.
    public let quantity: Int64?

    public var key: String { sku }

    public init(head: CommandHead, sku: String, suggestionID: String, quantity: Int64? = nil) {
        self.head = head
        self.sku = sku
        self.suggestionID = suggestionID
        self.quantity = quantity
    }

    public init(_ json: JSONObject) throws(Fault) {
        head = try CommandHead(json)
        sku = try json.string("sku")
        suggestionID = try json.string("suggestionId", atMost: 64)
        quantity = try json.integerIfPresent("quantity")
    }

    public func write(to json: inout JSONWriter) {
        head.write(to: &json)
        json.field("sku", sku)
        json.field("suggestionId", suggestionID)
        json.field("quantity", quantity)
    }
}
