import ConsoleDomain
import Contracts
import HTTPTypes
import Pipeline
import Postgres
import Testing

@testable import ConsoleEdge

@Suite("Bindings of one's own part of the mall")
struct BindingScopeTests {
    private static func bind(_ rows: WorkSamples, _ channel: String) throws {
        let binding = DistributionBinding(
            channel: channel, externalBuyerID: "u-1", memberID: "M1", boundAt: WorkSamples.old, source: .link)
        try rows.record(.distributionBindings, "\(channel)/u-1", binding.jsonBytes)
    }

    private static func mall(_ rig: SiteRig) throws {
        let rows = try WorkSamples(rig)
        try rows.member("M1")
        for channel in ["web", "app"] { try bind(rows, channel) }
        try rig.run(
            "INSERT INTO roles (role, name, permissions) VALUES ('binder', 'b', '{members.view,members.edit}')")
    }

    private static func browser(_ rig: SiteRig, _ scope: DataScope) async throws -> Browser {
        try await rig.addUser("eve", roles: ["binder"], scope: scope)
        let browser = Browser(rig.site)
        try await browser.signIn("eve")
        return browser
    }

    @Test func editorOfOneChannelSeesAndChangesNoOther() async throws {
        try await SiteRig.with { rig in
            try Self.mall(rig)
            let browser = try await Self.browser(rig, .channels(["web"]))
            let list = try await browser.get("/master/bindings").text
            #expect(list.contains(">web/u-1</a>") && !list.contains("app/u-1"))
            #expect(try await browser.get("/master/bindings?q=M1").text.contains("app/u-1") == false)
            #expect(try await browser.get("/master/bindings/record?key=app/u-1").status == .notFound)
            #expect(try await !browser.get("/master/bindings/export.csv").text.contains("app"))
            let own = try await browser.post(
                "/master/bindings/check", ["key": "web/u-1", "boundAt": "2026-11-18", "source": "code"])
            #expect(own.status == .ok)
            let other = try await browser.post(
                "/master/bindings/check",
                [
                    "channel": "app", "externalBuyerId": "n", "memberId": "M1", "boundAt": "2026-11-18",
                    "source": "link",
                ])
            #expect(other.status == .unprocessableContent && other.text.contains("outside your part of the mall"))
            #expect(
                try await browser.post("/master/bindings/check", ["key": "app/u-1", "step": "end"]).status == .notFound)
            let end = try await browser.post(
                "/master/bindings/publish", ["key": "app/u-1", "offset": "1", "ends": "true", "reason": "r"])
            #expect(end.status == .notFound)
            let table = "channel,externalBuyerId,memberId,boundAt,source\napp,n,M1,2026-11-18,link\n"
            let rows = try await browser.post(
                "/master/bindings/import/publish", ["table": table, "reason": "r"])
            #expect(rows.status == .unprocessableContent && rig.sent.isEmpty)
        }
    }

    /// Who buys is no member's affair, nor a warehouse's.
    @Test(arguments: [DataScope.downline("M1"), .own("M1"), .warehouses(["hangzhou"])])
    func membersAndWarehousesSeeNone(scope: DataScope) async throws {
        try await SiteRig.with { rig in
            try Self.mall(rig)
            let browser = try await Self.browser(rig, scope)
            let list = try await browser.get("/master/bindings")
            #expect(list.status == .ok && !list.text.contains("u-1"))
            #expect(try await browser.get("/master/bindings/record?key=web/u-1").status == .notFound)
            #expect(try await browser.get("/master/bindings/new").status == .forbidden)
            #expect(try await !browser.get("/master/bindings/export.csv").text.contains("u-1"))
        }
    }

    @Test(
        arguments: [
            (.owner, true, true), (.channelManager, true, false), (.support, true, false), (.auditor, true, false),
            (.warehouse, false, false), (.distributor, false, false),
        ] as [(ReadyRole, Bool, Bool)])
    func rolesAreThoseOfMembers(role: ReadyRole, sees: Bool, edits: Bool) async throws {
        try await SiteRig.with { rig in
            try Self.mall(rig)
            let browser = try await rig.signIn(role)
            #expect(try await (browser.get("/master/bindings").status == .ok) == sees)
            #expect(try await (browser.get("/master/bindings/new").status == .ok) == edits)
        }
    }
}
