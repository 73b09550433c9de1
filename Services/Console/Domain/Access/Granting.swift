public import Contracts

/// What may be given to whom: nobody gives away more than they have.
public enum Granting {
    /// - Parameters:
    ///   - roles: What the user is to be.
    ///   - giver: Who changes the user; nil is the operator at the machine.
    /// - Throws: `Fault` with the field `roles` or `scope`; its reason is the key of a phrase.
    public static func check(roles: [Role], scope: DataScope, by giver: Viewer?) throws(Fault) {
        guard !roles.isEmpty else { throw Fault("users.fault.no-role", field: "roles") }
        let permissions = roles.reduce(into: Set<Permission>()) { $0.formUnion($1.permissions) }
        if let giver {
            guard permissions.isSubset(of: giver.permissions.union([.ownStatement, .ownDispute])) else {
                throw Fault("users.fault.more-than-own", field: "roles")
            }
            guard giver.scope.covers(scope) else { throw Fault("users.fault.scope-beyond-own", field: "scope") }
        }
        let isMember = !permissions.isDisjoint(with: [.ownStatement, .ownDispute])
        guard !isMember || scope.member != nil else { throw Fault("users.fault.member-needed", field: "scope") }
        guard !permissions.contains(.usersManage) || scope == .all else {
            throw Fault("users.fault.manager-sees-all", field: "scope")
        }
    }
}
