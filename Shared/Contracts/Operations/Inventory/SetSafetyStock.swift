/// Sets how many pieces are never sold.
public struct SetSafetyStock: HeadedCommand, Equatable {
    public static let topic = Topic.commands(of: "inventory")
    public static let type = "tributary.inventory.commands.SetSafetyStock.v1"

    public let head: CommandHead
    public let sku: String
    /// `nil` means every warehouse.
    public let warehouse: String?
    public let quantity: Int64

    public var key: String { sku }

    public init(head: CommandHead, sku: String, warehouse: String? = nil, quantity: Int64) {
        self.head = head
        self.sku = sku
        self.warehouse = warehouse
        self.quantity = quantity
    }

    public init(_ json: JSONObject) throws(Fault) {
        head = try CommandHead(json)
        sku = try json.string("sku")
        warehouse = try json.stringIfPresent("warehouse")
        quantity = try json.integer("quantity")
    }

    public func write(to json: inout JSONWriter) {
        head.write(to: &json)
        json.field("sku", sku)
        json.field("warehouse", warehouse)
        json.field("quantity", quantity)
    }
}
