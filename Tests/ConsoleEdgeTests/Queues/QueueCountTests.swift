import ConsoleDomain
import Contracts
import HTTPTypes
import Testing

@testable import ConsoleEdge

@Suite("How much waits, at the side of every page")
struct QueueCountTests {
    /// What the wide navigation says of a queue; `nil` when it is not there.
    private func count(_ queue: String, in page: String) throws -> String? {
        let links = page.matches(
            of:
                /<a href="\/queues\/([a-z-]+)"[^>]*>[^<]+ <span class="nav-count[^"]*"><span data-count="[^"]+">([^<]+)</
        )
        return links.first { $0.1 == queue }.map { String($0.2) }
    }

    @Test func eachQueueSaysHowMuchWaits() async throws {
        try await SiteRig.with { rig in
            let rows = try WorkSamples(rig)
            for number in 1...3 { try rows.order(number, holds: ["amount"]) }
            try rows.deadLetter("intake")
            let page = try await rig.signIn(.owner).get("/account").text
            #expect(try count("holds", in: page) == "3")
            #expect(try count("dead-letters", in: page) == "1")
            #expect(try count("late", in: page) == "0")
            // Read out as one sentence: "Held orders 3 waiting".
            #expect(
                page.contains(
                    #"<span data-count="/queues/holds">3</span><span class="visually-hidden"> waiting</span>"#))
            #expect(page.contains(#"<span class="nav-count is-empty"><span data-count="/queues/late">0<"#))
        }
    }

    @Test func everybodyCountsTheirOwnPart() async throws {
        try await SiteRig.with { rig in
            let rows = try WorkSamples(rig)
            for number in 1...3 { try rows.order(number, holds: ["amount"], seller: "M1") }
            try rows.order(4, channel: "app", holds: ["amount"], seller: "M1")
            let owner = try await rig.signIn(.owner).get("/account").text
            let manager = try await rig.signIn(.channelManager, scope: .channels(["app"])).get("/account").text
            let other = try await rig.signIn(.channelManager, name: "other", scope: .channels(["web"]))
            let member = try await rig.signIn(.distributor, scope: .own("M1")).get("/account").text
            let warehouse = try await rig.signIn(.warehouse).get("/account").text
            #expect(try count("holds", in: owner) == "4")
            #expect(try count("holds", in: manager) == "1")
            #expect(try await count("holds", in: other.get("/account").text) == "3")
            #expect(!member.contains("/queues"))
            #expect(try count("ship", in: warehouse) == "0" && !warehouse.contains("/queues/dead-letters"))
        }
    }

    /// A page that counts for itself shows what it has counted, and so do the pages after it.
    @Test func pagesShareWhatWasCounted() async throws {
        try await SiteRig.with { rig in
            let rows = try WorkSamples(rig)
            try rows.order(1, holds: ["amount"])
            let browser = try await rig.signIn(.owner)
            #expect(try await count("holds", in: browser.get("/account").text) == "1")
            try rows.order(2, holds: ["amount"])
            #expect(try await count("holds", in: browser.get("/account").text) == "1")
            #expect(try await count("holds", in: browser.get("/queues").text) == "2")
            #expect(try await count("holds", in: browser.get("/account").text) == "2")
        }
    }

    /// Counting takes long in a large mall: it is done beside the page, for the next one.
    @Test func whatWasCountedBesideAPageIsOnALaterOne() async throws {
        try await SiteRig.with { rig in
            let rows = try WorkSamples(rig)
            try rows.order(1, holds: ["amount"])
            try await rig.addUser("anna", roles: [ReadyRole.owner.rawValue])
            var tools = rig.site.tools
            tools.live = LiveTools(pageCountAge: .zero)
            let browser = Browser(Site(tools: tools, routes: rig.site.routes))
            try await browser.signIn("anna")
            func held() async throws -> String? { try await count("holds", in: browser.get("/account").text) }
            #expect(try await held() == "1")
            try rows.order(2, holds: ["amount"])
            let limit = ContinuousClock.now + .seconds(60)
            while try await held() != "2", ContinuousClock.now < limit { try await Task.sleep(for: .milliseconds(50)) }
            #expect(try await held() == "2")
        }
    }

    @Test(arguments: [("/queues", "/queues"), ("/queues/holds", "/queues/holds"), ("/orders", "/orders")])
    func onePageIsTheOneHere(path: String, here: String) async throws {
        try await SiteRig.with { rig in
            let page = try await rig.signIn(.owner).get(path).text
            let navigation = try #require(page.split(separator: "<main").first)
            let current = navigation.matches(of: /<a href="([^"]+)" aria-current="page"/).map { String($0.1) }
            // The wide navigation and the one behind the button.
            #expect(current == [here, here])
        }
    }
}
