import ConsoleDomain
import Contracts
import HTTPTypes
import Pipeline
import Testing

@testable import ConsoleEdge

@Suite("The page of a case")
struct CasePageTests {
    private func body(_ message: OutsideMessage) throws -> JSONObject { try JSONDocument.object(message.value) }

    @Test func previewClockAndDeedsAreShown() async throws {
        try await SiteRig.with { rig in
            let rows = try WorkSamples(rig)
            let caseID = try rows.afterSalesCase(rows.order(1))
            let page = try await rig.signIn(.support).get("/cases/\(caseID)").text
            for words in ["¥90.00", "¥9.00", "¥99.00", "¥4.50", "Approved by itself", "in 47 h", "too small"] {
                #expect(page.contains(words), "\(words)")
            }
            #expect(page.contains("action=\"/cases/\(caseID)/approve\""))
            // Nothing has been sent back yet, and support does not inspect.
            #expect(!page.contains("/inspect\"") && !page.contains("/close\""))
        }
    }

    @Test func caseIsApprovedWithLessThanWasAsked() async throws {
        try await SiteRig.with { rig in
            let rows = try WorkSamples(rig)
            let caseID = try rows.afterSalesCase(rows.order(1))
            let browser = try await rig.signIn(.support)
            let reply = try await browser.post("/cases/\(caseID)/approve", ["amount": "80.00", "reason": "worn"])
            #expect(reply.headers[.location]?.hasPrefix("/commands/") == true)
            let command = try ApproveCase(body(rig.sent[0]))
            #expect(command.amount == 8000 && command.caseID == caseID && rig.sent[0].key == command.orderID.text)
            #expect(try await browser.get("/cases/\(caseID)").text.contains("ApproveCase"))
        }
    }

    @Test func eachPieceIsInspectedByItself() async throws {
        try await SiteRig.with { rig in
            let rows = try WorkSamples(rig)
            let caseID = try rows.afterSalesCase(rows.order(1), state: "received")
            let browser = try await rig.signIn(.warehouse)
            #expect(try await browser.get("/cases/\(caseID)").text.contains("name=\"scrap/1\""))
            let reply = try await browser.post(
                "/cases/\(caseID)/inspect",
                ["warehouse": "W1", "restock/1": "1", "scrap/1": "1", "liability/1": "carrier", "reason": "opened"])
            #expect(reply.status == .seeOther)
            let command = try InspectGoods(body(rig.sent[0]))
            #expect(command.lines.map(\.outcome) == [.restock, .scrap])
            #expect(command.lines.map(\.quantity) == [1, 1])
            #expect(command.lines.map(\.liability) == [.carrier, .carrier])
        }
    }

    @Test func morePiecesThanTheCaseIsAboutAreRefusedBesideTheirField() async throws {
        try await SiteRig.with { rig in
            let rows = try WorkSamples(rig)
            let caseID = try rows.afterSalesCase(rows.order(1), state: "received")
            let reply = try await rig.signIn(.owner).post(
                "/cases/\(caseID)/inspect", ["warehouse": "W1", "restock/1": "2", "scrap/1": "1", "reason": "x"])
            #expect(reply.status == .unprocessableContent)
            #expect(reply.text.contains("id=\"inspect-scrap/1-fault\""))
            #expect(rig.sent.isEmpty)
        }
    }

    @Test(arguments: ["-9223372036854775808", "9223372036854775807", "-1"])
    func piecesThatNobodyCanCountAreRefused(pieces: String) async throws {
        try await SiteRig.with { rig in
            let rows = try WorkSamples(rig)
            let caseID = try rows.afterSalesCase(rows.order(1), state: "received")
            let reply = try await rig.signIn(.owner).post(
                "/cases/\(caseID)/inspect", ["warehouse": "W1", "restock/1": pieces, "scrap/1": pieces, "reason": "x"])
            #expect(reply.status == .unprocessableContent)
            #expect(reply.text.contains("id=\"inspect-restock/1-fault\""))
            #expect(rig.sent.isEmpty)
        }
    }

    @Test func whatTheStateNoLongerAllowsIsNotSent() async throws {
        try await SiteRig.with { rig in
            let rows = try WorkSamples(rig)
            let caseID = try rows.afterSalesCase(rows.order(1), state: "refunding")
            let reply = try await rig.signIn(.owner).post("/cases/\(caseID)/approve", ["reason": "x"])
            #expect(reply.headers[.location] == "/cases/\(caseID)")
            #expect(rig.sent.isEmpty)
        }
    }

    @Test func lateParcelsSayWhy() async throws {
        try await SiteRig.with { rig in
            let rows = try WorkSamples(rig)
            let order = try rows.order(1)
            let now = SiteRig.start
            let promise = try rows.parcel(order, 1, state: "dispatched", promisedBy: now + .hours(-1), trackedAt: now)
            let silent = try rows.parcel(
                order, 2, state: "dispatched", promisedBy: now + .days(9), trackedAt: now + .hours(-49))
            let fine = try rows.parcel(
                order, 3, state: "dispatched", promisedBy: now + .days(9), trackedAt: now + .hours(-47))
            let unsent = try rows.parcel(order, 4, shipBy: now + .hours(-1))
            let trouble = try rows.parcel(
                order, 5, state: "dispatched", promisedBy: now + .days(9), trackedAt: now, exception: "box crushed")
            let browser = try await rig.signIn(.warehouse)
            let all = try await browser.get("/queues/late").text
            for id in [promise, silent, unsent, trouble] { #expect(all.contains(id), "\(id)") }
            #expect(!all.contains(fine))
            #expect(all.contains("box crushed"))
            for (why, id) in [("promise", promise), ("silent", silent), ("ship-by", unsent), ("exception", trouble)] {
                let page = try await browser.get("/queues/late?why=\(why)").text
                #expect(page.contains(id) && page.contains("1 waiting"), "\(why)")
            }
        }
    }

    /// What channels commonly send is said in the reader's language, and the buyer's own words as they are.
    @Test(arguments: [("damaged", "商品破损"), ("not-received", "未收到货"), ("too small", "too small")])
    func reasonIsInTheReadersLanguage(reason: String, shown: String) async throws {
        try await SiteRig.with { rig in
            let rows = try WorkSamples(rig)
            let caseID = try rows.afterSalesCase(try rows.order(1), reason: reason)
            let browser = try await rig.signIn(.owner)
            browser.headers[.acceptLanguage] = "zh"
            for path in ["/cases/\(caseID)", "/queues/cases"] {
                #expect(try await browser.get(path).text.contains(shown), "\(path)")
            }
        }
    }
}
