public import ConsoleDomain
public import Contracts
public import Postgres

/// Users of the console for the operator at the machine: how the first owner comes to be.
///
/// - Errors: `Fault` for input that cannot be taken; its reason is in English.
public enum ConsoleUsers {
    public struct Summary: Sendable {
        public let name: String
        public let displayName: String
        public let roles: [String]
        public let scope: DataScope
        public let hasSecondFactor: Bool
        public let isDisabled: Bool
    }

    /// The binary logarithm of scrypt's n unless there is a reason for another.
    public static let passwordCost = PasswordHash.defaultCost

    /// What a user is to be.
    public struct Plan: Sendable {
        public let name: String
        public let displayName: String
        public let roles: [String]
        public let scope: DataScope
        /// Asked for a password of their own at the first sign-in.
        public let mustChangePassword: Bool

        public init(
            name: String, displayName: String, roles: [String], scope: DataScope, mustChangePassword: Bool
        ) {
            self.name = name.lowercased()
            self.displayName = displayName
            self.roles = roles
            self.scope = scope
            self.mustChangePassword = mustChangePassword
        }
    }

    /// - Parameters:
    ///   - cost: The binary logarithm of scrypt's n; 15 unless there is a reason.
    ///   - actor: As the audit log names whoever does it.
    public static func create(
        _ plan: Plan, password: String, cost: Int = passwordCost, actor: String, at now: Instant,
        in connection: Connection
    ) throws {
        guard UserName.isName(plan.name) else {
            throw Fault("is not 2 to 64 of a-z 0-9 . _ @ -", field: "name")
        }
        guard 1...100 ~= plan.displayName.count else {
            throw Fault("is not 1 to 100 characters", field: "display-name")
        }
        let roles = try RoleRows.all(in: connection)
        for role in plan.roles where !roles.contains(where: { $0.code == role }) {
            throw Fault("'\(role)' is none of \(roles.map(\.code).joined(separator: ", "))", field: "role")
        }
        do throws(Fault) {
            try Granting.check(roles: roles.filter { plan.roles.contains($0.code) }, scope: plan.scope, by: nil)
        } catch {
            throw Fault(inEnglish(error.reason), field: error.field)
        }
        try check(password, user: plan.name)
        let hash = try PasswordHash(of: password, cost: cost).text
        let entry = entry("users.create", plan.name, actor, now)
        do {
            try connection.transaction { transaction in
                _ = try UserRows.add(
                    plan.name, plan.displayName, passwordHash: hash, mustChange: plan.mustChangePassword,
                    roles: plan.roles, plan.scope, in: transaction)
                try AuditRows.add(entry, in: transaction)
            }
        } catch let error as PostgresError where error.constraint == "users_name_key" {
            throw Fault("there is a user '\(plan.name)' already", field: "name")
        }
    }

    public static func list(in connection: Connection) throws -> [Summary] {
        try UserRows.all(in: connection).map {
            Summary(
                name: $0.name, displayName: $0.displayName, roles: $0.roles, scope: $0.scope,
                hasSecondFactor: $0.hasFactor, isDisabled: $0.isDisabled)
        }
    }

    /// Gives a new password, takes the second factor off, ends every session and lets the user in again.
    public static func reset(
        _ name: String, password: String, cost: Int = passwordCost, actor: String, at now: Instant,
        in connection: Connection
    ) throws {
        let user = try find(name, in: connection)
        try check(password, user: user.name)
        let hash = try PasswordHash(of: password, cost: cost).text
        let entry = entry("users.reset-password", user.name, actor, now)
        try connection.transaction { transaction in
            try UserRows.setPassword(hash, mustChange: true, of: user.userID, in: transaction)
            try UserRows.setDisabled(false, user.userID, at: now, in: transaction)
            try FactorRows.remove(user.userID, in: transaction)
            try SessionRows.closeAll(of: user.userID, in: transaction)
            try LoginDoor.user(user.name).forget(in: transaction)
            try LoginDoor.factor(user.userID).forget(in: transaction)
            try AuditRows.add(entry, in: transaction)
        }
    }

    /// Signs a user out everywhere and lets nobody in by that name, also not the last owner: the operator can make
    /// another one.
    public static func disable(_ name: String, actor: String, at now: Instant, in connection: Connection) throws {
        let user = try find(name, in: connection)
        let entry = entry("users.disable", user.name, actor, now)
        try connection.transaction { transaction in
            try UserRows.setDisabled(true, user.userID, at: now, in: transaction)
            try SessionRows.closeAll(of: user.userID, in: transaction)
            try AuditRows.add(entry, in: transaction)
        }
    }

    /// A password to be told to the user, who changes it.
    public static func temporaryPassword() -> String { UserName.temporaryPassword() }

    private static func find(_ name: String, in connection: Connection) throws -> User {
        guard let user = try UserRows.all(in: connection).first(where: { $0.name == name.lowercased() }) else {
            throw Fault("there is no user '\(name)'", field: "name")
        }
        return user
    }

    private static func check(_ password: String, user: String) throws(Fault) {
        guard let complaint = PasswordRule.complaint(about: password, user: user) else { return }
        throw Fault(inEnglish(complaint), field: "password")
    }

    /// The phrase of a key, which comes with the program.
    private static func inEnglish(_ key: String) -> String {
        // A program whose phrases cannot be read does not pass its tests; the key says enough.
        let phrases = try? Phrases(SiteSections.all.flatMap(\.phrases))
        return phrases?.text(key, .en) ?? key
    }

    private static func entry(_ action: String, _ name: String, _ actor: String, _ now: Instant) -> AuditEntry {
        AuditEntry(
            at: now, userID: nil, actor: actor, address: "", action: action, subject: "user/\(name)", before: nil,
            after: nil, outcome: .done, reason: nil)
    }
}
