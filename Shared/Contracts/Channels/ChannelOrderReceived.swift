/// The buyer confirms that the goods have come.
public struct ChannelOrderReceived: Message, Equatable {
    public static let type = "channel.order.received.v1"

    public let channel: String
    public let externalOrderID: String
    public let receivedAt: Instant

    public init(channel: String, externalOrderID: String, receivedAt: Instant) {
        self.channel = channel
        self.externalOrderID = externalOrderID
        self.receivedAt = receivedAt
    }

    public init(_ json: JSONObject) throws(Fault) {
        channel = try json.channel()
        externalOrderID = try json.externalID("externalOrderId")
        receivedAt = try json.instant("receivedAt")
    }

    public func write(to json: inout JSONWriter) {
        json.field("channel", channel)
        json.field("externalOrderId", externalOrderID)
        json.field("receivedAt", receivedAt)
    }
}
