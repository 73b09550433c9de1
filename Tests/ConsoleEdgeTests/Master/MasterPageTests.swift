import ConsoleDomain
import Contracts
import HTTPTypes
import Pipeline
import Postgres
import Testing

@testable import ConsoleEdge

@Suite("Pages of master data")
struct MasterPageTests {
    @Test func newItemIsShownBeforeItIsPublished() async throws {
        try await SiteRig.with { rig in
            let browser = try await rig.signIn(.owner, name: "anna")
            let preview = try await browser.post(
                "/master/items/check",
                ["sku": "A", "name": "Tea", "price": "12.50", "currency": "CNY", "barcodes": "x\ny", "active": "true"])
            #expect(preview.status == .ok)
            #expect(preview.text.contains("This is a new record") && rig.sent.isEmpty)
            let reply = try await browser.publish("items", preview)
            #expect(reply.headers[.location] == "/master/items")
            let message = try #require(rig.sent.first)
            #expect(message.topic == .catalogItems && message.key == "A" && message.envelope.type == CatalogItem.type)
            let item = try CatalogItem(JSONDocument.object(message.value))
            #expect(item.price == 1250 && item.barcodes == ["x", "y"])
            let line = try rig.text(
                "SELECT concat_ws(' ', actor, action, subject, reason, outcome) FROM audit_log WHERE subject = 'items/A'"
            )
            #expect(line == "anna master.items items/A as agreed done")
        }
    }

    @Test func faultStandsBesideItsFieldAndNothingTypedIsLost() async throws {
        try await SiteRig.with { rig in
            let browser = try await rig.signIn(.owner)
            let reply = try await browser.post(
                "/master/items/check", ["sku": "A", "name": "T\"><script>", "price": "12.345", "currency": "CNY"])
            #expect(reply.status == .unprocessableContent)
            #expect(reply.text.contains("id=\"price-fault\"") && reply.text.contains("value=\"12.345\""))
            #expect(!reply.text.contains("\"><script>"))
            let missing = try await browser.post("/master/channels/check", ["channel": "a/b", "kind": "web"])
            #expect(missing.text.contains("id=\"channel-fault\""))
        }
    }

    @Test(arguments: ["-9", "60", "9223372036854775807", "99999999999999999999"])
    func rowThatNoFormOfOursHasIsLeftOut(number: String) async throws {
        try await SiteRig.with { rig in
            let name = "components.\(number).sku"
            let browser = try await rig.signIn(.owner)
            let token = try await browser.formToken()
            // The channel's name makes a fault, so that the form comes back.
            let reply = await browser.ask(
                .post, "/master/listings/check", [.contentType: "application/x-www-form-urlencoded"],
                Array("csrf=\(token)&channel=a%20b&externalSku=S&\(name)=never-shown".utf8))
            #expect(reply.status == .unprocessableContent)
            #expect(reply.text.contains("name=\"components.2.sku\"") && !reply.text.contains("never-shown"))
        }
    }

    @Test func editKeepsWhatTheFormDoesNotShow() async throws {
        try await SiteRig.with { rig in
            let rows = try WorkSamples(rig)
            try rows.member("M1")
            try rows.member(
                "M2", body: DistributionMember(memberID: "M2", parentID: "M1", grade: "gold", phoneFingerprint: "f"))
            let browser = try await rig.signIn(.owner)
            let preview = try await browser.post(
                "/master/members/check", ["key": "M2", "memberId": "M2", "grade": "silver"])
            #expect(preview.text.contains("gold") && preview.text.contains("silver"))
            _ = try await browser.publish("members", preview)
            let member = try DistributionMember(JSONDocument.object(try #require(rig.sent.first).value))
            #expect(member.grade == "silver" && member.parentID == "M1" && member.phoneFingerprint == "f")
        }
    }

    @Test func somebodyElsesChangeIsNotOverwritten() async throws {
        try await SiteRig.with { rig in
            let rows = try WorkSamples(rig)
            try rows.item("A", name: "Tea")
            let browser = try await rig.signIn(.owner)
            let preview = try await browser.post("/master/items/check", ["key": "A", "sku": "A", "name": "Green tea"])
            try rows.record(.catalogItems, "A", CatalogItem(sku: "A", name: "Black tea").jsonBytes, offset: 2)
            let reply = try await browser.publish("items", preview)
            #expect(reply.status == .unprocessableContent && reply.text.contains("Somebody else"))
            #expect(rig.sent.isEmpty)
        }
    }

    @Test func formerVersionIsPublishedAgain() async throws {
        try await SiteRig.with { rig in
            let rows = try WorkSamples(rig)
            try rows.item("A", name: "Tea")
            try rows.record(.catalogItems, "A", CatalogItem(sku: "A", name: "Oops", price: 1).jsonBytes, offset: 2)
            let browser = try await rig.signIn(.owner)
            let page = try await browser.get("/master/items/record?key=A").text
            #expect(page.contains("<del>Tea</del> → <ins>Oops</ins>"))
            #expect(page.contains("name=\"restore\" value=\"1\"") && !page.contains("name=\"restore\" value=\"2\""))
            let preview = try await browser.post("/master/items/check", ["key": "A", "restore": "1"])
            _ = try await browser.publish("items", preview)
            let item = try CatalogItem(JSONDocument.object(try #require(rig.sent.first).value))
            #expect(item.name == "Tea" && item.price == 1000)
        }
    }

    @Test func planIsEditedAsATableOfRates() async throws {
        try await SiteRig.with { rig in
            let browser = try await rig.signIn(.owner)
            let preview = try await browser.post(
                "/master/plans/check",
                [
                    "planId": "2026", "version": "1", "currency": "CNY", "poolCapBasisPoints": "30",
                    "levels.0.level": "1", "levels.0.rateBasisPoints": "10", "levels.1.level": "1",
                    "levels.1.grade": "gold", "levels.1.rateBasisPoints": "12.5", "levels.2.level": "2",
                    "levels.2.amountPerUnit": "0.88",
                ])
            #expect(preview.status == .ok, "\(preview.text)")
            #expect(preview.text.contains("What this plan would have paid"))
            _ = try await browser.publish("plans", preview)
            let plan = try DistributionPlan(JSONDocument.object(try #require(rig.sent.first).value))
            #expect(plan.levels.map(\.level) == [1, 2])
            #expect(plan.levels[0].rates.map(\.reward) == [.basisPoints(1000), .basisPoints(1250)])
            #expect(plan.levels[1].rates.map(\.reward) == [.amountPerUnit(88)])
            try WorkSamples(rig).record(.distributionPlans, "2026", plan.jsonBytes)
            let page = try await browser.get("/master/plans/record?key=2026").text
            #expect(page.contains("name=\"levels.1.rateBasisPoints\" value=\"12.50\""))
            let same = try await browser.post(
                "/master/plans/check", ["key": "2026", "planId": "2026", "freezeDays": "9"])
            #expect(same.status == .unprocessableContent && same.text.contains("has to be above"))
        }
    }

    @Test func planOfThreeLevelsNeedsSomebodyWhoAnswers() async throws {
        try await SiteRig.with { rig in
            let json = DistributionPlan(
                planID: "P", version: 1,
                levels: (1...3).map { .init(level: $0, rates: [.init(.basisPoints(100))]) }, poolCapBasisPoints: 3000)
            let reply = try await rig.signIn(.owner).post(
                "/master/plans/check", ["json": String(decoding: json.jsonBytes, as: UTF8.self)])
            #expect(reply.status == .unprocessableContent && reply.text.contains("need the acknowledgement"))
        }
    }

    @Test(arguments: [("{\"sku\":", "position"), ("[]", "object"), ("{\"sku\":\"A\",\"price\":1.5}", "whole number")])
    func brokenJSONIsToldClearly(json: String, words: String) async throws {
        try await SiteRig.with { rig in
            let reply = try await rig.signIn(.owner).post("/master/items/check", ["json": json])
            #expect(reply.status == .unprocessableContent)
            #expect(reply.text.contains("role=\"alert\""))
        }
    }

    @Test func membersAreApprovedFrozenAndMoved() async throws {
        try await SiteRig.with { rig in
            let rows = try WorkSamples(rig)
            try rows.member("M1")
            try rows.member(
                "M2", under: "M1", body: DistributionMember(memberID: "M2", parentID: "M1", status: .disabled))
            let browser = try await rig.signIn(.owner)
            #expect(try await browser.get("/master/members/record?key=M2").text.contains("value=\"approve\""))
            let approve = try await browser.post("/master/members/check", ["key": "M2", "step": "approve"])
            _ = try await browser.publish("members", approve)
            let member = try DistributionMember(JSONDocument.object(try #require(rig.sent.first).value))
            #expect(member.status == .active && member.joinedAt == rig.now && member.parentID == "M1")
            let freeze = try await browser.post("/master/members/check", ["key": "M1", "step": "freeze"])
            _ = try await browser.publish("members", freeze)
            #expect(try DistributionMember(JSONDocument.object(rig.sent[1].value)).status == .disabled)
            let circle = try await browser.post(
                "/master/members/check", ["key": "M1", "step": "move", "parentId": "M2"])
            #expect(circle.status == .unprocessableContent && circle.text.contains("Nobody stands above themselves"))
        }
    }

    @Test func brokerThatIsAwayIsTold() async throws {
        try await SiteRig.with { rig in
            let browser = try await rig.signIn(.owner)
            let preview = try await browser.post("/master/items/check", ["sku": "A"])
            rig.answer(.unavailable("away"))
            _ = try await browser.publish("items", preview)
            #expect(try await browser.get("/master/items").text.contains("could not be published"))
            #expect(
                try rig.number("SELECT count(*) FROM audit_log WHERE subject = 'items/A' AND outcome = 'failed'") == 1)
        }
    }
}

@Suite("Master data of one's own part of the mall")
struct MasterScopeTests {
    @Test func channelManagerSeesOwnChannelsAndListings() async throws {
        try await SiteRig.with { rig in
            let rows = try WorkSamples(rig)
            for channel in ["web", "app"] {
                try rows.record(.catalogChannels, channel, CatalogChannel(channel: channel, kind: .web).jsonBytes)
                try rows.record(
                    .catalogListings, "\(channel)/Z",
                    CatalogListing(channel: channel, externalSku: "Z", components: [.init(sku: "A")]).jsonBytes)
            }
            let browser = try await rig.signIn(.channelManager, scope: .channels(["web"]))
            for (kind, own, other) in [("channels", "web", "app"), ("listings", "web/Z", "app/Z")] {
                let page = try await browser.get("/master/\(kind)").text
                #expect(page.contains(">\(own)</a>") && !page.contains(">\(other)</a>"), "\(kind)")
                #expect(try await browser.get("/master/\(kind)/record?key=\(other)").status == .notFound)
                #expect(try await !browser.get("/master/\(kind)/export.csv").text.contains("app"))
            }
            #expect(try await browser.post("/master/channels/check", ["channel": "web"]).status == .forbidden)
        }
    }

    @Test func editorOfOneChannelChangesNoOther() async throws {
        try await SiteRig.with { rig in
            try rig.run(
                "INSERT INTO roles (role, name, permissions) VALUES ('editor', 'e', '{master.view,master.edit}')")
            try await rig.addUser("eve", roles: ["editor"], scope: .channels(["web"]))
            let browser = Browser(rig.site)
            try await browser.signIn("eve")
            let listing = { (channel: String) in
                ["channel": channel, "externalSku": "Z", "components.0.sku": "A"] as KeyValuePairs
            }
            #expect(try await browser.post("/master/listings/check", listing("web")).status == .ok)
            #expect(try await browser.post("/master/listings/check", listing("app")).status == .unprocessableContent)
            let body = CatalogListing(channel: "app", externalSku: "Z", components: [.init(sku: "A")]).jsonBytes
            let reply = try await browser.post(
                "/master/listings/publish", ["body": String(decoding: body, as: UTF8.self), "reason": "x"])
            #expect(reply.status == .unprocessableContent)
            let table = "channel,externalSku,components\napp,Y,\"[{\"\"sku\"\":\"\"A\"\"}]\"\n"
            let imported = try await browser.post("/master/listings/import/publish", ["table": table, "reason": "x"])
            #expect(imported.status == .unprocessableContent && rig.sent.isEmpty)
            #expect(try await browser.post("/master/items/check", ["sku": "A"]).status == .unprocessableContent)
        }
    }
}
