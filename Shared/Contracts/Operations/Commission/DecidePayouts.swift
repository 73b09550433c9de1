/// Lets a payout go to the payment provider.
public struct ApprovePayout: HeadedCommand, Equatable {
    public static let topic = Topic.commands(of: "commission")
    public static let type = "tributary.commission.commands.ApprovePayout.v1"

    public let head: CommandHead
    public let memberID: String
    public let payoutID: String

    public var key: String { memberID }

    public init(head: CommandHead, memberID: String, payoutID: String) {
        self.head = head
        self.memberID = memberID
        self.payoutID = payoutID
    }

    public init(_ json: JSONObject) throws(Fault) {
        head = try CommandHead(json)
        memberID = try json.string("memberId")
        payoutID = try json.string("payoutId", atMost: 64)
    }

    public func write(to json: inout JSONWriter) {
        head.write(to: &json)
        json.field("memberId", memberID)
        json.field("payoutId", payoutID)
    }
}

/// Refuses a payout; the money is available again.
public struct RejectPayout: HeadedCommand, Equatable {
    public static let topic = Topic.commands(of: "commission")
    public static let type = "tributary.commission.commands.RejectPayout.v1"

    public let head: CommandHead
    public let memberID: String
    public let payoutID: String

    public var key: String { memberID }

    public init(head: CommandHead, memberID: String, payoutID: String) {
        self.head = head
        self.memberID = memberID
        self.payoutID = payoutID
    }

    public init(_ json: JSONObject) throws(Fault) {
        head = try CommandHead(json)
        memberID = try json.string("memberId")
        payoutID = try json.string("payoutId", atMost: 64)
    }

    public func write(to json: inout JSONWriter) {
        head.write(to: &json)
        json.field("memberId", memberID)
        json.field("payoutId", payoutID)
    }
}
