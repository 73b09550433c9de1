/// A channel answers an update of ours.
public struct ChannelUpdateResult: Message, Equatable {
    public static let type = "channel.update.result.v1"

    public enum Status: String, CaseIterable, Sendable {
        case accepted, refused
    }

    public let updateID: String
    public let status: Status
    public let reason: String?
    public let at: Instant

    public init(updateID: String, status: Status, reason: String? = nil, at: Instant) {
        self.updateID = updateID
        self.status = status
        self.reason = reason
        self.at = at
    }

    public init(_ json: JSONObject) throws(Fault) {
        updateID = try json.ownID("updateId")
        status = try json.word("status")
        reason = try json.textIfPresent("reason")
        at = try json.instant("at")
    }

    public func write(to json: inout JSONWriter) {
        json.field("updateId", updateID)
        json.field("status", status.rawValue)
        json.field("reason", reason)
        json.field("at", at)
    }
}
