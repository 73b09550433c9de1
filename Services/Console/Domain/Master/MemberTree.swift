public import Contracts

/// Who stands under whom.
public struct MemberTree: Sendable, Equatable {
    /// By member; somebody at the top has an empty one.
    private var parents: [String: String]

    public init(_ parents: [String: String] = [:]) { self.parents = parents }

    /// Somebody who will be there.
    mutating func announce(_ memberID: String) { if parents[memberID] == nil { parents[memberID] = "" } }

    /// - Throws: `Fault` when nobody is called that.
    func find(_ memberID: String, field: String) throws(Fault) {
        guard parents[memberID] != nil else { throw Fault("'\(memberID)' is no member", field: field) }
    }

    /// - Throws: `Fault` when nobody is called that, or when the member would come to stand above itself.
    public mutating func put(_ memberID: String, under parentID: String?) throws(Fault) {
        guard let parentID, !parentID.isEmpty else {
            parents[memberID] = ""
            return
        }
        try find(parentID, field: "parentId")
        var above = parentID
        for _ in 0...parents.count {
            guard above != memberID else {
                throw Fault("'\(parentID)' stands below '\(memberID)' already", field: "parentId")
            }
            guard let next = parents[above], !next.isEmpty else { break }
            above = next
        }
        parents[memberID] = parentID
    }
}
