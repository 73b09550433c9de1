import ConsoleDomain
import HTTPTypes
import Postgres
import Contracts
import Testing

@testable import ConsoleEdge

@Suite("API tokens")
struct TokenTests {
    private func make(_ browser: Browser, _ permission: String, days: String = "30") async throws -> Reply {
        try await browser.post("/account/tokens", ["name": "export", "days": days, "permission": permission])
    }

    private func token(_ reply: Reply) throws -> String {
        String(try #require(reply.text.firstMatch(of: /class="secret">(trb_[A-Za-z0-9_-]{43})</)).1)
    }

    private func program(_ rig: SiteRig, _ token: String) -> Browser {
        let program = Browser(rig.site)
        program.headers[.authorization] = "Bearer \(token)"
        return program
    }

    @Test func tokenActsForItsOwnerWithinItsPermissions() async throws {
        try await SiteRig.with { rig in
            let owner = try await rig.signIn(.owner, name: "anna")
            let program = program(rig, try token(try await make(owner, "audit.view")))
            let me = try await program.get("/api/me")
            #expect(me.text == #"{"user":"anna","scope":"all","permissions":["audit.view"]}"#)
            #expect(try await program.get("/audit").status == .ok)
            #expect(try await program.get("/users").status == .forbidden)
            #expect(try await program.get("/account/tokens").status == .ok)
            let reply = await program.ask(.post, "/account/tokens")
            #expect(reply.status == .forbidden, "a token makes no tokens")
        }
    }

    @Test func tableHoldsNoToken() async throws {
        try await SiteRig.with { rig in
            let owner = try await rig.signIn(.owner)
            let token = try token(try await make(owner, "audit.view"))
            #expect(try rig.number("SELECT count(*) FROM api_tokens WHERE token_hash = \(Secret.hash(token))") == 1)
            let pattern = "%\(token)%"
            #expect(try rig.number("SELECT count(*) FROM audit_log a WHERE a::text LIKE \(pattern)") == 0)
            #expect(try await !owner.get("/account/tokens").text.contains(token))
        }
    }

    @Test func tokenMayNoMoreThanItsOwnerDoesNow() async throws {
        try await SiteRig.with { rig in
            let owner = try await rig.signIn(.owner, name: "anna")
            let program = program(rig, try token(try await make(owner, "users.manage")))
            #expect(try await program.get("/users").status == .ok)
            try rig.run("UPDATE user_roles SET role = 'support'")
            #expect(try await program.get("/users").status == .forbidden)
            try rig.run("UPDATE users SET disabled_at = now()")
            #expect(try await program.get("/api/me").status == .unauthorized)
        }
    }

    @Test func tokenEnds() async throws {
        try await SiteRig.with { rig in
            let owner = try await rig.signIn(.owner, name: "anna")
            let first = program(rig, try token(try await make(owner, "users.manage", days: "1")))
            let second = program(rig, try token(try await make(owner, "users.manage")))
            let id = try rig.number("SELECT max(token_id) FROM api_tokens")
            try await owner.post("/account/tokens/\(id)/revoke")
            #expect(try await second.get("/api/me").status == .unauthorized)
            #expect(try await first.get("/api/me").status == .ok)
            rig.wait(.days(1))
            #expect(try await first.get("/api/me").status == .unauthorized)
        }
    }

    @Test func nobodyRevokesSomebodyElsesToken() async throws {
        try await SiteRig.with { rig in
            let owner = try await rig.signIn(.owner)
            let program = program(rig, try token(try await make(owner, "users.manage")))
            let id = try rig.number("SELECT max(token_id) FROM api_tokens")
            try await rig.signIn(.support).post("/account/tokens/\(id)/revoke")
            #expect(try await program.get("/api/me").status == .ok)
        }
    }

    @Test(arguments: [
        ("users.manage", "30"), ("", "30"), ("orders.view", "0"), ("orders.view", "366"), ("orders.view", "x"),
    ])
    func wrongInputIsTold(permission: String, days: String) async throws {
        try await SiteRig.with { rig in
            let browser = try await rig.signIn(.support)
            #expect(try await make(browser, permission, days: days).status == .unprocessableContent)
            #expect(try rig.number("SELECT count(*) FROM api_tokens") == 0)
        }
    }

    @Test(arguments: ["", "Bearer", "Bearer ", "Bearer trb_x", "Basic YTpi", "Bearer \u{e9}"])
    func anythingElseIsUnauthorised(header: String) async throws {
        try await SiteRig.with { rig in
            let program = Browser(rig.site)
            program.headers[.authorization] = header
            let reply = try await program.get("/api/me")
            #expect(reply.status == .unauthorized)
            #expect(reply.headers[.contentType] == "application/problem+json")
            #expect(reply.headers[.wwwAuthenticate] != nil)
        }
    }
}
