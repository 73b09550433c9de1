/// Changes what an unpaid order costs.
public struct ChangePrice: HeadedCommand, Equatable {
    public static let topic = Topic.commands(of: "intake")
    public static let type = "tributary.intake.commands.ChangePrice.v1"

    public let head: CommandHead
    public let orderID: OrderID
    /// Only those that change.
    public let lines: [LinePrice]
    /// `nil` leaves it as it is.
    public let freight: Int64?

    public var key: String { orderID.text }

    public init(head: CommandHead, orderID: OrderID, lines: [LinePrice], freight: Int64? = nil) {
        self.head = head
        self.orderID = orderID
        self.lines = lines
        self.freight = freight
    }

    public init(_ json: JSONObject) throws(Fault) {
        head = try CommandHead(json)
        orderID = try json.orderID()
        lines = try json.readList("lines")
        freight = try json.integerIfPresent("freight")
    }

    public func write(to json: inout JSONWriter) {
        head.write(to: &json)
        json.field("orderId", orderID)
        json.field("lines", list: lines)
        json.field("freight", freight)
    }
}

/// A line's new price for one piece, in minor units.
public struct LinePrice: JSONCoded, Equatable {
    public let lineID: String
    public let unitPrice: Int64

    public init(lineID: String, unitPrice: Int64) {
        self.lineID = lineID
        self.unitPrice = unitPrice
    }

    public init(_ json: JSONObject) throws(Fault) {
        lineID = try json.string("lineId")
        unitPrice = try json.integer("unitPrice")
    }

    public func write(to json: inout JSONWriter) {
        json.field("lineId", lineID)
        json.field("unitPrice", unitPrice)
    }
}
