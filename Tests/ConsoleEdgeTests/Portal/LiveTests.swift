import ConsoleDomain
import Contracts
import HTTPTypes
import HummingbirdCore
import NIOCore
import Postgres
import Support
import Synchronization
import Testing

@testable import ConsoleEdge

@Suite("What open pages are told")
struct LiveTests {
    private func order(_ house: PortalHouse, _ number: Int, channel: String = "web", changed: Int64, placed: Int64 = 0)
        throws
    {
        try house.connection.rows(
            """
            INSERT INTO orders (order_id, channel, seller, chain, placed_at, currency, total, state, changed_at)
            VALUES ('O' || \(Int64(number))::text, \(channel), 'M3', \(["M3", "M1"]), \(PortalHouse.now + .seconds(placed)),
                'CNY', 100, 'paid', \(PortalHouse.now + .seconds(changed)))
            ON CONFLICT (order_id) DO UPDATE SET changed_at = EXCLUDED.changed_at
            """)
    }

    /// A page's stream that looks only when the test asks.
    private func stream(
        _ house: PortalHouse, _ role: ReadyRole = .owner, _ scope: DataScope = .all, after: String? = nil
    ) async throws -> LiveStream {
        var tools = house.site.tools
        tools.live = LiveTools(feed: LiveFeed(pause: .zero), countAge: .zero)
        let token = try house.browser(role, scope).token
        let call = Call(
            .get, "/live", headers: [.cookie: "\(CookieName.session)=\(token)"], authority: "localhost",
            address: "127.0.0.1")
        var visit = try await Gate(tools: tools).visit(call)
        if let after { try visit.query.add("after", after) }
        return LiveStream(visit)
    }

    @Test func changesAreToldOnceAndNewOrdersAreNamed() async throws {
        try await PortalHouse.with { house in
            try order(house, 1, changed: 0)
            var stream = try await stream(house)
            let first = try #require(try await stream.look())
            #expect(first.contains("retry:") && first.contains(#""changed":[],"placed":[]"#))
            #expect(try await stream.look() == "")
            try order(house, 1, changed: 10)
            try order(house, 2, changed: 11, placed: 5)
            let second = try #require(try await stream.look())
            #expect(second.contains(#"{"changed":["O1","O2"],"placed":["O2"]}"#))
            #expect(
                second.contains(
                    "id: \((PortalHouse.now + .seconds(11)).milliseconds)-\(PortalHouse.now.milliseconds)\n"))
            #expect(try await stream.look() == "")
        }
    }

    /// Lanes commit side by side.
    @Test func anOlderChangeThatAppearsLaterIsToldToo() async throws {
        try await PortalHouse.with { house in
            try order(house, 1, changed: 0)
            var stream = try await stream(house)
            _ = try await stream.look()
            try order(house, 2, changed: 10)
            _ = try await stream.look()
            try order(house, 3, changed: 8)
            #expect(try await stream.look()?.contains(#""changed":["O3"]"#) == true)
        }
    }

    @Test func nothingOfOthersIsTold() async throws {
        try await PortalHouse.with { house in
            try order(house, 1, changed: 0)
            var web = try await stream(house, .channelManager, .channels(["web"]))
            var other = try await stream(house, .channelManager, .channels(["shop"]))
            var member = try await stream(house, .distributor, .own("M1"))
            _ = try await (web.look(), other.look(), member.look())
            try order(house, 1, changed: 10)
            #expect(try await web.look()?.contains("O1") == true)
            #expect(try await other.look() == "")
            #expect(try await member.look() == "", "M1 stands above the seller and sees its own orders alone")
        }
    }

    @Test func aPageThatWasAwayHearsWhatItMissed() async throws {
        try await PortalHouse.with { house in
            try order(house, 1, changed: 0)
            try order(house, 2, changed: 20, placed: 15)
            let place = LivePlace(changedAt: PortalHouse.now + .seconds(5), placedAt: PortalHouse.now)
            var stream = try await stream(house, after: place.text)
            #expect(try await stream.look()?.contains(#"{"changed":["O2"],"placed":["O2"]}"#) == true)
            for text in ["x", "1", "1-2-3", "-5-3", "1-'; DROP TABLE orders"] { #expect(LivePlace(text: text) == nil) }
        }
    }

    @Test func tooMuchAtOnceIsReadAnew() async throws {
        try await PortalHouse.with { house in
            try order(house, 1, changed: 0)
            var stream = try await stream(house)
            _ = try await stream.look()
            try house.connection.rows(
                """
                INSERT INTO orders (order_id, channel, placed_at, currency, total, state, changed_at)
                SELECT 'N' || n, 'web', \(PortalHouse.now), 'CNY', 1, 'paid', \(PortalHouse.now + .seconds(30))
                FROM generate_series(1, 600) AS n
                """)
            #expect(try await stream.look()?.contains("event: many") == true)
            #expect(try await stream.look() == "")
        }
    }

    @Test func endsWhenTheSessionDoes() async throws {
        try await PortalHouse.with { house in
            var tools = house.site.tools
            tools.live.pause = .zero
            let browser = try house.browser(.owner, .all)
            let reply = await PortalHouse.Browser(
                site: Site(tools: tools, routes: house.site.routes), token: browser.token
            ).get("/live")
            guard case .stream(let write) = reply.body else {
                Issue.record("no stream")
                return
            }
            #expect(reply.headers[.contentType] == "text/event-stream")
            try house.connection.rows("DELETE FROM sessions")
            // Fifteen looks later it asks who it talks to; without that it would go on for ten minutes.
            var writer: any ResponseBodyWriter = CollectingWriter()
            try await write(&writer)
        }
    }

    @Test func placeIsFreeOnceNobodyHoldsIt() {
        let door = LiveDoor(limit: 1)
        var place = door.enter()
        #expect(place != nil)
        #expect(door.enter() == nil)
        place = nil
        #expect(door.enter() != nil)
    }
}
