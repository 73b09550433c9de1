import ConsoleDomain
import Contracts
import HTTPTypes
import Postgres
import Support
import Testing

@testable import ConsoleEdge

@Suite("Clocks of cases on pages")
struct CaseClockTests {
    private static let day: Int64 = 86_400_000

    private static func open(_ rig: SiteRig, _ number: Int, state: String = "requested") throws -> String {
        let rows = try WorkSamples(rig)
        return try rows.afterSalesCase(rows.order(number), state: state, opened: .hours(Int64(number)))
    }

    /// Puts the clock of a case off, or lets it stand still.
    private static func change(_ rig: SiteRig, _ caseID: String, due: Instant? = nil, rest: Int64? = nil) throws {
        let connection = try rig.connect()
        defer { connection.close() }
        _ = try connection.rows(
            """
            UPDATE cases SET clock_due = \(due), clock_rest = \(rest), clock_reason = 'carrier looks for it',
                clock_by = 'anna', clock_changed_at = \(SiteRig.start) WHERE case_id = \(caseID)
            """)
    }

    /// Hours after `SiteRig.start`; the goods were approved, sent, received and inspected a day after another.
    private static let rule: [(kind: String, state: String, hours: Int64?)] = [
        ("return", "requested", 48), ("exchange", "requested", 48), ("refund", "requested", nil),
        ("return", "approved", 192), ("return", "goods-in-transit", 288), ("return", "received", 240),
        ("return", "inspected", 264), ("return", "refunding", nil), ("return", "closed", nil),
    ]

    @Test(arguments: rule)
    func ruleSaysWhenAClockRunsOut(kind: String, state: String, hours: Int64?) async throws {
        try await SiteRig.with { rig in
            let caseID = try Self.open(rig, 1)
            let connection = try rig.connect()
            defer { connection.close() }
            let at = { (days: Int64) in SiteRig.start + .days(days) }
            _ = try connection.rows(
                """
                UPDATE cases SET kind = \(kind), state = \(state), opened_at = \(at(0)), approved_at = \(at(1)),
                    goods_shipped_at = \(at(2)), received_at = \(at(3)), inspected_at = \(at(4))
                WHERE case_id = \(caseID)
                """)
            let due = { try connection.rows("SELECT \(CaseClockRows.due) FROM cases c")[0].instantOrNil(0) }
            #expect(try due() == hours.map { SiteRig.start + .hours($0) })
            // The goods were long on their way: what comes first counts.
            guard state == "received" else { return }
            _ = try connection.rows("UPDATE cases SET goods_shipped_at = \(at(-8))")
            #expect(try due() == at(2))
        }
    }

    @Test func aClockThatWasPutOffShowsItsNewEndAndWhy() async throws {
        try await SiteRig.with { rig in
            let caseID = try Self.open(rig, 1)
            try Self.change(rig, caseID, due: SiteRig.start + .days(5))
            let browser = try await rig.signIn(.owner)
            let order = WorkSamples.orderID(1).text
            for path in ["/cases/\(caseID)", "/queues/cases", "/orders/\(order)"] {
                let page = try await browser.get(path).text
                #expect(page.contains("in 5 d") && !page.contains("in 47 h"), "\(path)")
                #expect(page.contains("carrier looks for it (anna)"), "\(path)")
            }
            #expect(try await browser.get("/api/orders/\(order)").text.contains("\"dueAt\""))
        }
    }

    @Test func aClockThatStandsStillSaysSoAndWhatItHasLeft() async throws {
        try await SiteRig.with { rig in
            let caseID = try Self.open(rig, 1)
            try Self.change(rig, caseID, rest: 3 * Self.day)
            let browser = try await rig.signIn(.owner)
            browser.headers[.acceptLanguage] = "zh"
            for path in ["/cases/\(caseID)", "/queues/cases", "/orders/\(WorkSamples.orderID(1))"] {
                let page = try await browser.get(path).text
                for words in ["计时已暂停", "剩余 3 天", "carrier looks for it（anna）"] {
                    #expect(page.contains(words), "\(path): \(words)")
                }
            }
            let page = try await browser.get("/cases/\(caseID)").text
            #expect(page.contains("/resume\"") && !page.contains("/pause\""))
        }
    }

    /// The next page begins after the last row, also where clocks were put off.
    @Test func whatRunsOutFirstStandsFirst() async throws {
        try await SiteRig.with { rig in
            // Opened one, two, three and four hours ago.
            let cases = try (1...4).map { try Self.open(rig, $0) }
            try Self.change(rig, cases[0], due: SiteRig.start + .hours(1))
            try Self.change(rig, cases[3], rest: 1)
            let browser = try await rig.signIn(.owner)
            let shown = { (page: String) in
                page.matches(of: /name="pick" value="([^"]+)"/).map { String($0.1) }
            }
            let order = [cases[0], cases[2], cases[1], cases[3]]
            #expect(try await shown(browser.get("/queues/cases").text) == order)
            let first = SiteRig.start + .hours(1)
            let rest = try await browser.get("/queues/cases?after=\(first.milliseconds)~\(cases[0])").text
            #expect(shown(rest) == Array(order.dropFirst()))
        }
    }

    @Test func wherePlatformsDecideNoClockRuns() async throws {
        try await SiteRig.with { rig in
            let caseID = try Self.open(rig, 1)
            let channel = CatalogChannel.sample(channel: "web", afterSales: .platform)
            try WorkSamples(rig).record(.catalogChannels, "web", channel.jsonBytes)
            let page = try await rig.signIn(.owner).get("/cases/\(caseID)").text
            #expect(page.contains("The platform decides") && !page.contains("in 47 h"))
            #expect(!page.contains("/pause\"") && !page.contains("/extend\""))
        }
    }

    @Test func reportCountsClocksAsTheyAre() async throws {
        try await SiteRig.with { rig in
            // All opened three days ago; the first two were given more time.
            let cases = try (1...3).map { try Self.open(rig, $0) }
            try rig.run("UPDATE cases SET opened_at = opened_at - interval '3 days'")
            try Self.change(rig, cases[0], due: SiteRig.start + .hours(1))
            try Self.change(rig, cases[1], rest: 0)
            let page = try await rig.signIn(.owner).get("/reports/clocks").text
            #expect(page.contains(cases[2]) && !page.contains(cases[0]) && !page.contains(cases[1]))
        }
    }
}
