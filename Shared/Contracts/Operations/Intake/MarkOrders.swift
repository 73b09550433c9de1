/// Writes a note of the merchant on an order.
public struct NoteOrder: HeadedCommand, Equatable {
    public static let topic = Topic.commands(of: "intake")
    public static let type = "tributary.intake.commands.NoteOrder.v1"

    public let head: CommandHead
    public let orderID: OrderID
    public let note: String

    public var key: String { orderID.text }

    public init(head: CommandHead, orderID: OrderID, note: String) {
        self.head = head
        self.orderID = orderID
        self.note = note
    }

    public init(_ json: JSONObject) throws(Fault) {
        head = try CommandHead(json)
        orderID = try json.orderID()
        note = try json.string("note", atMost: 2000)
    }

    public func write(to json: inout JSONWriter) {
        head.write(to: &json)
        json.field("orderId", orderID)
        json.field("note", note)
    }
}

/// Puts a coloured flag on an order, or takes it off.
public struct FlagOrder: HeadedCommand, Equatable {
    public static let topic = Topic.commands(of: "intake")
    public static let type = "tributary.intake.commands.FlagOrder.v1"

    public let head: CommandHead
    public let orderID: OrderID
    /// `nil` takes the flag off.
    public let flag: String?

    public var key: String { orderID.text }

    public init(head: CommandHead, orderID: OrderID, flag: String? = nil) {
        self.head = head
        self.orderID = orderID
        self.flag = flag
    }

    public init(_ json: JSONObject) throws(Fault) {
        head = try CommandHead(json)
        orderID = try json.orderID()
        flag = try json.stringIfPresent("flag")
    }

    public func write(to json: inout JSONWriter) {
        head.write(to: &json)
        json.field("orderId", orderID)
        json.field("flag", flag)
    }
}
