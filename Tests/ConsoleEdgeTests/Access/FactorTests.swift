import Barcodes
import ConsoleDomain
import Contracts
import HTTPTypes
import Postgres
import Testing

@testable import ConsoleEdge

@Suite("Second factor")
struct FactorTests {
    /// - Source: RFC 6238, appendix B, SHA-1.
    @Test(arguments: [
        (Int64(59), "94287082"), (1_111_111_109, "07081804"), (1_111_111_111, "14050471"), (1_234_567_890, "89005924"),
        (2_000_000_000, "69279037"), (20_000_000_000, "65353130"),
    ])
    func codesAreThoseOfTheStandard(seconds: Int64, code: String) {
        let factor = SecondFactor(secret: Array("12345678901234567890".utf8))
        let step = OneTimeCode.step(at: Instant(milliseconds: seconds * 1000))
        #expect(factor.code(step, digits: 8) == code)
        #expect(factor.code(step) == String(code.suffix(6)))
    }

    private func secret(_ rig: SiteRig) throws -> SecondFactor {
        let connection = try rig.connect()
        defer { connection.close() }
        let rows = try connection.rows("SELECT factor_secret FROM users WHERE name = 'anna'")
        return SecondFactor(secret: rows[0].bytes(0))
    }

    private func code(_ rig: SiteRig) throws -> String { try secret(rig).code(OneTimeCode.step(at: rig.now)) }

    /// Sets a factor up, as its user does.
    private func enrolled(_ rig: SiteRig) async throws -> (Browser, recovery: [String]) {
        let browser = try await rig.signIn(.owner, name: "anna")
        #expect(
            try await browser.post("/account/factor/begin", ["password": SiteRig.password]).status == .seeOther)
        let page = try await browser.get("/account/factor").text
        #expect(page.contains("otpauth://totp/Tributary%3Aanna?secret=\(Base32.text(try secret(rig).secret))"))
        let link = "otpauth://totp/Tributary%3Aanna?secret=\(Base32.text(try secret(rig).secret))&issuer=Tributary"
        let picture = try #require(QRCode(link))
        #expect(page.contains(#"viewBox="0 0 \#(picture.side) \#(picture.side)""#))
        #expect(page.contains(##"<path fill="#000" d="\##(picture.path)"/>"##))
        let shown = try await browser.post("/account/factor/confirm", ["code": try code(rig)])
        #expect(shown.status == .ok)
        return (browser, shown.text.matches(of: /<code>([a-z2-7]{5}-[a-z2-7]{5})<\/code>/).map { String($0.1) })
    }

    @Test func signingInNeedsTheCode() async throws {
        try await SiteRig.with { rig in
            _ = try await enrolled(rig)
            let browser = Browser(rig.site)
            let reply = try await browser.post("/login", ["user": "anna", "password": SiteRig.password])
            #expect(reply.headers[.location]?.hasPrefix("/login/code") == true)
            #expect(try await browser.get("/users").headers[.location] == "/login/code")
            rig.wait(.seconds(30))
            #expect(try await browser.post("/login/code", ["code": "000000"]).status == .unprocessableContent)
            let half = browser.cookies["session"]
            #expect(try await browser.post("/login/code", ["code": try code(rig)]).status == .seeOther)
            #expect(browser.cookies["session"] != half, "the whole session is a new one")
            #expect(try await browser.get("/users").status == .ok)
        }
    }

    @Test func codeCountsOnce() async throws {
        try await SiteRig.with { rig in
            _ = try await enrolled(rig)
            rig.wait(.seconds(30))
            let code = try code(rig)
            for (number, status) in [HTTPResponse.Status.seeOther, .unprocessableContent].enumerated() {
                let browser = Browser(rig.site, address: "192.0.2.\(number)")
                try await browser.signIn("anna")
                #expect(try await browser.post("/login/code", ["code": code]).status == status)
            }
        }
    }

    @Test func recoveryCodeCountsOnce() async throws {
        try await SiteRig.with { rig in
            let (_, recovery) = try await enrolled(rig)
            #expect(recovery.count == RecoveryCodes.count)
            let code = try #require(recovery.first)
            for status in [HTTPResponse.Status.seeOther, .unprocessableContent] {
                let browser = Browser(rig.site)
                try await browser.signIn("anna")
                #expect(try await browser.post("/login/code", ["code": code.uppercased()]).status == status)
            }
        }
    }

    @Test func guessingCodesIsShutOut() async throws {
        try await SiteRig.with { rig in
            _ = try await enrolled(rig)
            let browser = Browser(rig.site)
            try await browser.signIn("anna")
            for _ in 1...5 { _ = try await browser.post("/login/code", ["code": "000000"]) }
            rig.wait(.seconds(30))
            #expect(try await browser.post("/login/code", ["code": try code(rig)]).text.contains("Too many tries"))
        }
    }

    @Test func halfASessionEndsSoon() async throws {
        try await SiteRig.with { rig in
            _ = try await enrolled(rig)
            let browser = Browser(rig.site)
            try await browser.signIn("anna")
            rig.wait(.minutes(11))
            #expect(try await browser.post("/login/code", ["code": try code(rig)]).headers[.location] == "/login")
        }
    }

    @Test func beginningAndEndingNeedThePassword() async throws {
        try await SiteRig.with { rig in
            let (browser, _) = try await enrolled(rig)
            #expect(
                try await browser.post("/account/factor/remove", ["password": "wrong"]).status == .unprocessableContent)
            let hidden = try await browser.get("/account/factor").text
            #expect(!hidden.contains("otpauth"), "the secret is shown only while it is set up")
            #expect(
                try await browser.post("/account/factor/remove", ["password": SiteRig.password]).status == .seeOther)
            #expect(try rig.number("SELECT count(*) FROM users WHERE factor_secret IS NOT NULL") == 0)
            #expect(try rig.number("SELECT count(*) FROM recovery_codes") == 0)
        }
    }
}
