import ConsoleDomain
import Contracts
import HTTPTypes
import Postgres

/// Roles: the ready ones to look at, the mall's own to tick together.
enum RolePages {
    static let routes: [Route] = [
        .get("/roles", .may(.usersManage), list), .get("/roles/new", .may(.usersManage), showNew),
        .post("/roles", .may(.usersManage), add), .get("/roles/{code}", .may(.usersManage), showOne),
        .post("/roles/{code}", .may(.usersManage), change),
        .post("/roles/{code}/delete", .may(.usersManage), delete),
    ]

    private static func list(_ visit: Visit) async throws -> Answer {
        let roles = try await UserPages.roles(visit)
        return .page(
            Page(
                template: "roles", title: visit.say("roles.title"),
                content: [
                    "roles": .list(
                        roles.map {
                            [
                                "code": .text($0.code), "name": .text(AccessWords.name(of: $0, visit)),
                                "count": "\($0.permissions.count)", "is-ready": .flag(isReady($0.code)),
                            ]
                        })
                ]))
    }

    private static func isReady(_ code: String) -> Bool { ReadyRole(rawValue: code) != nil }

    private static func showNew(_ visit: Visit) async throws -> Answer {
        .page(form(visit, Role(code: "", name: "", permissions: []), isNew: true, [:]))
    }

    private static func showOne(_ visit: Visit) async throws -> Answer {
        .page(form(visit, try await find(visit), isNew: false, [:]))
    }

    private static func find(_ visit: Visit) async throws -> Role {
        let code = visit.path["code"] ?? ""
        guard let role = try await UserPages.roles(visit).first(where: { $0.code == code }) else {
            throw SiteProblem.notFound
        }
        return role
    }

    private static func form(_ visit: Visit, _ role: Role, isNew: Bool, _ complaints: [String: String]) -> Page {
        let title = isNew ? visit.say("roles.new") : AccessWords.name(of: role, visit)
        return Page(
            template: "role", title: title, crumbs: [.init(visit.say("roles.title"), "/roles"), .init(title)],
            content: [
                "is-new": .flag(isNew), "is-ready": .flag(isReady(role.code)), "code": .text(role.code),
                "name": .text(role.name), "action": .text(isNew ? "/roles" : "/roles/\(role.code)"),
                "permissions": .list(
                    Permission.allCases.map {
                        [
                            "code": .text($0.rawValue), "name": .text(visit.say("permission.\($0.rawValue)")),
                            "is-chosen": .flag(role.permissions.contains($0)),
                        ]
                    }),
                "code-fault": .text(complaints["code"].map { visit.say($0) }),
                "name-fault": .text(complaints["name"].map { visit.say($0) }),
                "permission-fault": .text(complaints["permission"].map { visit.say($0) }),
            ], status: complaints.isEmpty ? .ok : .unprocessableContent)
    }

    private static func read(_ visit: Visit, code: String, _ reader: inout FormReader) -> Role {
        let role = Role(
            code: code, name: reader.text("name", 1...100),
            permissions: Set(visit.form.all("permission").compactMap(Permission.init(rawValue:))))
        if role.permissions.isEmpty { reader.complain("permission", "tokens.fault.none") }
        do throws(Fault) {
            // Whoever makes a role may give it, so it holds no more than they may do themselves.
            let isMember = !role.permissions.isDisjoint(with: [.ownStatement, .ownDispute])
            try Granting.check(roles: [role], scope: isMember ? .own("-") : .all, by: visit.viewer)
        } catch {
            reader.complain("permission", error.reason)
        }
        return role
    }

    private static func add(_ visit: Visit) async throws -> Answer {
        var reader = FormReader(visit.form)
        let code = reader.text("code", 1...40)
        if !Role.isCode(code) || isReady(code) { reader.complain("code", "roles.fault.code") }
        if try await UserPages.roles(visit).contains(where: { $0.code == code }) {
            reader.complain("code", "roles.fault.taken")
        }
        let role = read(visit, code: code, &reader)
        guard reader.complaints.isEmpty else { return .page(form(visit, role, isNew: true, reader.complaints)) }
        return try await save(role, before: nil, visit)
    }

    private static func change(_ visit: Visit) async throws -> Answer {
        let old = try await find(visit)
        guard !isReady(old.code) else { throw SiteProblem.notFound }
        var reader = FormReader(visit.form)
        let role = read(visit, code: old.code, &reader)
        guard reader.complaints.isEmpty else { return .page(form(visit, role, isNew: false, reader.complaints)) }
        return try await save(role, before: old, visit)
    }

    private static func save(_ role: Role, before: Role?, _ visit: Visit) async throws -> Answer {
        let entry = visit.entry(
            "roles.save", "role/\(role.code)", before: before.map(json), after: json(role))
        do {
            try await visit.tools.database.write { transaction in
                try RoleRows.save(role, in: transaction)
                guard try UserRows.hasOtherManager(than: nobody, in: transaction) else { throw NoManagerLeft() }
                try RoleRows.closeSessions(of: role.code, in: transaction)
                try AuditRows.add(entry, in: transaction)
            }
        } catch is NoManagerLeft {
            return .redirect("/roles", say: "users.fault.last-manager")
        }
        return .redirect("/roles", say: "roles.saved")
    }

    /// The number of no user.
    private static let nobody: Int64 = 0

    /// Rolls back what would leave the mall without anybody who manages users.
    private struct NoManagerLeft: Error {}

    private static func delete(_ visit: Visit) async throws -> Answer {
        let role = try await find(visit)
        guard !isReady(role.code) else { throw SiteProblem.notFound }
        let entry = visit.entry("roles.delete", "role/\(role.code)", before: json(role))
        let isDone = try await visit.tools.database.write { transaction -> Bool in
            guard try !RoleRows.isUsed(role.code, in: transaction) else { return false }
            try RoleRows.delete(role.code, in: transaction)
            try AuditRows.add(entry, in: transaction)
            return true
        }
        return .redirect("/roles", say: isDone ? "roles.deleted" : "roles.fault.used")
    }

    private static func json(_ role: Role) -> [UInt8] {
        JSONWriter.object { json in
            json.field("name", role.name)
            json.array("permissions") { array in role.permissions.sorted().forEach { array.element($0.rawValue) } }
        }
    }
}
