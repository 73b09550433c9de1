/// What became of a command; every service tells it on a topic of its own.
public struct CommandAnswered: Fact, Equatable {
    /// Stands for the results topics of all services; nothing is published there, see the instance's topic.
    public static let topic = Topic.commandResults(of: "operations")
    public static let type = "tributary.operations.CommandAnswered.v1"

    /// Of the service that answers; never written, so an answer that was read has the type's topic.
    public let topic: Topic
    public let commandID: String
    public let outcome: CommandOutcome
    /// Why it was refused.
    public let reason: String?
    public let orderID: OrderID?
    public var version: Int64

    public var key: String { commandID }

    public init(
        service: String, commandID: String, outcome: CommandOutcome, reason: String? = nil, orderID: OrderID? = nil,
        version: Int64 = 0
    ) {
        topic = Topic.commandResults(of: service)
        self.commandID = commandID
        self.outcome = outcome
        self.reason = reason
        self.orderID = orderID
        self.version = version
    }

    public init(_ json: JSONObject) throws(Fault) {
        topic = Self.topic
        commandID = try json.string("commandId", atMost: 64)
        version = try json.integer("version")
        outcome = try json.word("outcome")
        reason = try json.stringIfPresent("reason", atMost: 2000)
        orderID = try json.orderIDIfPresent("orderId")
    }

    public func write(to json: inout JSONWriter) {
        json.field("commandId", commandID)
        json.field("version", version)
        json.field("outcome", outcome.rawValue)
        json.field("reason", reason)
        json.field("orderId", orderID)
    }
}

/// Whether a command was carried out.
public enum CommandOutcome: String, CaseIterable, Sendable {
    case accepted, refused
}
