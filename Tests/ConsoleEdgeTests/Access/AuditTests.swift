import ConsoleDomain
import Contracts
import HTTPTypes
import Postgres
import Testing

@testable import ConsoleEdge

@Suite("Audit log")
struct AuditTests {
    @Test(arguments: [
        "UPDATE audit_log SET actor = 'x'", "DELETE FROM audit_log", "TRUNCATE audit_log",
        "UPDATE audit_log SET actor = 'x' WHERE false",
    ])
    func lineIsNeverChanged(statement: String) async throws {
        try await SiteRig.with { rig in
            _ = try await rig.signIn(.owner)
            #expect(throws: PostgresError.self) { try rig.run(statement) }
            #expect(try rig.number("SELECT count(*) FROM audit_log") == 1)
        }
    }

    @Test func lookAtPersonalDataIsPutDown() async throws {
        try await SiteRig.with { rig in
            let route = Route.get("/look", .may(.personalView)) { visit in
                try await visit.noteLook(at: "order/O-1")
                return .json([])
            }
            let site = Site(tools: rig.site.tools, routes: rig.site.routes + [route])
            try await rig.addUser("anna", roles: ["support"])
            let browser = Browser(site, address: "203.0.113.5")
            try await browser.signIn("anna")
            #expect(try await browser.get("/look").status == .ok)
            let line = try rig.text(
                """
                SELECT concat_ws(' ', actor, address, action, subject, outcome) FROM audit_log
                WHERE action = 'personal.look'
                """)
            #expect(line == "anna 203.0.113.5 personal.look order/O-1 done")
        }
    }

    @Test func pagesGoBackWithoutGapsOrRepeats() async throws {
        try await SiteRig.with { rig in
            let browser = try await rig.signIn(.auditor)
            try rig.run(
                """
                INSERT INTO audit_log (actor, address, action, subject, outcome)
                SELECT 'anna', '', 'test', 'line-' || n || '.', 'done' FROM generate_series(1, 120) AS n
                """)
            var seen: [String] = []
            var path: String? = "/audit?action=test"
            for _ in 0..<5 {
                guard let target = path else { break }
                let page = try await browser.get(target).text
                seen += page.matches(of: /line-[0-9]+\./).map { String($0.0) }
                path = page.firstMatch(of: /href="([^"]*before=[0-9]+)"/).map {
                    String($0.1).replacing("&amp;", with: "&")
                }
            }
            #expect(seen == (1...120).reversed().map { "line-\($0)." })
        }
    }

    @Test func filterFindsByWhoWhatAndWhen() async throws {
        try await SiteRig.with { rig in
            let browser = try await rig.signIn(.auditor)
            try rig.run(
                """
                INSERT INTO audit_log (at, actor, address, action, subject, outcome) VALUES
                    ('2026-03-01T15:59:59Z', 'anna', '', 'a.x', 'first.', 'done'),
                    ('2026-03-01T16:00:00Z', 'anna', '', 'a.y', 'second.', 'done'),
                    ('2026-03-02T16:00:00Z', 'bo', '', 'a.x', 'third.', 'refused')
                """)
            for (query, expected) in [
                ("actor=Anna", ["second.", "first."]), ("action=a.x", ["third.", "first."]),
                ("subject=second.", ["second."]), ("from=2026-03-02&to=2026-03-02", ["second."]),
                ("actor=anna%27%20OR%201=1", []), ("from=yesterday&action=a.y", ["second."]),
            ] as [(String, [String])] {
                let text = try await browser.get("/audit?\(query)").text
                let found = text.matches(of: /<td>((?:first|second|third)\.)<\/td>/).map { String($0.1) }
                #expect(found == expected, "\(query)")
            }
        }
    }
}
