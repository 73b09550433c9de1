import ConsoleDomain
import Contracts
import HTTPTypes
import Pipeline
import Postgres
import Support
import Testing

@testable import ConsoleEdge

/// What carriers take and promise.
@Suite("Pages of carriers")
struct CarrierPageTests {
    private static let fields: KeyValuePairs = [
        "carrier": "zto", "tariffs.0.zone": "same-province", "tariffs.0.firstKilogram": "6",
        "tariffs.0.furtherKilogram": "0.80", "tariffs.0.promiseDays": "2", "tariffs.0.maximumGrams": "30000",
        "tariffs.1.zone": "remote", "tariffs.1.firstKilogram": "18", "tariffs.1.furtherKilogram": "15",
        "tariffs.1.promiseDays": "6", "active": "true", "effectiveFrom": "2026-12-01",
    ]

    @Test func tariffsAreTypedAsATable() async throws {
        try await SiteRig.with { rig in
            let browser = try await rig.signIn(.owner)
            let form = try await browser.get("/master/carriers/new").text
            #expect(form.contains("<option value=\"sf\">SF Express</option>"))
            #expect(form.contains("name=\"tariffs.0.firstKilogram\""))
            let preview = try await browser.post("/master/carriers/check", Self.fields)
            #expect(preview.status == .ok && rig.sent.isEmpty, "\(preview.text)")
            _ = try await browser.publish("carriers", preview)
            let message = try #require(rig.sent.first)
            #expect(message.topic == .catalogCarriers && message.key == "zto")
            let carrier = try CatalogCarrier(JSONDocument.object(message.value))
            #expect(
                carrier.tariffs == [
                    .init(
                        zone: .sameProvince, firstKilogram: 600, furtherKilogram: 80, promiseDays: 2,
                        maximumGrams: 30_000),
                    .init(zone: .remote, firstKilogram: 1800, furtherKilogram: 1500, promiseDays: 6),
                ])
            #expect(carrier.effectiveFrom?.description == "2026-11-30T16:00:00.000Z" && carrier.name == "中通快递")
        }
    }

    @Test func recordShowsWhatItHoldsAndItsVersions() async throws {
        try await SiteRig.with { rig in
            let rows = try WorkSamples(rig)
            try rows.record(.catalogCarriers, "sto", CatalogCarrier.sample().jsonBytes)
            try rows.record(.catalogCarriers, "sto", CatalogCarrier.sample(firstKilogram: 350).jsonBytes, offset: 2)
            let browser = try await rig.signIn(.owner)
            let page = try await browser.get("/master/carriers/record?key=sto").text
            #expect(page.contains("name=\"tariffs.1.firstKilogram\" value=\"3.50\""))
            #expect(page.contains("name=\"restore\" value=\"1\""))
            #expect(page.contains("id=\"carrier\" name=\"carrier\" value=\"sto\" readonly"))
            let list = try await browser.get("/master/carriers").text
            #expect(list.contains(">sto</a>") && list.contains("Zone Same province") && list.contains("¥3.50"))
            let preview = try await browser.post("/master/carriers/check", ["key": "sto", "active": "false"])
            _ = try await browser.publish("carriers", preview)
            let carrier = try CatalogCarrier(JSONDocument.object(try #require(rig.sent.first).value))
            #expect(!carrier.active && carrier.tariffs.count == 2)
        }
    }

    @Test(
        arguments: [
            ("carrier", "pigeon", "carrier-fault"),
            ("tariffs.0.firstKilogram", "6.555", "tariffs.0.firstKilogram-fault"),
            ("tariffs.1.zone", "same-province", "tariffs.1.zone-fault"),
            ("tariffs.1.promiseDays", "x", "tariffs.1.promiseDays-fault"),
            ("tariffs.1.furtherKilogram", "", "tariffs.1.furtherKilogram-fault"),
        ])
    func faultStandsBesideItsCell(field: String, typed: String, id: String) async throws {
        try await SiteRig.with { rig in
            let browser = try await rig.signIn(.owner)
            let token = try await browser.formToken()
            let fields = Self.fields.map { ($0.key, $0.key == field ? typed : $0.value) } + [("csrf", token)]
            let body = fields.map { "\($0.0)=\(PercentCoding.encoded($0.1))" }.joined(separator: "&")
            let reply = await browser.ask(
                .post, "/master/carriers/check", [.contentType: "application/x-www-form-urlencoded"],
                Array(body.utf8))
            #expect(reply.status == .unprocessableContent && reply.text.contains("id=\"\(id)\""))
        }
    }

    @Test func importAndExportSayTheSame() async throws {
        try await SiteRig.with { rig in
            let rows = try WorkSamples(rig)
            try rows.record(.catalogCarriers, "sto", CatalogCarrier.sample().jsonBytes)
            try rows.record(.catalogCarriers, "ems", CatalogCarrier(carrier: "ems", active: false).jsonBytes)
            let browser = try await rig.signIn(.owner)
            let csv = try await browser.get("/master/carriers/export.csv").text
            #expect(csv.contains("carrier,name,tariffs,active\r\n"))
            let page = try await browser.post("/master/carriers/import", ["table": csv])
            #expect(page.text.contains("0 new, 0 changed, 2 unchanged, 0 with faults"))
            let done = try await browser.post(
                "/master/carriers/import/publish",
                ["table": "carrier,active\nsto,false\npigeon,true\nsf,true\n", "reason": "contract ended"])
            #expect(done.text.contains("1 published.") && done.text.contains("This is one of: sf, zto, yto"))
            #expect(rig.sent.map(\.key) == ["sto"])
        }
    }

    @Test(
        arguments: [
            (.owner, true, true), (.channelManager, true, false), (.auditor, true, false), (.support, false, false),
            (.distributor, false, false),
        ] as [(ReadyRole, Bool, Bool)])
    func rolesAreThoseOfWarehouses(role: ReadyRole, sees: Bool, edits: Bool) async throws {
        try await SiteRig.with { rig in
            let browser = try await rig.signIn(role)
            #expect(try await (browser.get("/master/carriers").status == .ok) == sees)
            #expect(try await (browser.get("/master/carriers/new").status == .ok) == edits)
        }
    }

    /// Carriers serve the whole mall: who keeps a part of it sees them, and changes none.
    @Test(arguments: [DataScope.channels(["web"]), .warehouses(["hangzhou"])])
    func editorOfAPartChangesNone(scope: DataScope) async throws {
        try await SiteRig.with { rig in
            try rig.run(
                "INSERT INTO roles (role, name, permissions) VALUES ('editor', 'e', '{master.view,master.edit}')")
            try WorkSamples(rig).record(.catalogCarriers, "sto", CatalogCarrier.sample().jsonBytes)
            try await rig.addUser("eve", roles: ["editor"], scope: scope)
            let browser = Browser(rig.site)
            try await browser.signIn("eve")
            #expect(try await browser.get("/master/carriers").text.contains(">sto</a>"))
            #expect(try await browser.get("/master/carriers/new").status == .forbidden)
            let reply = try await browser.post("/master/carriers/check", ["key": "sto", "active": "false"])
            #expect(reply.status == .unprocessableContent && reply.text.contains("outside your part of the mall"))
        }
    }
}
