/// The buyer or the channel wants an order cancelled.
public struct ChannelOrderCancel: Message, Equatable {
    public static let type = "channel.order.cancel.v1"

    public let channel: String
    public let externalOrderID: String
    public let reason: String?
    public let requestedAt: Instant

    public init(channel: String, externalOrderID: String, reason: String? = nil, requestedAt: Instant) {
        self.channel = channel
        self.externalOrderID = externalOrderID
        self.reason = reason
        self.requestedAt = requestedAt
    }

    public init(_ json: JSONObject) throws(Fault) {
        channel = try json.channel()
        externalOrderID = try json.externalID("externalOrderId")
        reason = try json.textIfPresent("reason")
        requestedAt = try json.instant("requestedAt")
    }

    public func write(to json: inout JSONWriter) {
        json.field("channel", channel)
        json.field("externalOrderId", externalOrderID)
        json.field("reason", reason)
        json.field("requestedAt", requestedAt)
    }
}
