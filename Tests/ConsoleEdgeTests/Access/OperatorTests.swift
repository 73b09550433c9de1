import ConsoleDomain
import Contracts
import HTTPTypes
import Postgres
import Testing

@testable import ConsoleEdge

/// What `ops users` does.
@Suite("Users by the operator's hand")
struct OperatorTests {
    private static func plan(
        _ name: String = "Anna", roles: [String] = ["owner"], scope: DataScope = .all, mustChange: Bool = false
    ) -> ConsoleUsers.Plan {
        ConsoleUsers.Plan(
            name: name, displayName: "Anna", roles: roles, scope: scope, mustChangePassword: mustChange)
    }

    private func create(_ rig: SiteRig, _ plan: ConsoleUsers.Plan, password: String = SiteRig.password) throws {
        let connection = try rig.connect()
        defer { connection.close() }
        try ConsoleUsers.create(plan, password: password, cost: 10, actor: "ops", at: rig.now, in: connection)
    }

    @Test func firstOwnerSignsIn() async throws {
        try await SiteRig.with { rig in
            try create(rig, Self.plan())
            let browser = Browser(rig.site)
            try await browser.signIn("anna")
            #expect(try await browser.get("/users").status == .ok)
            let line = try rig.text(
                "SELECT concat_ws(' ', actor, action, subject) FROM audit_log ORDER BY audit_id LIMIT 1")
            #expect(line == "ops users.create user/anna")
        }
    }

    @Test(arguments: [
        (plan("a b"), SiteRig.password, "name"), (plan(roles: ["king"]), SiteRig.password, "role"),
        (plan(roles: []), SiteRig.password, "roles"), (plan(roles: ["distributor"]), SiteRig.password, "scope"),
        (plan(), "short", "password"), (plan("taken"), SiteRig.password, "name"),
    ])
    func wrongInputIsNamed(plan: ConsoleUsers.Plan, password: String, field: String) async throws {
        try await SiteRig.with { rig in
            try await rig.addUser("taken", roles: ["owner"])
            do {
                try create(rig, plan, password: password)
                Issue.record("\(field) was taken")
            } catch let fault as Fault {
                #expect(fault.field == field)
                #expect(!fault.reason.contains("users.fault") && !fault.reason.contains("password.fault"))
            }
            #expect(try rig.number("SELECT count(*) FROM users") == 1)
        }
    }

    @Test func resetLetsTheUserInAgain() async throws {
        try await SiteRig.with { rig in
            try create(rig, Self.plan())
            let browser = Browser(rig.site)
            try await browser.signIn("anna")
            let connection = try rig.connect()
            defer { connection.close() }
            try ConsoleUsers.disable("anna", actor: "ops", at: rig.now, in: connection)
            #expect(try await browser.get("/users").status == .seeOther)
            #expect(try ConsoleUsers.list(in: connection).map(\.isDisabled) == [true])
            try ConsoleUsers.reset(
                "ANNA", password: "another sentence", cost: 10, actor: "ops", at: rig.now, in: connection)
            try await browser.signIn("anna", password: "another sentence")
            #expect(try await browser.get("/users").headers[.location] == "/account/password")
            #expect(throws: Fault.self) {
                try ConsoleUsers.disable("nobody", actor: "ops", at: rig.now, in: connection)
            }
        }
    }
}
