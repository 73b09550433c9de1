/// A distributor and the one above; each record replaces the former from `effectiveFrom` on.
///
/// - Errors: `Fault` when a member stands above itself.
public struct DistributionMember: Message, Equatable {
    public static let type = "distribution.member.v1"

    public enum Status: String, CaseIterable, Sendable {
        case active, disabled
    }

    public let memberID: String
    /// Absent: nobody above.
    public let parentID: String?
    public let grade: String?
    public let name: String?
    public let status: Status
    public let joinedAt: Instant?
    /// Absent: the record's time.
    public let effectiveFrom: Instant?
    /// The member's own accounts as a buyer, `channel/externalBuyerId`.
    public let buyers: [String]
    public let phoneFingerprint: String?

    public init(
        memberID: String, parentID: String? = nil, grade: String? = nil, name: String? = nil,
        status: Status = .active, joinedAt: Instant? = nil, effectiveFrom: Instant? = nil, buyers: [String] = [],
        phoneFingerprint: String? = nil
    ) {
        self.memberID = memberID
        self.parentID = parentID
        self.grade = grade
        self.name = name
        self.status = status
        self.joinedAt = joinedAt
        self.effectiveFrom = effectiveFrom
        self.buyers = buyers
        self.phoneFingerprint = phoneFingerprint
    }

    public init(_ json: JSONObject) throws(Fault) {
        memberID = try json.ownID("memberId")
        parentID = try json.ownIDIfPresent("parentId")
        grade = try json.stringIfPresent("grade")
        name = try json.textIfPresent("name")
        status = try json.wordIfPresent("status") ?? .active
        joinedAt = try json.instantIfPresent("joinedAt")
        effectiveFrom = try json.instantIfPresent("effectiveFrom")
        buyers = try json.externalIDsIfPresent("buyers") ?? []
        phoneFingerprint = try json.stringIfPresent("phoneFingerprint")
        guard parentID != memberID else { throw Fault("is the member itself", field: "parentId") }
    }

    public func write(to json: inout JSONWriter) {
        json.field("memberId", memberID)
        json.field("parentId", parentID)
        json.field("grade", grade)
        json.field("name", name)
        json.field("status", status.rawValue)
        json.field("joinedAt", joinedAt)
        json.field("effectiveFrom", effectiveFrom)
        json.field("buyers", texts: buyers)
        json.field("phoneFingerprint", phoneFingerprint)
    }
}
