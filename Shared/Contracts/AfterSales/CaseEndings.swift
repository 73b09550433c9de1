/// The buyer does not get what the case is about.
public struct CaseRejected: Fact, Equatable {
    public static let topic = Topic.afterSalesCases
    public static let type = "tributary.after-sales.cases.CaseRejected.v1"

    public let orderID: OrderID
    public let caseID: String
    public let reason: String
    public let by: String
    public let rejectedAt: Instant
    public var version: Int64

    public var key: String { orderID.text }

    public init(orderID: OrderID, caseID: String, reason: String, by: String, rejectedAt: Instant, version: Int64 = 0) {
        self.orderID = orderID
        self.caseID = caseID
        self.reason = reason
        self.by = by
        self.rejectedAt = rejectedAt
        self.version = version
    }

    public init(_ json: JSONObject) throws(Fault) {
        orderID = try json.orderID()
        version = try json.integer("version")
        caseID = try json.string("caseId", atMost: 64)
        reason = try json.string("reason", atMost: 2000)
        by = try json.string("by")
        rejectedAt = try json.instant("rejectedAt")
    }

    public func write(to json: inout JSONWriter) {
        json.field("orderId", orderID)
        json.field("version", version)
        json.field("caseId", caseID)
        json.field("reason", reason)
        json.field("by", by)
        json.field("rejectedAt", rejectedAt)
    }
}

/// The buyer gave the case up.
public struct CaseWithdrawn: Fact, Equatable {
    public static let topic = Topic.afterSalesCases
    public static let type = "tributary.after-sales.cases.CaseWithdrawn.v1"

    public let orderID: OrderID
    public let caseID: String
    public let withdrawnAt: Instant
    public var version: Int64

    public var key: String { orderID.text }

    public init(orderID: OrderID, caseID: String, withdrawnAt: Instant, version: Int64 = 0) {
        self.orderID = orderID
        self.caseID = caseID
        self.withdrawnAt = withdrawnAt
        self.version = version
    }

    public init(_ json: JSONObject) throws(Fault) {
        orderID = try json.orderID()
        version = try json.integer("version")
        caseID = try json.string("caseId", atMost: 64)
        withdrawnAt = try json.instant("withdrawnAt")
    }

    public func write(to json: inout JSONWriter) {
        json.field("orderId", orderID)
        json.field("version", version)
        json.field("caseId", caseID)
        json.field("withdrawnAt", withdrawnAt)
    }
}
