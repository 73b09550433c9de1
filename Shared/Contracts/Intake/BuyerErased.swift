/// The buyer of this order wanted to be forgotten: the key of the personal data is destroyed.
public struct BuyerErased: Fact, Equatable {
    public static let topic = Topic.intakeOrders
    public static let type = "tributary.intake.orders.BuyerErased.v1"

    public let orderID: OrderID
    public let buyerID: String
    public let erasedAt: Instant
    public var version: Int64

    public var key: String { orderID.text }

    public init(orderID: OrderID, buyerID: String, erasedAt: Instant, version: Int64 = 0) {
        self.orderID = orderID
        self.buyerID = buyerID
        self.erasedAt = erasedAt
        self.version = version
    }

    public init(_ json: JSONObject) throws(Fault) {
        orderID = try json.orderID()
        version = try json.integer("version")
        buyerID = try json.string("buyerId", atMost: 300)
        erasedAt = try json.instant("erasedAt")
    }

    public func write(to json: inout JSONWriter) {
        json.field("orderId", orderID)
        json.field("version", version)
        json.field("buyerId", buyerID)
        json.field("erasedAt", erasedAt)
    }
}
