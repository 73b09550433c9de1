/// The other goods are on their way under an order of their own.
public struct CaseExchanged: Fact, Equatable {
    public static let topic = Topic.afterSalesCases
    public static let type = "tributary.after-sales.cases.CaseExchanged.v1"

    public let orderID: OrderID
    public let caseID: String
    public let replacementOrderID: OrderID
    public let exchangedAt: Instant
    public var version: Int64

    public var key: String { orderID.text }

    public init(
        orderID: OrderID, caseID: String, replacementOrderID: OrderID, exchangedAt: Instant, version: Int64 = 0
    ) {
        self.orderID = orderID
        self.caseID = caseID
        self.replacementOrderID = replacementOrderID
        self.exchangedAt = exchangedAt
        self.version = version
    }

    public init(_ json: JSONObject) throws(Fault) {
        orderID = try json.orderID()
        version = try json.integer("version")
        caseID = try json.string("caseId", atMost: 64)
        replacementOrderID = try json.orderID("replacementOrderId")
        exchangedAt = try json.instant("exchangedAt")
    }

    public func write(to json: inout JSONWriter) {
        json.field("orderId", orderID)
        json.field("version", version)
        json.field("caseId", caseID)
        json.field("replacementOrderId", replacementOrderID)
        json.field("exchangedAt", exchangedAt)
    }
}
