/// Writes the merchant's note or flag on the platform's order; idempotent by `updateID`.
public struct NoteUpdate: Fact, Equatable {
    public static let topic = Topic.channelUpdates
    public static let type = "tributary.channel.updates.NoteUpdate.v1"

    public let updateID: String
    public let channel: String
    public let externalOrderID: String
    public let orderID: OrderID
    public let note: String?
    public let flag: String?
    public var version: Int64

    public var key: String { "\(channel)/\(externalOrderID)" }

    public init(
        updateID: String, channel: String, externalOrderID: String, orderID: OrderID, note: String? = nil,
        flag: String? = nil, version: Int64 = 0
    ) {
        self.updateID = updateID
        self.channel = channel
        self.externalOrderID = externalOrderID
        self.orderID = orderID
        self.note = note
        self.flag = flag
        self.version = version
    }

    public init(_ json: JSONObject) throws(Fault) {
        updateID = try json.string("updateId", atMost: 64)
        channel = try json.string("channel")
        externalOrderID = try json.string("externalOrderId")
        version = try json.integer("version")
        orderID = try json.orderID()
        note = try json.stringIfPresent("note", atMost: 2000)
        flag = try json.stringIfPresent("flag")
    }

    public func write(to json: inout JSONWriter) {
        json.field("updateId", updateID)
        json.field("channel", channel)
        json.field("externalOrderId", externalOrderID)
        json.field("version", version)
        json.field("orderId", orderID)
        json.field("note", note)
        json.field("flag", flag)
    }
}
