/// One line of a placed order, with its share of what the whole order gives or costs.
///
/// - Units: minor units of the order's currency, for the whole line unless it says otherwise.
public struct PlacedLine: JSONCoded, Equatable {
    public let lineID: String
    public let sku: String
    public let quantity: Int64
    /// For one piece, before any discount.
    public let unitPrice: Int64
    public let discount: Int64
    public let orderDiscountShare: Int64
    public let freightShare: Int64
    /// What the line costs the buyer, without freight.
    public let paid: Int64
    public let gift: Bool
    /// The line this gift came with.
    public let giftOf: String?
    /// Pieces of `sku` in each of `quantity`, when it is more than one.
    public let piecesPerUnit: Int64

    public init(
        lineID: String, sku: String, quantity: Int64, unitPrice: Int64, discount: Int64, orderDiscountShare: Int64,
        freightShare: Int64, paid: Int64, gift: Bool = false, giftOf: String? = nil, piecesPerUnit: Int64 = 1
    ) {
        self.lineID = lineID
        self.sku = sku
        self.quantity = quantity
        self.unitPrice = unitPrice
        self.discount = discount
        self.orderDiscountShare = orderDiscountShare
        self.freightShare = freightShare
        self.paid = paid
        self.gift = gift
        self.giftOf = giftOf
        self.piecesPerUnit = piecesPerUnit
    }

    public init(_ json: JSONObject) throws(Fault) {
        lineID = try json.string("lineId")
        sku = try json.string("sku")
        quantity = try json.integer("quantity")
        unitPrice = try json.integer("unitPrice")
        discount = try json.integer("discount")
        orderDiscountShare = try json.integer("orderDiscountShare")
        freightShare = try json.integer("freightShare")
        paid = try json.integer("paid")
        gift = try json.bool("gift", default: false)
        giftOf = try json.stringIfPresent("giftOf")
        piecesPerUnit = try json.integerIfPresent("piecesPerUnit") ?? 1
    }

    public func write(to json: inout JSONWriter) {
        json.field("lineId", lineID)
        json.field("sku", sku)
        json.field("quantity", quantity)
        json.field("unitPrice", unitPrice)
        json.field("discount", discount)
        json.field("orderDiscountShare", orderDiscountShare)
        json.field("freightShare", freightShare)
        json.field("paid", paid)
        if gift { json.field("gift", true) }
        json.field("giftOf", giftOf)
        if piecesPerUnit != 1 { json.field("piecesPerUnit", piecesPerUnit) }
    }
}
