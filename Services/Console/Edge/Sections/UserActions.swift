import ConsoleDomain
import Contracts
import Postgres

/// What is done to a user beside changing roles and scope.
enum UserActions {
    static let routes: [Route] = [
        .post("/users/{id}/disable", .may(.usersManage), disable),
        .post("/users/{id}/enable", .may(.usersManage), enable),
        .post("/users/{id}/reset-password", .may(.usersManage), resetPassword),
        .post("/users/{id}/reset-factor", .may(.usersManage), resetFactor),
        .post("/users/{id}/end-sessions", .may(.usersManage), endSessions),
    ]

    private static func find(_ visit: Visit) async throws -> User {
        try await UserPages.find(visit, try await UserPages.roles(visit))
    }

    /// Somebody who manages users stays; nobody shuts the door behind themselves.
    private static func disable(_ visit: Visit) async throws -> Answer {
        let user = try await find(visit)
        guard user.userID != visit.viewer.userID else { return .redirect("/users", say: "users.fault.self") }
        let entry = visit.entry("users.disable", "user/\(user.name)")
        let isDone = try await visit.tools.database.write { transaction -> Bool in
            guard try UserRows.hasOtherManager(than: user.userID, in: transaction) else { return false }
            try UserRows.setDisabled(true, user.userID, at: visit.now, in: transaction)
            try SessionRows.closeAll(of: user.userID, in: transaction)
            try AuditRows.add(entry, in: transaction)
            return true
        }
        return .redirect("/users", say: isDone ? "users.disabled" : "users.fault.last-manager")
    }

    private static func enable(_ visit: Visit) async throws -> Answer {
        let user = try await find(visit)
        let entry = visit.entry("users.enable", "user/\(user.name)")
        try await visit.tools.database.write { transaction in
            try UserRows.setDisabled(false, user.userID, at: visit.now, in: transaction)
            try AuditRows.add(entry, in: transaction)
        }
        return .redirect("/users", say: "users.enabled")
    }

    private static func resetPassword(_ visit: Visit) async throws -> Answer {
        let user = try await find(visit)
        let password = UserName.temporaryPassword()
        let hash = try await visit.tools.passwords.hash(password)
        let entry = visit.entry("users.reset-password", "user/\(user.name)")
        try await visit.tools.database.write { transaction in
            try UserRows.setPassword(hash, mustChange: true, of: user.userID, in: transaction)
            try SessionRows.closeAll(of: user.userID, in: transaction)
            try LoginDoor.user(user.name).forget(in: transaction)
            try AuditRows.add(entry, in: transaction)
        }
        return UserPages.passwordPage(visit, user.name, password)
    }

    private static func resetFactor(_ visit: Visit) async throws -> Answer {
        let user = try await find(visit)
        let entry = visit.entry("users.reset-factor", "user/\(user.name)")
        try await visit.tools.database.write { transaction in
            try FactorRows.remove(user.userID, in: transaction)
            try SessionRows.closeAll(of: user.userID, in: transaction)
            try LoginDoor.factor(user.userID).forget(in: transaction)
            try AuditRows.add(entry, in: transaction)
        }
        return .redirect("/users/\(user.userID)", say: "users.factor-reset")
    }

    private static func endSessions(_ visit: Visit) async throws -> Answer {
        let user = try await find(visit)
        let entry = visit.entry("users.end-sessions", "user/\(user.name)")
        try await visit.tools.database.write { transaction in
            try SessionRows.closeAll(of: user.userID, in: transaction)
            try AuditRows.add(entry, in: transaction)
        }
        return .redirect("/users/\(user.userID)", say: "users.sessions-ended")
    }
}
