/// Lets a member withdraw a frozen entry at once.
public struct ReleaseEntry: HeadedCommand, Equatable {
    public static let topic = Topic.commands(of: "commission")
    public static let type = "tributary.commission.commands.ReleaseEntry.v1"

    public let head: CommandHead
    public let memberID: String
    public let entryID: String

    public var key: String { memberID }

    public init(head: CommandHead, memberID: String, entryID: String) {
        self.head = head
        self.memberID = memberID
        self.entryID = entryID
    }

    public init(_ json: JSONObject) throws(Fault) {
        head = try CommandHead(json)
        memberID = try json.string("memberId")
        entryID = try json.string("entryId", atMost: 64)
    }

    public func write(to json: inout JSONWriter) {
        head.write(to: &json)
        json.field("memberId", memberID)
        json.field("entryId", entryID)
    }
}

/// Says that an entry of a member is wrong; it is frozen until that is answered.
public struct DisputeEntry: HeadedCommand, Equatable {
    public static let topic = Topic.commands(of: "commission")
    public static let type = "tributary.commission.commands.DisputeEntry.v1"

    public let head: CommandHead
    public let memberID: String
    public let entryID: String

    public var key: String { memberID }

    public init(head: CommandHead, memberID: String, entryID: String) {
        self.head = head
        self.memberID = memberID
        self.entryID = entryID
    }

    public init(_ json: JSONObject) throws(Fault) {
        head = try CommandHead(json)
        memberID = try json.string("memberId")
        entryID = try json.string("entryId", atMost: 64)
    }

    public func write(to json: inout JSONWriter) {
        head.write(to: &json)
        json.field("memberId", memberID)
        json.field("entryId", entryID)
    }
}
