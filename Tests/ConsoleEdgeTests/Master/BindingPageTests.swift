import ConsoleDomain
import Contracts
import HTTPTypes
import Pipeline
import Postgres
import Testing

@testable import ConsoleEdge

/// Whose a buyer is.
@Suite("Pages of bindings")
struct BindingPageTests {
    private static func bind(
        _ rows: WorkSamples, _ key: String, to memberID: String, since boundAt: Instant = WorkSamples.old,
        offset: Int = 1
    ) throws {
        let parts = key.split(separator: "/", maxSplits: 1).map(String.init)
        let binding = DistributionBinding(
            channel: parts[0], externalBuyerID: parts[1], memberID: memberID, boundAt: boundAt, source: .link)
        try rows.record(.distributionBindings, key, binding.jsonBytes, offset: offset)
    }

    /// A channel of a mode, members M1 and M2, and `web/u-1` bound to M1.
    private static func mall(
        _ rig: SiteRig, _ mode: CatalogChannel.AttributionMode = .firstBind
    ) throws -> WorkSamples {
        let rows = try WorkSamples(rig)
        try rows.record(
            .catalogChannels, "web",
            CatalogChannel(channel: "web", kind: .web, attributionMode: mode, bindingDays: 15).jsonBytes)
        for member in ["M1", "M2"] { try rows.member(member) }
        try bind(rows, "web/u-1", to: "M1")
        return rows
    }

    private static let fields: KeyValuePairs = [
        "channel": "web", "externalBuyerId": "u/2", "memberId": "M2", "boundAt": "2026-11-18", "source": "code",
    ]

    @Test func newBindingIsShownBeforeItIsPublished() async throws {
        try await SiteRig.with { rig in
            _ = try Self.mall(rig)
            let browser = try await rig.signIn(.owner)
            let form = try await browser.get("/master/bindings/new").text
            #expect(form.contains("name=\"boundAt\" value=\"\(rig.now)\"") && form.contains("value=\"link\" selected"))
            let preview = try await browser.post("/master/bindings/check", Self.fields)
            #expect(preview.status == .ok && rig.sent.isEmpty)
            #expect(preview.text.contains("counts only for orders placed after it"))
            let reply = try await browser.publish("bindings", preview)
            #expect(reply.headers[.location] == "/master/bindings")
            let message = try #require(rig.sent.first)
            #expect(message.topic == .distributionBindings && message.key == "web/u/2" && !message.isTombstone)
            let binding = try DistributionBinding(JSONDocument.object(message.value))
            #expect(binding.memberID == "M2" && binding.source == .code)
            #expect(binding.boundAt.description == "2026-11-17T16:00:00.000Z")
        }
    }

    @Test(
        arguments: [
            (.firstBind, "End that one first"), (.days, "for 15 days"), (.lastClick, "the newest of bindings"),
            (.code, "only a code on the order"), (.agent, "orders belong to its agent"),
        ] as [(CatalogChannel.AttributionMode, String)])
    func previewSaysWhatTheChannelMakesOfIt(mode: CatalogChannel.AttributionMode, words: String) async throws {
        try await SiteRig.with { rig in
            _ = try Self.mall(rig, mode)
            let browser = try await rig.signIn(.owner)
            #expect(try await browser.post("/master/bindings/check", Self.fields).text.contains(words))
        }
    }

    @Test func changeAtTheTimeOfTheFormerBindingIsWarnedOf() async throws {
        try await SiteRig.with { rig in
            _ = try Self.mall(rig)
            let browser = try await rig.signIn(.owner)
            let warning = "give the time of the change"
            let same = try await browser.post("/master/bindings/check", ["key": "web/u-1", "memberId": "M2"])
            #expect(same.status == .ok && same.text.contains(warning))
            let later = try await browser.post(
                "/master/bindings/check", ["key": "web/u-1", "memberId": "M2", "boundAt": rig.now.description])
            #expect(later.status == .ok && !later.text.contains(warning))
        }
    }

    @Test(
        arguments: [
            (["channel": "web", "memberId": "M1"], "externalBuyerId"),
            (["channel": "web", "externalBuyerId": "u", "memberId": "M9"], "memberId"),
            (["channel": "a b", "externalBuyerId": "u", "memberId": "M1"], "channel"),
        ])
    func faultStandsBesideItsField(wrong: [String: String], field: String) async throws {
        try await SiteRig.with { rig in
            _ = try Self.mall(rig)
            let reply = try await rig.signIn(.owner).post(
                "/master/bindings/check",
                [
                    "channel": wrong["channel"] ?? "", "externalBuyerId": wrong["externalBuyerId"] ?? "",
                    "memberId": wrong["memberId"] ?? "", "boundAt": "2026-11-18", "source": "link",
                ])
            #expect(reply.status == .unprocessableContent && reply.text.contains("id=\"\(field)-fault\""))
        }
    }

    @Test func memberOfAPublishedBindingIsLookedForAgain() async throws {
        try await SiteRig.with { rig in
            _ = try Self.mall(rig)
            let body = DistributionBinding(
                channel: "web", externalBuyerID: "u-9", memberID: "M9", boundAt: rig.now, source: .link)
            let reply = try await rig.signIn(.owner).post(
                "/master/bindings/publish",
                ["body": String(decoding: body.jsonBytes, as: UTF8.self), "offset": "", "reason": "by hand"])
            #expect(reply.status == .unprocessableContent && rig.sent.isEmpty)
        }
    }

    @Test func endIsATombstoneWithAReason() async throws {
        try await SiteRig.with { rig in
            _ = try Self.mall(rig)
            let browser = try await rig.signIn(.owner, name: "anna")
            #expect(try await browser.get("/master/bindings/record?key=web/u-1").text.contains("value=\"end\""))
            let preview = try await browser.post("/master/bindings/check", ["key": "web/u-1", "step": "end"])
            #expect(preview.status == .ok && preview.text.contains("no binding of before counts") && rig.sent.isEmpty)
            let missing = try await browser.publish("bindings", preview, reason: "")
            #expect(missing.status == .unprocessableContent && rig.sent.isEmpty)
            let reply = try await browser.publish("bindings", preview)
            #expect(reply.headers[.location] == "/master/bindings/record?key=web%2Fu-1")
            let message = try #require(rig.sent.first)
            #expect(message.isTombstone && message.key == "web/u-1" && message.topic == .distributionBindings)
            let line = try rig.text(
                "SELECT concat_ws(' ', actor, action, subject, reason, outcome) FROM audit_log WHERE action LIKE '%.end'"
            )
            #expect(line == "anna master.bindings.end bindings/web/u-1 as agreed done")
        }
    }

    @Test func endOfWhatSomebodyElseHasChangedIsRefused() async throws {
        try await SiteRig.with { rig in
            let rows = try Self.mall(rig)
            let browser = try await rig.signIn(.owner)
            let preview = try await browser.post("/master/bindings/check", ["key": "web/u-1", "step": "end"])
            try Self.bind(rows, "web/u-1", to: "M2", offset: 2)
            let reply = try await browser.publish("bindings", preview)
            #expect(reply.status == .unprocessableContent && reply.text.contains("Somebody else") && rig.sent.isEmpty)
        }
    }

    @Test func endedBindingIsBoundAgainFromNowOn() async throws {
        try await SiteRig.with { rig in
            _ = try Self.mall(rig)
            try rig.run(
                """
                DELETE FROM current_records WHERE key = 'web/u-1';
                INSERT INTO records (topic, key, partition_offset, effective_from, recorded_at)
                SELECT topic, key, 2, recorded_at, recorded_at FROM records WHERE key = 'web/u-1';
                """)
            let page = try await rig.signIn(.owner).get("/master/bindings/record?key=web/u-1").text
            #expect(page.contains("saving brings it back") && !page.contains("value=\"end\""))
            #expect(page.contains("name=\"memberId\" value=\"M1\""))
            #expect(page.contains("name=\"boundAt\" value=\"\(rig.now)\""))
        }
    }

    @Test func onlyBindingsEnd() async throws {
        try await SiteRig.with { rig in
            let rows = try Self.mall(rig)
            try rows.item("A")
            let browser = try await rig.signIn(.owner)
            #expect(try await browser.post("/master/items/check", ["key": "A", "step": "end"]).status == .badRequest)
            let reply = try await browser.post(
                "/master/items/publish", ["key": "A", "offset": "1", "ends": "true", "reason": "r"])
            #expect(reply.status == .notFound && rig.sent.isEmpty)
        }
    }

    /// Intake knows the former binding with its time already: published as it was it would change nothing.
    @Test func formerVersionCountsFromNowOn() async throws {
        try await SiteRig.with { rig in
            let rows = try Self.mall(rig)
            try Self.bind(rows, "web/u-1", to: "M2", offset: 2)
            let browser = try await rig.signIn(.owner)
            let preview = try await browser.post("/master/bindings/check", ["key": "web/u-1", "restore": "1"])
            _ = try await browser.publish("bindings", preview)
            let binding = try DistributionBinding(JSONDocument.object(try #require(rig.sent.first).value))
            #expect(binding.memberID == "M1" && binding.boundAt == rig.now)
        }
    }

    @Test func listIsFoundByBuyerAndByMemberAndPagesByKey() async throws {
        try await SiteRig.with { rig in
            let rows = try Self.mall(rig)
            try rig.run(
                """
                INSERT INTO current_records (topic, key, partition_offset, body)
                SELECT 'distribution.bindings.v1', 'app/b-' || lpad(n::text, 3, '0'), n, json_build_object(
                    'channel', 'app', 'externalBuyerId', 'b-' || lpad(n::text, 3, '0'), 'memberId', 'M2',
                    'boundAt', '2026-11-01T00:00:00.000Z', 'source', 'live') FROM generate_series(1, 120) AS n
                """)
            let browser = try await rig.signIn(.owner)
            func keys(_ query: String) async throws -> [String] {
                let page = try await browser.get("/master/bindings\(query)").text
                return page.matches(of: />((?:app|web)\/[^<]+)<\/a>/).map { String($0.1) }
            }
            #expect(try await browser.get("/master/bindings").text.contains("the earliest holds until it is ended"))
            let first = try await keys("")
            #expect(first.count == 50 && first.first == "app/b-001" && first.last == "app/b-050")
            #expect(try await keys("?after=app/b-100").last == "web/u-1")
            #expect(try await keys("?q=b-11").count == 10)
            #expect(try await keys("?q=u-1") == ["web/u-1"])
            #expect(try await keys("?q=web/u-1") == ["web/u-1"])
            #expect(try await keys("?q=M1") == ["web/u-1"])
            #expect(try await keys("?q=M2&after=app/b-100").count == 20)
            #expect(try await keys("?q=%25") == [])
            _ = rows
        }
    }

    @Test func importAndExportSayTheSame() async throws {
        try await SiteRig.with { rig in
            let rows = try Self.mall(rig)
            try Self.bind(rows, "web/=u", to: "M2")
            let browser = try await rig.signIn(.owner)
            let csv = try await browser.get("/master/bindings/export.csv").text
            #expect(
                csv.contains("channel,externalBuyerId,memberId,boundAt,source\r\n") && csv.contains("web,\"'=u\",M2,"))
            let page = try await browser.post("/master/bindings/import", ["table": csv])
            #expect(page.text.contains("0 new, 0 changed, 2 unchanged, 0 with faults"))
            #expect(page.text.contains("counts only for orders placed after it"))
            let header = "channel,externalBuyerId,memberId,boundAt,source\n"
            let done = try await browser.post(
                "/master/bindings/import/publish",
                [
                    "table": header + "web,n-1,M1,2026-11-18,agent\nweb,n-2,nobody,2026-11-18,agent\n",
                    "reason": "moved in",
                ])
            #expect(done.text.contains("1 published.") && done.text.contains("There is no such member"))
            #expect(rig.sent.map(\.key) == ["web/n-1"])
            let book = try await browser.get("/master/bindings/export.xlsx")
            #expect(try await book.bytes().starts(with: Array("PK".utf8)))
        }
    }
}
