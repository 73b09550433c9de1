/// Computes the stock of a SKU in a warehouse again from its movements and reservations.
public struct RepairStock: HeadedCommand, Equatable {
    public static let topic = Topic.commands(of: "inventory")
    public static let type = "tributary.inventory.commands.RepairStock.v1"

    public let head: CommandHead
    public let sku: String
    public let warehouse: String

    public var key: String { sku }

    public init(head: CommandHead, sku: String, warehouse: String) {
        self.head = head
        self.sku = sku
        self.warehouse = warehouse
    }

    public init(_ json: JSONObject) throws(Fault) {
        head = try CommandHead(json)
        sku = try json.string("sku")
        warehouse = try json.string("warehouse")
    }

    public func write(to json: inout JSONWriter) {
        head.write(to: &json)
        json.field("sku", sku)
        json.field("warehouse", warehouse)
    }
}
