import ConsoleDomain
import Contracts
import HTTPTypes
import Support
import Testing

@testable import ConsoleEdge

@Suite("Orders for programs")
struct OrderAPITests {
    /// A program with a token of a user who may do everything in a scope.
    private static func ask(
        _ rig: SiteRig, _ path: String, _ permissions: Set<Permission> = [.ordersView], _ scope: DataScope = .all
    ) async throws -> Reply {
        let token = TokenRows.prefix + Secret.token()
        let userID = try await rig.addUser("program-\(rig.now.milliseconds)", roles: ["owner"], scope: scope)
        rig.wait(.milliseconds(1))
        try await rig.site.tools.database.write {
            try TokenRows.add(
                token, named: "x", permissions, of: userID, at: rig.now, until: rig.now + .days(1), in: $0)
        }
        return await Browser(rig.site).ask(.get, path, [.authorization: "Bearer \(token)"])
    }

    private static func object(_ reply: Reply) throws -> JSONObject { try JSONDocument.object(Array(reply.text.utf8)) }

    @Test func listGoesOnFromPageToPage() async throws {
        try await SiteRig.with { rig in
            try rig.fill(70)
            var path: String? = "/api/orders?state=paid"
            var ids: [String] = []
            for _ in 0..<2 {
                let list = try Self.object(try await Self.ask(rig, try #require(path)))
                for order in try list.values("orders") { ids.append(try order.object().string("orderId")) }
                path = try list.stringIfPresent("next", atMost: 1000)
            }
            #expect(path == nil)
            #expect(Set(ids).count == 70)
        }
    }

    @Test func listSaysWhatThePageSays() async throws {
        try await SiteRig.with { rig in
            try rig.tell(OrderSamples.order("A", state: "confirmed", seller: "M3"))
            let list = try Self.object(try await Self.ask(rig, "/api/orders?q=A"))
            #expect(try list.string("recognisedAs") == "external")
            #expect(try list.integer("count") == 1)
            let order = try #require(try list.values("orders").first).object()
            #expect(try order.string("orderId") == OrderID.sample("A").text)
            #expect(try order.integer("total") == 10_000)
            #expect(try order.texts("warehouses") == ["hangzhou"])
        }
    }

    @Test func oneOrderIsTheWholeStory() async throws {
        try await SiteRig.with { rig in
            try rig.tell([OrderSamples.placed, OrderSamples.paid, OrderSamples.accrued])
            let path = "/api/orders/\(OrderID.sample)"
            let order = try Self.object(try await Self.ask(rig, path, [.ordersView, .commissionView]))
            #expect(try order.integer("total") == 30_100)
            #expect(try order.values("lines").count == 2)
            #expect(try order.values("earnings").count == 2)
            let facts = try order.values("facts").map { try $0.object() }
            #expect(try facts.map { try $0.integer("offset") } == [0, 1, 2])
            #expect(try facts[1].object("body").integer("amount") == 30_100)
            let bare = try Self.object(try await Self.ask(rig, path))
            #expect(try bare.values("facts").count == 2)
            #expect(try bare.values("earnings").isEmpty)
        }
    }

    @Test func scopeAndPermissionHoldForPrograms() async throws {
        try await SiteRig.with { rig in
            try rig.tell([OrderSamples.placed])
            let foreign = try await Self.ask(rig, "/api/orders", [.ordersView], .channels(["douyin"]))
            #expect(try Self.object(foreign).values("orders").isEmpty)
            let path = "/api/orders/\(OrderID.sample)"
            #expect(try await Self.ask(rig, path, [.ordersView], .channels(["douyin"])).status == .notFound)
            #expect(try await Self.ask(rig, path, [.stockView]).status == .forbidden)
            #expect(await Browser(rig.site).ask(.get, path).status == .unauthorized)
        }
    }

    @Test(arguments: [
        ("from=x", "from"), ("state=x", "state"), ("min=x", "min"), ("after=x", "after"), ("sort=x", "sort"),
    ])
    func badQuestionsNameTheirField(query: String, field: String) async throws {
        try await SiteRig.with { rig in
            let reply = try await Self.ask(rig, "/api/orders?\(query)")
            #expect(reply.status == .badRequest)
            #expect(reply.headers[.contentType] == "application/problem+json")
            #expect(try Self.object(reply).string("field") == field)
        }
    }
}
