/// Answers a dispute and ends its freeze.
public struct AnswerDispute: HeadedCommand, Equatable {
    public static let topic = Topic.commands(of: "commission")
    public static let type = "tributary.commission.commands.AnswerDispute.v1"

    public let head: CommandHead
    public let memberID: String
    public let entryID: String
    public let answer: DisputeAnswer

    public var key: String { memberID }

    public init(head: CommandHead, memberID: String, entryID: String, answer: DisputeAnswer) {
        self.head = head
        self.memberID = memberID
        self.entryID = entryID
        self.answer = answer
    }

    public init(_ json: JSONObject) throws(Fault) {
        head = try CommandHead(json)
        memberID = try json.string("memberId")
        entryID = try json.string("entryId", atMost: 64)
        answer = try json.word("answer")
    }

    public func write(to json: inout JSONWriter) {
        head.write(to: &json)
        json.field("memberId", memberID)
        json.field("entryId", entryID)
        json.field("answer", answer.rawValue)
    }
}

/// Whether a dispute was right.
public enum DisputeAnswer: String, CaseIterable, Sendable {
    case upheld, dismissed
}
