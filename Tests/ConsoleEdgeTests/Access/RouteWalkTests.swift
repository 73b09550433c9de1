import ConsoleDomain
import HTTPTypes
import Testing

@testable import ConsoleEdge

/// Every route, by everybody, with ids of nothing: refused where the permission is missing, and never a failure.
@Suite("Every route by every role")
struct RouteWalkTests {
    /// What stands for values in paths.
    private static let values = ["1000000", "nothing", "<script>", "a'b\"c"]

    @Test(arguments: ReadyRole.allCases)
    func roleIsRefusedWhatItMayNotAndNothingFails(role: ReadyRole) async throws {
        try await SiteRig.with { rig in
            var browser = try await rig.signIn(role)
            for (number, route) in rig.site.routes.enumerated() {
                let target = Self.target(route, number)
                let reply =
                    route.method == .get ? try await browser.get(target) : try await browser.post(target, ["x": "y"])
                if route.admits(role.viewer) {
                    #expect(reply.status.code < 500, "\(role) \(route.method) \(target): \(reply.text.prefix(2000))")
                    #expect(reply.status != .unauthorized, "\(role) \(route.method) \(target)")
                } else {
                    #expect(reply.status == .forbidden, "\(role) \(route.method) \(target)")
                }
                // Some routes end the session, as they should.
                if try await browser.get("/account").status != .ok { browser = try await rig.signIn(role) }
            }
        }
    }

    @Test func strangerIsLedToTheLogin() async throws {
        try await SiteRig.with { rig in
            for (number, route) in rig.site.routes.enumerated() {
                let browser = Browser(rig.site)
                let target = Self.target(route, number)
                let reply =
                    route.method == .get ? try await browser.get(target) : try await browser.post(target, ["x": "y"])
                if route.access == .anyone {
                    #expect(reply.status.code < 500, "\(target): \(reply.text.prefix(2000))")
                } else if target.hasPrefix("/api/") {
                    #expect(reply.status == .unauthorized, "\(target)")
                } else {
                    #expect(reply.status == .seeOther, "\(target)")
                    #expect(reply.headers[.location]?.hasPrefix("/login") == true, "\(target)")
                }
            }
        }
    }

    @Test func noRouteHidesAnother() throws {
        let routes = SiteSections.all.flatMap(\.routes)
        #expect(routes.count > 30)
        for (index, route) in routes.enumerated() {
            let target = Self.target(route, 1)
            let first = routes.firstIndex { $0.method == route.method && $0.path.match(target) != nil }
            #expect(first == index, "\(route.method) \(route.path) is hidden by \(routes[first ?? 0].path)")
        }
    }

    @Test func everyChangeIsAPost() {
        for route in SiteSections.all.flatMap(\.routes) { #expect([.get, .post].contains(route.method)) }
    }

    private static func target(_ route: Route, _ number: Int) -> String {
        let names = route.path.description.matches(of: /\{([a-zA-Z-]+)\}/).map { String($0.1) }
        return route.path.path(Dictionary(names.map { ($0, values[number % values.count]) }) { first, _ in first })
    }
}

extension ReadyRole {
    fileprivate var viewer: Viewer {
        Viewer(userID: 1, name: "x", displayName: "x", permissions: role.permissions, scope: .all)
    }
}
