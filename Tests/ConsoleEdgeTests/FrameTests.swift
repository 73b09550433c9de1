import ConsoleDomain
import Contracts
import HTTPTypes
import Testing

@testable import ConsoleEdge

@Suite("What all pages share")
struct FrameTests {
    @Test(arguments: ["/login", "/no-such-page", "/assets/x/site.css", "/account"])
    func everyAnswerTellsTheBrowserWhatToRefuse(path: String) async throws {
        try await SiteRig.with { rig in
            let headers = try await Browser(rig.site).get(path).headers
            let policy = try #require(headers[.contentSecurityPolicy])
            #expect(policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"))
            #expect(!policy.contains("unsafe"))
            #expect(headers[.xContentTypeOptions] == "nosniff")
            #expect(headers[HTTPField.Name("referrer-policy")!] == "same-origin")
            #expect(headers[.cacheControl] != nil)
        }
    }

    @Test func pagesAreNotKeptAndAssetsAre() async throws {
        try await SiteRig.with { rig in
            let browser = Browser(rig.site)
            let page = try await browser.get("/login")
            #expect(page.headers[.cacheControl] == "no-store")
            let path = try #require(page.text.firstMatch(of: /href="(\/assets\/[0-9a-f]{16}\/site\.css)"/)).1
            let asset = try await browser.get(String(path))
            #expect(asset.headers[.cacheControl] == "public, max-age=31536000, immutable")
            #expect(asset.headers[.contentType] == "text/css; charset=utf-8")
            browser.headers[.ifNoneMatch] = asset.headers[.eTag]
            #expect(try await browser.get(String(path)).status == .notModified)
            #expect(try await browser.get("/assets/0000/nothing.css").status == .notFound)
        }
    }

    @Test func firstPageIsBelow100KilobytesCompressed() async throws {
        try await SiteRig.with { rig in
            let browser = try await rig.signIn(.owner)
            browser.headers[.acceptEncoding] = "br, gzip"
            let plain = try await rig.signIn(.owner).get("/").text
            var total = 0
            let sources = plain.matches(of: /(?:href|src)="(\/assets\/[^"]+)"/).map { String($0.1) }
            #expect(sources.count >= 3)
            for path in ["/"] + sources {
                let reply = try await browser.get(path)
                guard case .bytes(let bytes) = reply.body else { continue }
                #expect(reply.headers[.contentEncoding] == "gzip", "\(path)")
                #expect(bytes.starts(with: [0x1F, 0x8B]), "\(path)")
                total += bytes.count
            }
            #expect(total < 100_000, "\(total)")
        }
    }

    @Test(arguments: ["", "br", "gzip;q=0", "identity, gzip;q=0,br"])
    func nothingIsCompressedForWhoDoesNotTakeIt(encodings: String) async throws {
        try await SiteRig.with { rig in
            let browser = Browser(rig.site)
            browser.headers[.acceptEncoding] = encodings
            let reply = try await browser.get("/login")
            #expect(reply.headers[.contentEncoding] == nil)
        }
    }

    @Test func problemsSayWhatToDoInBothLanguages() async throws {
        try await SiteRig.with { rig in
            for (language, words) in [
                ("zh-CN,zh;q=0.9,en;q=0.8", "返回首页"), ("en-GB", "To the first page"), ("fr", "返回首页"),
            ] {
                let browser = Browser(rig.site)
                browser.headers[.acceptLanguage] = language
                let reply = try await browser.get("/no-such-page")
                #expect(reply.status == .notFound)
                #expect(reply.text.contains(words), "\(language)")
            }
        }
    }

    @Test func methodThatIsNotOneIsToldWhichAre() async throws {
        try await SiteRig.with { rig in
            let browser = try await rig.signIn(.owner)
            let get = try await browser.get("/logout")
            #expect(get.status == .methodNotAllowed)
            #expect(get.headers[.allow] == "POST")
            let put = await browser.ask(.put, "/users")
            #expect(put.status == .methodNotAllowed)
            let post = try await browser.post("/audit")
            #expect(post.headers[.allow] == "GET, HEAD")
        }
    }

    @Test func headIsAGetWithoutItsBody() async throws {
        try await SiteRig.with { rig in
            let reply = await Browser(rig.site).ask(.head, "/login")
            #expect(reply.status == .ok)
            #expect(reply.text.isEmpty)
        }
    }

    @Test func languageAndThemeAreKept() async throws {
        try await SiteRig.with { rig in
            let browser = try await rig.signIn(.owner, name: "anna")
            try await browser.post("/preferences", ["language": "zh", "theme": "dark"])
            let page = try await browser.get("/").text
            #expect(page.contains("<html lang=\"zh-CN\" data-theme=\"dark\">"))
            let other = Browser(rig.site)
            try await other.signIn("anna")
            #expect(try await other.get("/").text.contains("<html lang=\"zh-CN\" data-theme=\"dark\">"))
            try await browser.post("/preferences", ["language": "xx", "theme": "\"><script>"])
            #expect(try await browser.get("/").text.contains("<html lang=\"zh-CN\" data-theme=\"dark\">"))
        }
    }

    @Test func navigationShowsWhatTheRoleMay() async throws {
        try await SiteRig.with { rig in
            #expect(try await rig.signIn(.owner).get("/").text.contains("href=\"/users\""))
            let support = try await rig.signIn(.support).get("/").text
            #expect(!support.contains("href=\"/users\""))
            #expect(support.contains("aria-current=\"page\""))
        }
    }

    @Test func whatWasDoneIsSaidOnce() async throws {
        try await SiteRig.with { rig in
            let browser = try await rig.signIn(.owner)
            try await browser.post("/account/sessions/end-others")
            #expect(try await browser.get("/account").text.contains("role=\"status\">Ended."))
            #expect(try await !browser.get("/account").text.contains("role=\"status\">Ended."))
            browser.cookies["flash"] = "<script>"
            #expect(try await !browser.get("/account").text.contains("role=\"status\""))
        }
    }

    @Test func databaseThatIsAwayIsTold() async throws {
        try await SiteRig.with(environment: ["DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none"]) { rig in
            let browser = Browser(rig.site)
            browser.cookies["session"] = Secret.token()
            let reply = try await browser.get("/account")
            #expect(reply.status == .serviceUnavailable)
            #expect(reply.headers[.retryAfter] != nil)
            #expect(reply.text.contains("The database cannot be reached"))
        }
    }

    @Test(arguments: ["/login?next=%", "/login?a=%00", "/login?a=%FF%FE"])
    func brokenQueryIsABadRequest(target: String) async throws {
        try await SiteRig.with { rig in
            let reply = try await Browser(rig.site).get(target)
            #expect(reply.status == .badRequest)
        }
    }
}
