/// Somebody opened a distributor's link.
public struct ChannelVisit: Message, Equatable {
    public static let type = "channel.visit.v1"

    public let channel: String
    public let visitorID: String
    public let memberID: String
    public let sku: String?
    public let at: Instant

    public init(channel: String, visitorID: String, memberID: String, sku: String? = nil, at: Instant) {
        self.channel = channel
        self.visitorID = visitorID
        self.memberID = memberID
        self.sku = sku
        self.at = at
    }

    public init(_ json: JSONObject) throws(Fault) {
        channel = try json.channel()
        visitorID = try json.externalID("visitorId")
        memberID = try json.ownID("memberId")
        sku = try json.externalIDIfPresent("sku")
        at = try json.instant("at")
    }

    public func write(to json: inout JSONWriter) {
        json.field("channel", channel)
        json.field("visitorId", visitorID)
        json.field("memberId", memberID)
        json.field("sku", sku)
        json.field("at", at)
    }
}
