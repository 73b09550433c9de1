/// The buyer has sent the goods back.
public struct CaseGoodsShipped: Fact, Equatable {
    public static let topic = Topic.afterSalesCases
    public static let type = "tributary.after-sales.cases.CaseGoodsShipped.v1"

    public let orderID: OrderID
    public let caseID: String
    public let carrier: String
    public let waybill: String
    public let shippedAt: Instant
    public var version: Int64

    public var key: String { orderID.text }

    public init(
        orderID: OrderID, caseID: String, carrier: String, waybill: String, shippedAt: Instant, version: Int64 = 0
    ) {
        self.orderID = orderID
        self.caseID = caseID
        self.carrier = carrier
        self.waybill = waybill
        self.shippedAt = shippedAt
        self.version = version
    }

    public init(_ json: JSONObject) throws(Fault) {
        orderID = try json.orderID()
        version = try json.integer("version")
        caseID = try json.string("caseId", atMost: 64)
        carrier = try json.string("carrier")
        waybill = try json.string("waybill")
        shippedAt = try json.instant("shippedAt")
    }

    public func write(to json: inout JSONWriter) {
        json.field("orderId", orderID)
        json.field("version", version)
        json.field("caseId", caseID)
        json.field("carrier", carrier)
        json.field("waybill", waybill)
        json.field("shippedAt", shippedAt)
    }
}
