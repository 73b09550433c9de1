/// What one warehouse gives to an order.
public struct WarehouseAllocation: JSONCoded, Equatable {
    public let warehouse: String
    public let lines: [LineQuantity]

    public init(warehouse: String, lines: [LineQuantity]) {
        self.warehouse = warehouse
        self.lines = lines
    }

    public init(_ json: JSONObject) throws(Fault) {
        warehouse = try json.string("warehouse")
        lines = try json.readList("lines")
    }

    public func write(to json: inout JSONWriter) {
        json.field("warehouse", warehouse)
        json.field("lines", list: lines)
    }
}
