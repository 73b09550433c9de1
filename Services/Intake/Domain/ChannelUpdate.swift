public import Contracts

/// Something a platform was told of an order, and what it said to that.
public struct ChannelUpdate: JSONCoded, Equatable {
    public enum State: String, CaseIterable, Sendable {
        /// The platform has not answered.
        case waiting
        case accepted, refused
    }

    /// Of the thing it tells: `shipmentId/shipped`, `caseId/approved`, `caseId/rejected`.
    public let updateID: String
    /// By when the platform wants to know.
    public let deadline: Instant
    public internal(set) var state: State
    /// Why the platform refused it.
    public internal(set) var reason: String?
    /// What was told, so that it can be told again; one of the two.
    public internal(set) var shipping: ShippingUpdate?
    public let decision: RefundDecision?

    /// Platforms without a deadline of their own expect to hear of a parcel within a day.
    static let usualPatience = Duration.days(1)

    init(
        updateID: String, deadline: Instant, shipping: ShippingUpdate? = nil, decision: RefundDecision? = nil
    ) {
        self.updateID = updateID
        self.deadline = deadline
        self.shipping = shipping
        self.decision = decision
        state = .waiting
    }

    public init(_ json: JSONObject) throws(Fault) {
        updateID = try json.string("updateId", atMost: 64)
        deadline = try json.instant("deadline")
        state = try json.word("state")
        reason = try json.stringIfPresent("reason", atMost: 2000)
        shipping = try json.readIfPresent("shipping")
        decision = try json.readIfPresent("decision")
    }

    public func write(to json: inout JSONWriter) {
        json.field("updateId", updateID)
        json.field("deadline", deadline)
        json.field("state", state.rawValue)
        json.field("reason", reason)
        json.field("shipping", shipping)
        json.field("decision", decision)
    }
}

extension Order {
    /// The earliest deadline of what the platform has not accepted; such orders are the queue of failed write-backs.
    public var updateDeadline: Instant? {
        updates.filter { $0.state != .accepted }.map(\.deadline).min()
    }
}
