import ConsoleDomain
import Contracts
import HTTPTypes
import Postgres

/// Users: who they are, what they may do, which part of the mall they see.
enum UserPages {
    static let section = SiteSection(
        routes: [
            .get("/users", .may(.usersManage), list),
            .get("/users/new", .may(.usersManage), showNew), .post("/users", .may(.usersManage), add),
            .get("/users/{id}", .may(.usersManage), showOne), .post("/users/{id}", .may(.usersManage), change),
        ] + UserActions.routes + RolePages.routes,
        templates: [
            "users": PackageResources.users_mustache, "user": PackageResources.user_mustache,
            "user-password": PackageResources.user_password_mustache, "roles": PackageResources.roles_mustache,
            "role": PackageResources.role_mustache,
        ],
        phrases: [PackageResources.users_json],
        navigation: [
            NavigationItem(group: "nav.access", phrase: "users.title", path: "/users", access: .may(.usersManage)),
            NavigationItem(group: "nav.access", phrase: "roles.title", path: "/roles", access: .may(.usersManage)),
        ])

    private static func list(_ visit: Visit) async throws -> Answer {
        let users = try await visit.tools.database.read { try UserRows.all(in: $0) }
        return .page(
            Page(
                template: "users", title: visit.say("users.title"),
                content: ["users": .list(users.map { row($0, visit) })]))
    }

    private static func row(_ user: User, _ visit: Visit) -> Content {
        [
            "id": "\(user.userID)", "name": .text(user.name), "display-name": .text(user.displayName),
            "roles": .text(AccessWords.roles(user.roles, visit)), "scope": .text(AccessWords.scope(user.scope, visit)),
            "has-factor": .flag(user.hasFactor), "is-disabled": .flag(user.isDisabled),
            "seen": .text(user.seenAt.map { visit.formats.time($0) }),
        ]
    }

    private static func showNew(_ visit: Visit) async throws -> Answer {
        .page(UserForm.page(visit, nil, UserForm.Input(), try await roles(visit), [:]))
    }

    static func roles(_ visit: Visit) async throws -> [Role] {
        try await visit.tools.database.read { try RoleRows.all(in: $0) }
    }

    /// The user gets a password that is shown once, and has to be changed at the first sign-in.
    private static func add(_ visit: Visit) async throws -> Answer {
        let roles = try await roles(visit)
        var reader = FormReader(visit.form)
        let name = reader.text("name", 2...64).lowercased()
        if !UserName.isName(name) { reader.complain("name", "users.fault.name") }
        let input = UserForm.read(&reader, name: name)
        let scope = UserForm.check(input, roles, by: visit.viewer, &reader)
        guard reader.complaints.isEmpty, let scope else {
            return .page(UserForm.page(visit, nil, input, roles, reader.complaints))
        }
        let password = UserName.temporaryPassword()
        let hash = try await visit.tools.passwords.hash(password)
        let entry = visit.entry("users.create", "user/\(name)", after: input.json)
        do {
            try await visit.tools.database.write { transaction in
                _ = try UserRows.add(
                    name, input.displayName, passwordHash: hash, mustChange: true, roles: input.roles, scope,
                    in: transaction)
                try AuditRows.add(entry, in: transaction)
            }
        } catch let error as PostgresError where error.constraint == "users_name_key" {
            return .page(UserForm.page(visit, nil, input, roles, ["name": "users.fault.taken"]))
        }
        return passwordPage(visit, name, password)
    }

    /// Shows a password that somebody has to tell the user.
    static func passwordPage(_ visit: Visit, _ name: String, _ password: String) -> Answer {
        .page(
            Page(
                template: "user-password", title: visit.say("users.password.title"),
                crumbs: [.init(visit.say("users.title"), "/users"), .init(name)],
                content: ["name": .text(name), "password": .text(password)]))
    }

    /// A user whom the viewer may manage: one who may no more than the viewer.
    static func find(_ visit: Visit, _ roles: [Role]) async throws -> User {
        let userID = try visit.number("id")
        guard let user = try await visit.tools.database.read({ try UserRows.find(userID, in: $0) }) else {
            throw SiteProblem.notFound
        }
        do throws(Fault) {
            try Granting.check(
                roles: roles.filter { user.roles.contains($0.code) }, scope: user.scope, by: visit.viewer)
        } catch {
            if error.reason == "users.fault.more-than-own" || error.reason == "users.fault.scope-beyond-own" {
                throw SiteProblem.notFound
            }
        }
        return user
    }

    private static func showOne(_ visit: Visit) async throws -> Answer {
        let roles = try await roles(visit)
        let user = try await find(visit, roles)
        return .page(UserForm.page(visit, user, UserForm.Input(user), roles, [:]))
    }

    /// Another role or another part of the mall ends the user's sessions: what they were opened with no longer holds.
    private static func change(_ visit: Visit) async throws -> Answer {
        let roles = try await roles(visit)
        let user = try await find(visit, roles)
        var reader = FormReader(visit.form)
        let input = UserForm.read(&reader, name: user.name)
        let scope = UserForm.check(input, roles, by: visit.viewer, &reader)
        guard reader.complaints.isEmpty, let scope else {
            return .page(UserForm.page(visit, user, input, roles, reader.complaints))
        }
        let before = UserForm.Input(user)
        let entry = visit.entry("users.change", "user/\(user.name)", before: before.json, after: input.json)
        let staysManager = roles.contains { input.roles.contains($0.code) && $0.permissions.contains(.usersManage) }
        let isSaved = try await visit.tools.database.write { transaction -> Bool in
            let hasOther = try UserRows.hasOtherManager(than: user.userID, in: transaction)
            guard staysManager || user.isDisabled || hasOther else { return false }
            try UserRows.change(user.userID, input.displayName, roles: input.roles, scope, in: transaction)
            if Set(user.roles) != Set(input.roles) || user.scope != scope {
                try SessionRows.closeAll(of: user.userID, in: transaction)
            }
            try AuditRows.add(entry, in: transaction)
            return true
        }
        guard isSaved else {
            return .page(UserForm.page(visit, user, input, roles, ["roles": "users.fault.last-manager"]))
        }
        return .redirect("/users", say: "users.saved")
    }
}

/// Names that users sign in by, and passwords for their first time.
enum UserName {
    /// 2 to 64 of `a–z 0–9 . _ @ -`.
    static func isName(_ name: String) -> Bool {
        2...64 ~= name.utf8.count
            && name.utf8.allSatisfy { 97...122 ~= $0 || 48...57 ~= $0 || [45, 46, 64, 95].contains($0) }
    }

    /// 80 bits in four groups.
    static func temporaryPassword() -> String {
        SecondFactor(secret: Secret.bytes(10)).groups.lowercased().replacing(" ", with: "-")
    }
}
