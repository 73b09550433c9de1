import ConsoleDomain
import Contracts
import HTTPTypes
import Postgres
import Testing

@testable import ConsoleEdge

@Suite("Sessions")
struct SessionTests {
    @Test func tableHoldsNoToken() async throws {
        try await SiteRig.with { rig in
            let browser = try await rig.signIn(.owner)
            let token = try #require(browser.cookies["session"])
            #expect(try rig.number("SELECT count(*) FROM sessions WHERE token_hash = \(Secret.hash(token))") == 1)
            #expect(try rig.number("SELECT count(*) FROM sessions WHERE token_hash = \(Array(token.utf8))") == 0)
        }
    }

    @Test func signingInBringsANewSessionAndEndsTheOld() async throws {
        try await SiteRig.with { rig in
            let browser = try await rig.signIn(.owner, name: "anna")
            let old = try #require(browser.cookies["session"])
            try await browser.signIn("anna")
            #expect(browser.cookies["session"] != old)
            browser.cookies = ["session": old]
            #expect(try await browser.get("/account").status == .seeOther)
        }
    }

    @Test func tokenThatSomebodyPlantedIsNotTakenOver() async throws {
        try await SiteRig.with { rig in
            try await rig.addUser("anna", roles: ["owner"])
            let planted = Secret.token()
            let browser = Browser(rig.site)
            browser.cookies["session"] = planted
            try await browser.signIn("anna")
            #expect(browser.cookies["session"] != planted)
            let thief = Browser(rig.site)
            thief.cookies["session"] = planted
            #expect(try await thief.get("/account").status == .seeOther)
        }
    }

    @Test(arguments: [(Int64(29), HTTPResponse.Status.ok), (31, .seeOther)])
    func sessionEndsUnusedAfterHalfAnHour(minutes: Int64, status: HTTPResponse.Status) async throws {
        try await SiteRig.with { rig in
            let browser = try await rig.signIn(.owner)
            rig.wait(.minutes(minutes))
            #expect(try await browser.get("/account").status == status)
        }
    }

    @Test func sessionEndsAfterTwelveHoursHoweverBusy() async throws {
        try await SiteRig.with { rig in
            let browser = try await rig.signIn(.owner)
            for _ in 0..<35 {
                rig.wait(.minutes(20))
                #expect(try await browser.get("/account").status == .ok)
            }
            rig.wait(.minutes(20))
            #expect(try await browser.get("/account").status == .seeOther)
        }
    }

    @Test func endedSessionIsNoneAnyMore() async throws {
        try await SiteRig.with { rig in
            let browser = try await rig.signIn(.owner, name: "anna")
            let other = Browser(rig.site)
            try await other.signIn("anna")
            let id = try rig.number("SELECT min(session_id) FROM sessions")
            #expect(try await other.post("/account/sessions/\(id)/end").status == .seeOther)
            #expect(try await browser.get("/account").status == .seeOther)
            #expect(try await other.get("/account").status == .ok)
        }
    }

    @Test func nobodyEndsSomebodyElsesSession() async throws {
        try await SiteRig.with { rig in
            let victim = try await rig.signIn(.owner)
            let id = try rig.number("SELECT max(session_id) FROM sessions")
            let other = try await rig.signIn(.support)
            try await other.post("/account/sessions/\(id)/end")
            #expect(try await victim.get("/account").status == .ok)
        }
    }

    @Test func newPasswordEndsEverySessionButThisOne() async throws {
        try await SiteRig.with { rig in
            let browser = try await rig.signIn(.owner, name: "anna")
            let other = Browser(rig.site)
            try await other.signIn("anna")
            let old = browser.cookies["session"]
            let reply = try await browser.post(
                "/account/password",
                ["current": SiteRig.password, "new": "a longer sentence", "again": "a longer sentence"])
            #expect(reply.status == .seeOther)
            #expect(browser.cookies["session"] != old, "the token changes with the password")
            #expect(try await browser.get("/account").status == .ok)
            #expect(try await other.get("/account").status == .seeOther)
            try await other.signIn("anna", password: "a longer sentence")
        }
    }

    @Test func otherRolesEndTheSession() async throws {
        try await SiteRig.with { rig in
            let owner = try await rig.signIn(.owner)
            let browser = try await rig.signIn(.support, name: "anna")
            let id = try rig.number("SELECT user_id FROM users WHERE name = 'anna'")
            let same: KeyValuePairs = ["display-name": "Anna", "role": "support", "scope": "all"]
            #expect(try await owner.post("/users/\(id)", same).status == .seeOther)
            #expect(try await browser.get("/account").status == .ok, "the same roles end nothing")
            let less: KeyValuePairs = ["display-name": "Anna", "role": "support", "scope": "channels", "values": "h5"]
            #expect(try await owner.post("/users/\(id)", less).status == .seeOther)
            #expect(try await browser.get("/account").status == .seeOther)
        }
    }

    @Test func signingOutEndsTheSession() async throws {
        try await SiteRig.with { rig in
            let browser = try await rig.signIn(.owner)
            let token = browser.cookies["session"]
            try await browser.post("/logout")
            #expect(browser.cookies["session"] == nil)
            browser.cookies["session"] = token
            #expect(try await browser.get("/account").status == .seeOther)
        }
    }

    @Test func cookieIsForTheServerAlone() async throws {
        try await SiteRig.with { rig in
            try await rig.addUser("anna", roles: ["owner"])
            let browser = Browser(rig.site)
            let reply = try await browser.post("/login", ["user": "anna", "password": SiteRig.password])
            let cookie = try #require(reply.headers[values: .setCookie].first { $0.hasPrefix("session=") })
            #expect(cookie.contains("; HttpOnly; SameSite=Lax"))
            #expect(!cookie.contains("Secure"))
        }
        try await SiteRig.with(environment: ["CONSOLE_BASE_URL": "https://console.test"]) { rig in
            try await rig.addUser("anna", roles: ["owner"])
            let reply = try await Browser(rig.site).post("/login", ["user": "anna", "password": SiteRig.password])
            let cookie = try #require(reply.headers[values: .setCookie].first { $0.hasPrefix("__Host-session=") })
            #expect(cookie.contains("; Secure"))
            #expect(reply.headers[.strictTransportSecurity] != nil)
        }
    }
}
