/// Approves a case.
public struct ApproveCase: HeadedCommand, Equatable {
    public static let topic = Topic.commands(of: "after-sales")
    public static let type = "tributary.after-sales.commands.ApproveCase.v1"

    public let head: CommandHead
    public let orderID: OrderID
    public let caseID: String
    /// `nil` approves what was asked for.
    public let amount: Int64?

    public var key: String { orderID.text }

    public init(head: CommandHead, orderID: OrderID, caseID: String, amount: Int64? = nil) {
        self.head = head
        self.orderID = orderID
        self.caseID = caseID
        self.amount = amount
    }

    public init(_ json: JSONObject) throws(Fault) {
        head = try CommandHead(json)
        orderID = try json.orderID()
        caseID = try json.string("caseId", atMost: 64)
        amount = try json.integerIfPresent("amount")
    }

    public func write(to json: inout JSONWriter) {
        head.write(to: &json)
        json.field("orderId", orderID)
        json.field("caseId", caseID)
        json.field("amount", amount)
    }
}

/// Rejects a case.
public struct RejectCase: HeadedCommand, Equatable {
    public static let topic = Topic.commands(of: "after-sales")
    public static let type = "tributary.after-sales.commands.RejectCase.v1"

    public let head: CommandHead
    public let orderID: OrderID
    public let caseID: String

    public var key: String { orderID.text }

    public init(head: CommandHead, orderID: OrderID, caseID: String) {
        self.head = head
        self.orderID = orderID
        self.caseID = caseID
    }

    public init(_ json: JSONObject) throws(Fault) {
        head = try CommandHead(json)
        orderID = try json.orderID()
        caseID = try json.string("caseId", atMost: 64)
    }

    public func write(to json: inout JSONWriter) {
        head.write(to: &json)
        json.field("orderId", orderID)
        json.field("caseId", caseID)
    }
}
