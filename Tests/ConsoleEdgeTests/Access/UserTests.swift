import ConsoleDomain
import HTTPTypes
import Postgres
import Testing

@testable import ConsoleEdge

@Suite("Users and roles")
struct UserTests {
    private func add(
        _ browser: Browser, _ name: String, role: String = "support", scope: String = "all", values: String = ""
    ) async throws -> Reply {
        try await browser.post(
            "/users", ["name": name, "display-name": "Bo", "role": role, "scope": scope, "values": values])
    }

    @Test func newUserSignsInWithThePasswordThatWasShown() async throws {
        try await SiteRig.with { rig in
            let owner = try await rig.signIn(.owner)
            let reply = try await add(owner, "bo")
            let password = try #require(reply.text.firstMatch(of: /class="secret">([a-z2-7-]{19})</)).1
            let browser = Browser(rig.site)
            try await browser.signIn("bo", password: String(password))
            #expect(try await browser.get("/").headers[.location] == "/account/password")
            #expect(try rig.number("SELECT count(*) FROM audit_log WHERE action = 'users.create'") == 1)
            let pattern = "%\(password)%"
            let leaked = try rig.number("SELECT count(*) FROM audit_log a WHERE a::text LIKE \(pattern)")
            #expect(leaked == 0)
        }
    }

    @Test(arguments: [
        ("x", "support", "all", ""), ("bo bo", "support", "all", ""), ("taken", "support", "all", ""),
        ("bo", "", "all", ""), ("bo", "no-such-role", "all", ""), ("bo", "support", "channels", ""),
        ("bo", "support", "all", "h5"), ("bo", "support", "own", "M1, M2"), ("bo", "support", "galaxy", ""),
        ("bo", "distributor", "all", ""), ("bo", "owner", "channels", "h5"),
        ("'; DROP TABLE users; --", "support", "all", ""), ("<script>", "support", "all", ""),
    ])
    func wrongInputIsToldAndKept(name: String, role: String, scope: String, values: String) async throws {
        try await SiteRig.with { rig in
            let owner = try await rig.signIn(.owner)
            try await rig.addUser("taken", roles: ["support"])
            let before = try rig.number("SELECT count(*) FROM users")
            let reply = try await add(owner, name, role: role, scope: scope, values: values)
            #expect(reply.status == .unprocessableContent)
            #expect(reply.text.contains("class=\"fault\""))
            #expect(!reply.text.contains("<script>"))
            #expect(try rig.number("SELECT count(*) FROM users") == before)
        }
    }

    @Test func nobodyGivesAwayMoreThanTheyHave() async throws {
        try await SiteRig.with { rig in
            let owner = try await rig.signIn(.owner)
            let role: KeyValuePairs = ["code": "clerk", "name": "Clerk", "permission": "users.manage"]
            #expect(try await owner.post("/roles", role).status == .seeOther)
            try await rig.addUser("cy", roles: ["clerk"])
            let clerk = Browser(rig.site)
            try await clerk.signIn("cy")
            #expect(try await add(clerk, "bo", role: "owner").status == .unprocessableContent)
            #expect(try await add(clerk, "bo", role: "support").status == .unprocessableContent)
            #expect(try await add(clerk, "bo", role: "clerk").status == .ok)
            let more: KeyValuePairs = ["code": "boss", "name": "Boss", "permission": "orders.view"]
            #expect(try await clerk.post("/roles", more).status == .unprocessableContent)
            // Nor do they take over somebody who has more.
            let id = try rig.number("SELECT min(user_id) FROM users")
            for action in ["", "/reset-password", "/reset-factor", "/disable", "/end-sessions"] {
                #expect(try await clerk.post("/users/\(id)\(action)").status == .notFound, "\(action)")
            }
        }
    }

    @Test func lastManagerStays() async throws {
        try await SiteRig.with { rig in
            let owner = try await rig.signIn(.owner, name: "anna")
            let id = try rig.number("SELECT user_id FROM users WHERE name = 'anna'")
            let fewer: KeyValuePairs = ["display-name": "Anna", "role": "support", "scope": "all"]
            #expect(try await owner.post("/users/\(id)", fewer).status == .unprocessableContent)
            try await owner.post("/users/\(id)/disable")
            #expect(try await owner.get("/users").status == .ok)
            try await rig.addUser("bo", roles: ["owner"])
            #expect(try await owner.post("/users/\(id)", fewer).status == .seeOther)
        }
    }

    @Test func disabledUserIsOutAtOnce() async throws {
        try await SiteRig.with { rig in
            let owner = try await rig.signIn(.owner)
            let browser = try await rig.signIn(.support, name: "bo")
            let id = try rig.number("SELECT user_id FROM users WHERE name = 'bo'")
            try await owner.post("/users/\(id)/disable")
            #expect(try await browser.get("/account").status == .seeOther)
            try await owner.post("/users/\(id)/enable")
            try await browser.signIn("bo")
        }
    }

    @Test func roleOfTheMallsOwnAllowsWhatIsTicked() async throws {
        try await SiteRig.with { rig in
            let owner = try await rig.signIn(.owner)
            let role: KeyValuePairs = ["code": "reader", "name": "Reader", "permission": "audit.view"]
            #expect(try await owner.post("/roles", role).status == .seeOther)
            #expect(try await owner.post("/roles", role).status == .unprocessableContent, "the code is taken")
            try await rig.addUser("bo", roles: ["reader"])
            let browser = Browser(rig.site)
            try await browser.signIn("bo")
            #expect(try await browser.get("/audit").status == .ok)
            #expect(try await browser.get("/users").status == .forbidden)
            #expect(try await owner.post("/roles/reader/delete").headers[.location] == "/roles")
            #expect(try rig.number("SELECT count(*) FROM roles") == 1, "somebody has it")
            let change: KeyValuePairs = ["name": "Reader", "permission": "stock.view"]
            try await owner.post("/roles/reader", change)
            #expect(try await browser.get("/audit").status == .seeOther, "a changed role signs its users out")
            try await browser.signIn("bo")
            #expect(try await browser.get("/audit").status == .forbidden)
        }
    }

    @Test func readyRoleIsNotChanged() async throws {
        try await SiteRig.with { rig in
            let owner = try await rig.signIn(.owner)
            #expect(try await owner.get("/roles/owner").status == .ok)
            let change: KeyValuePairs = ["name": "x", "permission": "stock.view"]
            #expect(try await owner.post("/roles/owner", change).status == .notFound)
            #expect(try await owner.post("/roles/owner/delete").status == .notFound)
            let same: KeyValuePairs = ["code": "owner", "name": "x", "permission": "stock.view"]
            #expect(try await owner.post("/roles", same).status == .unprocessableContent)
        }
    }

    @Test func scriptInANameIsText() async throws {
        try await SiteRig.with { rig in
            let name = "<script>alert(1)</script>\"'&"
            try await rig.addUser("anna", roles: ["owner"], displayName: name)
            let browser = Browser(rig.site)
            try await browser.signIn("anna")
            for path in ["/", "/account", "/users", "/users/1"] {
                let page = try await browser.get(path).text
                #expect(!page.contains("<script>alert"), "\(path)")
                #expect(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;&amp;"), "\(path)")
            }
        }
    }
}
