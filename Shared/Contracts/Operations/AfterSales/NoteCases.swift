/// Writes about a case, to the buyer or for the house.
public struct NoteCase: HeadedCommand, Equatable {
    public static let topic = Topic.commands(of: "after-sales")
    public static let type = "tributary.after-sales.commands.NoteCase.v1"

    public let head: CommandHead
    public let orderID: OrderID
    public let caseID: String
    public let text: String
    public let attachments: [CaseAttachment]

    public var key: String { orderID.text }

    public init(
        head: CommandHead, orderID: OrderID, caseID: String, text: String, attachments: [CaseAttachment] = []
    ) {
        self.head = head
        self.orderID = orderID
        self.caseID = caseID
        self.text = text
        self.attachments = attachments
    }

    public init(_ json: JSONObject) throws(Fault) {
        head = try CommandHead(json)
        orderID = try json.orderID()
        caseID = try json.string("caseId", atMost: 64)
        text = try json.string("text", atMost: 2000)
        attachments = try json.readListIfPresent("attachments")
    }

    public func write(to json: inout JSONWriter) {
        head.write(to: &json)
        json.field("orderId", orderID)
        json.field("caseId", caseID)
        json.field("text", text)
        json.field("attachments", list: attachments)
    }
}
