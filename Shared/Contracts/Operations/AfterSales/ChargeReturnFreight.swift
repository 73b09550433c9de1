/// Says who pays for sending goods back: deducted from the buyer's refund, or added to it.
public struct ChargeReturnFreight: HeadedCommand, Equatable {
    public static let topic = Topic.commands(of: "after-sales")
    public static let type = "tributary.after-sales.commands.ChargeReturnFreight.v1"

    public let head: CommandHead
    public let orderID: OrderID
    public let caseID: String
    public let amount: Int64
    public let payer: FreightPayer

    public var key: String { orderID.text }

    public init(head: CommandHead, orderID: OrderID, caseID: String, amount: Int64, payer: FreightPayer) {
        self.head = head
        self.orderID = orderID
        self.caseID = caseID
        self.amount = amount
        self.payer = payer
    }

    public init(_ json: JSONObject) throws(Fault) {
        head = try CommandHead(json)
        orderID = try json.orderID()
        caseID = try json.string("caseId", atMost: 64)
        amount = try json.integer("amount")
        payer = try json.word("payer")
    }

    public func write(to json: inout JSONWriter) {
        head.write(to: &json)
        json.field("orderId", orderID)
        json.field("caseId", caseID)
        json.field("amount", amount)
        json.field("payer", payer.rawValue)
    }
}

/// Who pays for sending goods back.
public enum FreightPayer: String, CaseIterable, Sendable {
    case buyer, merchant
}
