public import Contracts

/// A distributor as it was at any time.
///
/// - Source: DESIGN section 2, "Reference topics": the past needs the values of its time.
public struct MemberHistory: JSONCoded, Equatable {
    public let memberID: String
    /// By `effectiveFrom`, oldest first; no two have the same.
    public private(set) var versions: [MemberVersion]

    public init(memberID: String, versions: [MemberVersion] = []) {
        self.memberID = memberID
        self.versions = versions
    }

    public init(_ json: JSONObject) throws(Fault) {
        memberID = try json.string("memberId")
        versions = try json.readList("versions", atMost: 100_000)
    }

    public func write(to json: inout JSONWriter) {
        json.field("memberId", memberID)
        json.field("versions", list: versions)
    }

    /// The member as of a moment; before its first record but after it joined, as that first record says.
    public func version(at moment: Instant) -> MemberVersion? {
        if let version = versions.last(where: { $0.effectiveFrom <= moment }) { return version }
        guard let first = versions.first, let joinedAt = first.joinedAt, joinedAt <= moment else { return nil }
        return first
    }

    /// Of two records from the same moment on the later one counts.
    mutating func put(_ version: MemberVersion) {
        versions.removeAll { $0.effectiveFrom == version.effectiveFrom }
        let index = versions.firstIndex { $0.effectiveFrom > version.effectiveFrom } ?? versions.count
        versions.insert(version, at: index)
    }
}

/// A distributor from one moment on.
public struct MemberVersion: JSONCoded, Equatable {
    public let effectiveFrom: Instant
    public let parentID: String?
    public let grade: String?
    public let isActive: Bool
    public let joinedAt: Instant?
    /// The member's own accounts as a buyer, `channel/externalBuyerId`.
    public let buyers: [String]

    public init(
        effectiveFrom: Instant, parentID: String? = nil, grade: String? = nil, isActive: Bool = true,
        joinedAt: Instant? = nil, buyers: [String] = []
    ) {
        self.effectiveFrom = effectiveFrom
        self.parentID = parentID
        self.grade = grade
        self.isActive = isActive
        self.joinedAt = joinedAt
        self.buyers = buyers
    }

    /// - Parameter recordedAt: Counts when the record does not say from when on it holds.
    init(_ member: DistributionMember, recordedAt: Instant) {
        self.init(
            effectiveFrom: member.effectiveFrom ?? recordedAt, parentID: member.parentID, grade: member.grade,
            isActive: member.status == .active, joinedAt: member.joinedAt, buyers: member.buyers)
    }

    /// The same member, no longer active.
    func disabled(from moment: Instant) -> MemberVersion {
        MemberVersion(
            effectiveFrom: moment, parentID: parentID, grade: grade, isActive: false, joinedAt: joinedAt,
            buyers: buyers)
    }

    public init(_ json: JSONObject) throws(Fault) {
        effectiveFrom = try json.instant("effectiveFrom")
        parentID = try json.stringIfPresent("parentId")
        grade = try json.stringIfPresent("grade")
        isActive = try json.bool("active", default: true)
        joinedAt = try json.instantIfPresent("joinedAt")
        buyers = try json.texts("buyers")
    }

    public func write(to json: inout JSONWriter) {
        json.field("effectiveFrom", effectiveFrom)
        json.field("parentId", parentID)
        json.field("grade", grade)
        json.field("active", isActive)
        json.field("joinedAt", joinedAt)
        json.field("buyers", texts: buyers)
    }
}
