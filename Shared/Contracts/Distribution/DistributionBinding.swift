/// A buyer belongs to a distributor from `boundAt` on.
public struct DistributionBinding: Message, Equatable {
    public static let type = "distribution.binding.v1"

    public enum Source: String, CaseIterable, Sendable {
        case link, code, agent, live
    }

    public let channel: String
    public let externalBuyerID: String
    public let memberID: String
    public let boundAt: Instant
    public let source: Source

    public init(channel: String, externalBuyerID: String, memberID: String, boundAt: Instant, source: Source) {
        self.channel = channel
        self.externalBuyerID = externalBuyerID
        self.memberID = memberID
        self.boundAt = boundAt
        self.source = source
    }

    public init(_ json: JSONObject) throws(Fault) {
        channel = try json.channel()
        externalBuyerID = try json.externalID("externalBuyerId")
        memberID = try json.ownID("memberId")
        boundAt = try json.instant("boundAt")
        source = try json.word("source")
    }

    public func write(to json: inout JSONWriter) {
        json.field("channel", channel)
        json.field("externalBuyerId", externalBuyerID)
        json.field("memberId", memberID)
        json.field("boundAt", boundAt)
        json.field("source", source.rawValue)
    }
}
