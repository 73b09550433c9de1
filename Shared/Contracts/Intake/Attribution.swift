/// The distributor an order belongs to, as it was known at the sale; later changes of the tree do not touch it.
public struct Attribution: JSONCoded, Equatable {
    public let memberID: String
    public let kind: AttributionKind
    /// The distributor and those above it, nearest first.
    public let chain: [ChainLink]
    /// Why this member and no other.
    public let reason: String
    /// Who could have been it and was not.
    public let contest: [Contender]

    public init(memberID: String, kind: AttributionKind, chain: [ChainLink], reason: String, contest: [Contender]) {
        self.memberID = memberID
        self.kind = kind
        self.chain = chain
        self.reason = reason
        self.contest = contest
    }

    public init(_ json: JSONObject) throws(Fault) {
        memberID = try json.string("memberId")
        kind = try json.word("kind")
        chain = try json.readList("chain")
        reason = try json.string("reason", atMost: 2000)
        contest = try json.readList("contest")
    }

    public func write(to json: inout JSONWriter) {
        json.field("memberId", memberID)
        json.field("kind", kind.rawValue)
        json.field("chain", list: chain)
        json.field("reason", reason)
        json.field("contest", list: contest)
    }
}

/// One member of the chain with its grade at the sale.
public struct ChainLink: JSONCoded, Equatable {
    public let memberID: String
    public let grade: String?

    public init(memberID: String, grade: String? = nil) {
        self.memberID = memberID
        self.grade = grade
    }

    public init(_ json: JSONObject) throws(Fault) {
        memberID = try json.string("memberId")
        grade = try json.stringIfPresent("grade")
    }

    public func write(to json: inout JSONWriter) {
        json.field("memberId", memberID)
        json.field("grade", grade)
    }
}

/// A member who lost the order, and why.
public struct Contender: JSONCoded, Equatable {
    public let memberID: String
    public let kind: AttributionKind
    public let reason: String

    public init(memberID: String, kind: AttributionKind, reason: String) {
        self.memberID = memberID
        self.kind = kind
        self.reason = reason
    }

    public init(_ json: JSONObject) throws(Fault) {
        memberID = try json.string("memberId")
        kind = try json.word("kind")
        reason = try json.string("reason", atMost: 2000)
    }

    public func write(to json: inout JSONWriter) {
        json.field("memberId", memberID)
        json.field("kind", kind.rawValue)
        json.field("reason", reason)
    }
}

/// What tied an order to its distributor.
public enum AttributionKind: String, CaseIterable, Sendable {
    case binding
    case link
    case code
    case agent
    case live
    /// Assigned by a person.
    case `operator`
}
