import ConsoleDomain
import Contracts
import Foundation
import HTTPTypes
import Testing

@testable import ConsoleEdge

@Suite("Work queues")
struct QueueListTests {
    @Test func oldestStandsFirstWithWhyItWaits() async throws {
        try await SiteRig.with { rig in
            let rows = try WorkSamples(rig)
            let late = try rows.order(20, holds: ["amount"])
            let early = try rows.order(10, holds: ["operator"])
            try rows.order(5)
            let page = try await rig.signIn(.owner).get("/queues/holds").text
            let first = try #require(page.range(of: early)?.lowerBound)
            let second = try #require(page.range(of: late)?.lowerBound)
            #expect(first < second)
            #expect(page.contains("2 waiting"))
            #expect(page.contains("Large amount"))
            #expect(page.contains("¥123.45"))
            #expect(!page.contains(WorkSamples.orderID(5).text))
        }
    }

    @Test func filterMakesItShorter() async throws {
        try await SiteRig.with { rig in
            let rows = try WorkSamples(rig)
            let amount = try rows.order(1, holds: ["amount"])
            let other = try rows.order(2, channel: "app", holds: ["velocity"])
            let browser = try await rig.signIn(.owner)
            let byHold = try await browser.get("/queues/holds?hold=amount").text
            #expect(byHold.contains(amount) && !byHold.contains(other))
            let byChannel = try await browser.get("/queues/holds?channel=app").text
            #expect(byChannel.contains(other) && !byChannel.contains(amount))
            let none = try await browser.get("/queues/holds?channel=x'%20OR%201=1--").text
            #expect(none.contains("Nothing fits"))
        }
    }

    @Test func pagesFollowOneAnotherWithoutGapOrRepetition() async throws {
        try await SiteRig.with { rig in
            let rows = try WorkSamples(rig)
            for number in 1...120 { try rows.order(number, holds: ["operator"]) }
            let browser = try await rig.signIn(.owner)
            var path: String? = "/queues/holds"
            var seen: [String] = []
            for _ in 0..<4 {
                guard let next = path else { break }
                let page = try await browser.get(next).text
                seen += page.matches(of: /name="pick" value="([^"]+)"/).map { String($0.1) }
                let link = page.firstMatch(of: /href="(\/queues\/holds\?after=[^"]+)"/)
                path = link.map { String($0.1).replacing("&amp;", with: "&") }
            }
            #expect(seen == (1...120).map { WorkSamples.orderID($0).text })
        }
    }

    @Test(arguments: Queues.all.map(\.name))
    func emptyQueueTeaches(name: String) async throws {
        try await SiteRig.with { rig in
            let page = try await rig.signIn(.owner).get("/queues/\(name)")
            #expect(page.status == .ok)
            let words = rig.site.tools.phrases.text("queues.\(name).empty", .en)
            #expect(page.text.contains(Markup.escaped(words).text))
        }
    }

    @Test func overviewCountsWhatTheRoleSees() async throws {
        try await SiteRig.with { rig in
            let rows = try WorkSamples(rig)
            try rows.order(1, holds: ["operator"])
            try rows.deadLetter("intake")
            let owner = try await rig.signIn(.owner).get("/api/queues").text
            #expect(owner.contains(#"{"name":"holds","path":"/queues/holds","count":1,"more":false}"#))
            #expect(owner.contains(#""name":"dead-letters","path":"/queues/dead-letters","count":1"#))
            let warehouse = try await rig.signIn(.warehouse).get("/queues").text
            #expect(warehouse.contains("/queues/ship") && !warehouse.contains("/queues/dead-letters"))
        }
    }

    @Test func textOfOthersIsNeverMarkup() async throws {
        try await SiteRig.with { rig in
            let rows = try WorkSamples(rig)
            let id = try rows.order(1, channel: "<script>c", holds: ["unmatched-sku"])
            try rows.line(id, sku: "<img src=x>")
            try rows.afterSalesCase(id, reason: "\"><script>alert(1)</script>")
            try rows.deadLetter("intake", reason: "<b>odd</b>")
            let browser = try await rig.signIn(.owner)
            for queue in ["holds", "unmatched", "cases", "dead-letters"] {
                let page = try await browser.get("/queues/\(queue)").text
                #expect(!page.contains("<script>c") && !page.contains("<img src=x") && !page.contains("<b>odd"))
                #expect(!page.contains("<script>alert"))
            }
        }
    }
}

@Suite("Queues show each their own part of the mall")
struct QueueScopeTests {
    @Test func channelManagerSeesOwnChannels() async throws {
        try await SiteRig.with { rig in
            let rows = try WorkSamples(rig)
            let own = try rows.order(1, holds: ["operator"])
            let other = try rows.order(2, channel: "app", holds: ["operator"])
            for (id, number) in [(own, 1), (other, 2)] {
                try rows.afterSalesCase(id)
                try rows.parcel(id, number)
            }
            let browser = try await rig.signIn(.channelManager, scope: .channels(["web"]))
            for queue in ["holds", "cases", "ship"] {
                let page = try await browser.get("/queues/\(queue)").text
                #expect(page.contains(own) && !page.contains(other), "\(queue)")
            }
        }
    }

    @Test func warehouseSeesOwnParcelsAndNoOneElses() async throws {
        try await SiteRig.with { rig in
            let rows = try WorkSamples(rig)
            let id = try rows.order(1, warehouses: ["W1", "W2"])
            let own = try rows.parcel(id, 1, warehouse: "W1")
            let other = try rows.parcel(id, 2, warehouse: "W2")
            let browser = try await rig.signIn(.warehouse, scope: .warehouses(["W1"]))
            let page = try await browser.get("/queues/ship").text
            #expect(page.contains(own) && !page.contains(other))
            #expect(try await browser.get("/parcels/\(own)").status == .ok)
            #expect(try await browser.get("/parcels/\(other)").status == .notFound)
        }
    }

    @Test func foreignRowsCannotBePicked() async throws {
        try await SiteRig.with { rig in
            let rows = try WorkSamples(rig)
            let other = try rows.order(2, channel: "app", holds: ["operator"])
            let caseID = try rows.afterSalesCase(other)
            let browser = try await rig.signIn(.support, scope: .channels(["web"]))
            let preview = try await browser.get("/queues/holds/act?do=release&pick=\(other)").textWithoutToken
            #expect(!preview.contains("X-2"))
            let reply = try await browser.post(
                "/queues/holds/act", ["do": "release", "pick": other, "reason": "please"])
            #expect(reply.status == .unprocessableContent)
            #expect(try await browser.get("/cases/\(caseID)").status == .notFound)
            #expect(try await browser.post("/cases/\(caseID)/approve", ["reason": "x"]).status == .notFound)
            #expect(rig.sent.isEmpty)
        }
    }

    @Test func whyOrdersAreHeldIsNoAffairOfDistributors() async throws {
        try await SiteRig.with { rig in
            let rows = try WorkSamples(rig)
            let own = try rows.order(1, holds: ["blocked-buyer"], seller: "M1")
            let browser = try await rig.signIn(.distributor)
            #expect(try await browser.get("/queues/holds").status == .notFound)
            #expect(try await browser.get("/api/queues").text == #"{"queues":[]}"#)
            #expect(try await !browser.get("/").text.contains("href=\"/queues\""))
            #expect(try await !browser.get("/queues").text.contains(own))
        }
    }

    @Test func deadLettersAreForThoseWhoSeeTheWholeMall() async throws {
        try await SiteRig.with { rig in
            try WorkSamples(rig).deadLetter("intake")
            let browser = try await rig.signIn(.auditor, scope: .channels(["web"]))
            #expect(try await !browser.get("/queues/dead-letters").text.contains("quantity 0"))
        }
    }
}

@Suite("Work on the first page")
struct HomeWorkTests {
    @Test func firstPageCountsWhatWaits() async throws {
        try await SiteRig.with { rig in
            let rows = try WorkSamples(rig)
            for number in 1...3 { try rows.order(number, holds: ["operator"]) }
            let page = try await rig.signIn(.support).get("/").text
            #expect(page.contains("<p data-count=\"/queues/holds\">3<"))
            #expect(!page.contains("<p data-count=\"/queues/ship\""))
            #expect(!page.contains("/first-run"))
        }
    }

    @Test func firstStepsAreShownUntilAllAreTaken() async throws {
        try await SiteRig.with { rig in
            let browser = try await rig.signIn(.owner)
            let hint = "alert-info\"><a href=\"/first-run\""
            #expect(try await browser.get("/").text.contains(hint))
            let rows = try WorkSamples(rig)
            for (topic, key) in [
                (Topic.catalogWarehouses, "W"), (.catalogItems, "A"), (.catalogChannels, "web"),
                (.distributionPlans, "P"), (.distributionMembers, "M"),
            ] {
                #expect(try await browser.get("/").text.contains(hint))
                try rows.record(topic, key, Array("{}".utf8))
            }
            try rows.order(1)
            #expect(try await !browser.get("/").text.contains(hint))
        }
    }
}
