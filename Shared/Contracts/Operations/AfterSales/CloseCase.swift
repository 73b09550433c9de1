/// Closes a case that goes nowhere.
public struct CloseCase: HeadedCommand, Equatable {
    public static let topic = Topic.commands(of: "after-sales")
    public static let type = "tributary.after-sales.commands.CloseCase.v1"

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
