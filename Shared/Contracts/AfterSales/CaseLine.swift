/// Pieces of one line that a case is about.
public struct CaseLine: JSONCoded, Equatable {
    public let lineID: String
    public let sku: String
    public let quantity: Int64
    /// What the buyer wants instead.
    public let exchangeSku: String?

    public init(lineID: String, sku: String, quantity: Int64, exchangeSku: String? = nil) {
        self.lineID = lineID
        self.sku = sku
        self.quantity = quantity
        self.exchangeSku = exchangeSku
    }

    public init(_ json: JSONObject) throws(Fault) {
        lineID = try json.string("lineId")
        sku = try json.string("sku")
        quantity = try json.integer("quantity")
        exchangeSku = try json.stringIfPresent("exchangeSku")
    }

    public func write(to json: inout JSONWriter) {
        json.field("lineId", lineID)
        json.field("sku", sku)
        json.field("quantity", quantity)
        json.field("exchangeSku", exchangeSku)
    }
}
