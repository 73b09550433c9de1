import ConsoleDomain
import HTTPTypes
import Postgres
import Testing

@testable import ConsoleEdge

@Suite("Forms from elsewhere")
struct FormProtectionTests {
    private static let change: KeyValuePairs = ["language": "zh"]

    private func language(_ rig: SiteRig) throws -> String? {
        try rig.text("SELECT language FROM users WHERE name = 'anna'")
    }

    private func signedIn(_ rig: SiteRig) async throws -> Browser { try await rig.signIn(.owner, name: "anna") }

    @Test func ownFormIsCarriedOut() async throws {
        try await SiteRig.with { rig in
            let browser = try await signedIn(rig)
            #expect(try await browser.post("/preferences", Self.change).status == .seeOther)
            #expect(try language(rig) == "zh")
        }
    }

    @Test func formWithoutTokenIsRefused() async throws {
        try await SiteRig.with { rig in
            let browser = try await signedIn(rig)
            #expect(try await browser.post("/preferences", Self.change, token: "").status == .forbidden)
            #expect(try language(rig) == nil)
        }
    }

    @Test func tokenOfAnotherSessionIsRefused() async throws {
        try await SiteRig.with { rig in
            let browser = try await signedIn(rig)
            let other = try await rig.signIn(.owner)
            let token = try await other.formToken()
            #expect(try await browser.post("/preferences", Self.change, token: token).status == .forbidden)
            #expect(try language(rig) == nil)
        }
    }

    @Test(arguments: [
        ("http://console.test", HTTPResponse.Status.seeOther), ("http://evil.test", .forbidden), ("null", .forbidden),
        ("https://console.test", .forbidden),
    ])
    func originHasToBeOurs(origin: String, status: HTTPResponse.Status) async throws {
        try await SiteRig.with { rig in
            let browser = try await signedIn(rig)
            let token = try await browser.formToken()
            browser.headers[.origin] = origin
            #expect(try await browser.post("/preferences", Self.change, token: token).status == status)
        }
    }

    @Test func browserThatSaysCrossSiteIsRefused() async throws {
        try await SiteRig.with { rig in
            let browser = try await signedIn(rig)
            let token = try await browser.formToken()
            browser.headers[.fetchSite] = "cross-site"
            #expect(try await browser.post("/preferences", Self.change, token: token).status == .forbidden)
        }
    }

    @Test func tokenIsMaskedAnewInEachPage() async throws {
        try await SiteRig.with { rig in
            let browser = try await signedIn(rig)
            let first = try await browser.formToken()
            let second = try await browser.formToken()
            #expect(first != second)
            let reply = try await browser.post("/preferences", Self.change, token: first)
            #expect(reply.status == .seeOther)
        }
    }

    @Test(arguments: ["//evil.test", "/\\evil.test", "https://evil.test", "javascript:alert(1)", "/a\r\nx: y", ""])
    func wayBackStaysHere(path: String) async throws {
        #expect(LocalPath.checked(path) == "/")
    }

    @Test func wayBackKeepsItsQuery() { #expect(LocalPath.checked("/orders?a=1&b=%20") == "/orders?a=1&b=%20") }
}
