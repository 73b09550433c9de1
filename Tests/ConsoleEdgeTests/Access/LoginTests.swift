import ConsoleDomain
import Contracts
import HTTPTypes
import Postgres
import Testing

@testable import ConsoleEdge

@Suite("Signing in")
struct LoginTests {
    private func tryLogin(
        _ rig: SiteRig, _ user: String, _ password: String, address: String = "192.0.2.7"
    ) async throws -> Reply {
        try await Browser(rig.site, address: address).post("/login", ["user": user, "password": password])
    }

    @Test func rightPasswordLeadsWhereOneWanted() async throws {
        try await SiteRig.with { rig in
            try await rig.addUser("anna", roles: ["owner"])
            let browser = Browser(rig.site)
            let page = try await browser.get("/users?x=1")
            #expect(page.headers[.location] == "/login?next=%2Fusers%3Fx%3D1")
            let reply = try await browser.post(
                "/login", ["user": "Anna", "password": SiteRig.password, "next": "/users?x=1"])
            #expect(reply.headers[.location] == "/users?x=1")
            #expect(try await browser.get("/users").status == .ok)
        }
    }

    @Test(arguments: [("anna", "wrong wrong wrong"), ("nobody", SiteRig.password), ("", ""), ("anna", "")])
    func wrongOnesAreToldTheSame(user: String, password: String) async throws {
        try await SiteRig.with { rig in
            try await rig.addUser("anna", roles: ["owner"])
            let reply = try await tryLogin(rig, user, password)
            #expect(reply.status == .unprocessableContent)
            #expect(reply.text.contains("The user name or the password is not right."))
        }
    }

    @Test func disabledUserIsAWrongOne() async throws {
        try await SiteRig.with { rig in
            try await rig.addUser("anna", roles: ["owner"])
            try rig.run("UPDATE users SET disabled_at = now()")
            #expect(try await tryLogin(rig, "anna", SiteRig.password).status == .unprocessableContent)
        }
    }

    @Test func fiveWrongTriesShutTheDoorAlsoForTheRightPassword() async throws {
        try await SiteRig.with { rig in
            try await rig.addUser("anna", roles: ["owner"])
            for number in 1...5 {
                #expect(
                    try await tryLogin(rig, "anna", "wrong", address: "192.0.2.\(number)").text.contains("not right"))
            }
            let shut = try await tryLogin(rig, "anna", SiteRig.password, address: "192.0.2.9")
            #expect(shut.text.contains("Too many tries"))
            rig.wait(.seconds(61))
            #expect(try await tryLogin(rig, "anna", SiteRig.password).status == .seeOther)
        }
    }

    @Test func eachFurtherFailureShutsTheDoorForLonger() async throws {
        try await SiteRig.with { rig in
            try await rig.addUser("anna", roles: ["owner"])
            for _ in 1...5 { _ = try await tryLogin(rig, "anna", "wrong") }
            rig.wait(.seconds(61))
            _ = try await tryLogin(rig, "anna", "wrong")
            rig.wait(.seconds(61))
            #expect(try await tryLogin(rig, "anna", SiteRig.password).text.contains("Too many tries"))
            rig.wait(.seconds(60))
            #expect(try await tryLogin(rig, "anna", SiteRig.password).status == .seeOther)
        }
    }

    @Test func unknownNameIsShutOutLikeAKnownOne() async throws {
        try await SiteRig.with { rig in
            for number in 1...5 { _ = try await tryLogin(rig, "nobody", "wrong", address: "192.0.2.\(number)") }
            #expect(try await tryLogin(rig, "nobody", "wrong", address: "192.0.2.9").text.contains("Too many tries"))
        }
    }

    @Test func addressThatTriesManyNamesIsShutOut() async throws {
        try await SiteRig.with { rig in
            try await rig.addUser("anna", roles: ["owner"])
            for number in 1...20 { _ = try await tryLogin(rig, "user-\(number)", "wrong") }
            #expect(try await tryLogin(rig, "anna", SiteRig.password).text.contains("Too many tries"))
            #expect(try await tryLogin(rig, "anna", SiteRig.password, address: "192.0.2.8").status == .seeOther)
        }
    }

    @Test func rightPasswordsDoNotCountAgainstAnAddress() async throws {
        try await SiteRig.with { rig in
            try await rig.addUser("anna", roles: ["owner"])
            for _ in 1...25 { #expect(try await tryLogin(rig, "anna", SiteRig.password).status == .seeOther) }
        }
    }

    @Test func whatWasTypedAsANameIsNotWrittenDown() async throws {
        try await SiteRig.with { rig in
            try await rig.addUser("anna", roles: ["owner"])
            _ = try await tryLogin(rig, "my secret password", "x")
            _ = try await tryLogin(rig, "anna", "x")
            #expect(try rig.number("SELECT count(*) FROM audit_log WHERE actor = '?' AND outcome = 'refused'") == 1)
            #expect(try rig.number("SELECT count(*) FROM audit_log WHERE actor = 'anna' AND outcome = 'refused'") == 1)
            #expect(try rig.number("SELECT count(*) FROM audit_log a WHERE a::text LIKE '%secret%'") == 0)
            #expect(try rig.number("SELECT count(*) FROM login_tries t WHERE t::text LIKE '%secret%'") == 0)
        }
    }

    @Test func passwordOfSomebodyElsesMakingIsChangedFirst() async throws {
        try await SiteRig.with { rig in
            try await rig.addUser("anna", roles: ["owner"], mustChange: true)
            let browser = Browser(rig.site)
            try await browser.signIn("anna")
            #expect(try await browser.get("/users").headers[.location] == "/account/password")
            let new = "my own sentence"
            let weak: KeyValuePairs = ["current": SiteRig.password, "new": "1234567890", "again": "1234567890"]
            #expect(try await browser.post("/account/password", weak).status == .unprocessableContent)
            #expect(
                try await browser.post(
                    "/account/password", ["current": SiteRig.password, "new": new, "again": new]
                ).status == .seeOther)
            #expect(try await browser.get("/users").status == .ok)
        }
    }

    @Test func addressComesFromTheConnection() async throws {
        try await SiteRig.with { rig in
            _ = try await tryLogin(rig, "anna", "x", address: "203.0.113.9")
            #expect(try rig.text("SELECT address FROM audit_log") == "203.0.113.9")
        }
    }
}
