/// Books an adjustment that another person proposed.
public struct ApproveAdjustment: HeadedCommand, Equatable {
    public static let topic = Topic.commands(of: "commission")
    public static let type = "tributary.commission.commands.ApproveAdjustment.v1"

    public let head: CommandHead
    public let memberID: String
    public let adjustmentID: String

    public var key: String { memberID }

    public init(head: CommandHead, memberID: String, adjustmentID: String) {
        self.head = head
        self.memberID = memberID
        self.adjustmentID = adjustmentID
    }

    public init(_ json: JSONObject) throws(Fault) {
        head = try CommandHead(json)
        memberID = try json.string("memberId")
        adjustmentID = try json.string("adjustmentId", atMost: 64)
    }

    public func write(to json: inout JSONWriter) {
        head.write(to: &json)
        json.field("memberId", memberID)
        json.field("adjustmentId", adjustmentID)
    }
}

/// Refuses an adjustment that waits for its second approval.
public struct RejectAdjustment: HeadedCommand, Equatable {
    public static let topic = Topic.commands(of: "commission")
    public static let type = "tributary.commission.commands.RejectAdjustment.v1"

    public let head: CommandHead
    public let memberID: String
    public let adjustmentID: String

    public var key: String { memberID }

    public init(head: CommandHead, memberID: String, adjustmentID: String) {
        self.head = head
        self.memberID = memberID
        self.adjustmentID = adjustmentID
    }

    public init(_ json: JSONObject) throws(Fault) {
        head = try CommandHead(json)
        memberID = try json.string("memberId")
        adjustmentID = try json.string("adjustmentId", atMost: 64)
    }

    public func write(to json: inout JSONWriter) {
        head.write(to: &json)
        json.field("memberId", memberID)
        json.field("adjustmentId", adjustmentID)
    }
}
