/// What every command carries beside its own fields: who wants it, why and since when.
///
/// - Shape: it stands flat in the command's object, not in an object of its own.
/// - Source: CONTRACTS, "Commands".
public struct CommandHead: JSONCoded, Equatable {
    public let commandID: String
    /// A user id.
    public let actor: String
    public let reason: String
    public let issuedAt: Instant

    public init(commandID: String, actor: String, reason: String, issuedAt: Instant) {
        self.commandID = commandID
        self.actor = actor
        self.reason = reason
        self.issuedAt = issuedAt
    }

    public init(_ json: JSONObject) throws(Fault) {
        commandID = try json.string("commandId", atMost: 64)
        actor = try json.string("actor")
        reason = try json.string("reason", atMost: 2000)
        issuedAt = try json.instant("issuedAt")
    }

    public func write(to json: inout JSONWriter) {
        json.field("commandId", commandID)
        json.field("actor", actor)
        json.field("reason", reason)
        json.field("issuedAt", issuedAt)
    }
}

/// A command that keeps the common fields in its head.
public protocol HeadedCommand: Command {
    var head: CommandHead { get }
    /// The record key: the business id that the service's command topic is ordered by.
    var key: String { get }
}

extension HeadedCommand {
    public var commandID: String { head.commandID }
    public var actor: String { head.actor }
    public var reason: String { head.reason }
    public var issuedAt: Instant { head.issuedAt }
}
