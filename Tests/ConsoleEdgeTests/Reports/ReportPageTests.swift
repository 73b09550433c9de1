import ConsoleDomain
import Contracts
import HTTPTypes
import Postgres
import Testing

@testable import ConsoleEdge

@Suite("Pages of reports")
struct ReportPageTests {
    @Test(arguments: Report.all.map(\.code))
    func ownerSeesEveryReportInBothLanguages(code: String) async throws {
        try await SiteRig.with { rig in
            try rig.fillReports()
            let browser = try await rig.signIn(.owner)
            for language in ["en", "zh"] {
                browser.headers[.acceptLanguage] = language
                let reply = try await browser.get("/reports/\(code)?period=last-90-days")
                #expect(reply.status == .ok)
                #expect(reply.text.firstMatch(of: /reports\.(?!css|js)/) == nil, "a phrase of \(code) is missing")
                #expect(!reply.text.contains("{{"))
            }
        }
    }

    /// What the first page says of today is what the report says; whoever may not see the one does not see the other.
    @Test func homeSaysWhatTheReportSaysOfToday() async throws {
        try await SiteRig.with { rig in
            try rig.fillReports()
            let browser = try await rig.signIn(.owner)
            func figures(_ path: String) async throws -> [String: String] {
                let text = try await browser.get(path).text
                let found = text.matches(
                    of: /<div><dt>([^<]+)<\/dt>\s*<dd class="report-value">(?:<a [^>]*>)?([^<]+)/)
                return Dictionary(uniqueKeysWithValues: found.map { (String($0.1), String($0.2)) })
            }
            let home = try await figures("/")
            #expect(home.count == 4 && home["Orders"] == "6")
            let report = try await figures("/reports/sales?period=today")
            #expect(home.allSatisfy { report[$0.key] == $0.value })
            #expect(try await !rig.signIn(.warehouse).get("/").text.contains("Sales today"))
        }
    }

    @Test func aMallWithoutOrdersIsToldWhatToDo() async throws {
        try await SiteRig.with { rig in
            let browser = try await rig.signIn(.owner)
            for report in Report.all {
                let reply = try await browser.get("/reports/\(report.code)")
                #expect(reply.status == .ok)
                let says = ["Nothing in this range", "No suggestion of these days", "Visit to order", "Orders placed"]
                #expect(says.contains(where: reply.text.contains) || report.code == "sales", "\(report.code)")
            }
        }
    }

    /// What a page says stands escaped in it, and in what its script reads.
    @Test func namesFromOutsideAreNoMarkup() async throws {
        try await SiteRig.with { rig in
            try rig.fillReports()
            try rig.run(
                """
                UPDATE current_records SET body = '{"name": "<script>x</script>", "category": "\\"><b>"}';
                UPDATE members SET name = '<i>m</i>', grade = '''';
                """)
            let browser = try await rig.signIn(.owner)
            for code in ["products", "distributors", "refunds", "stock"] {
                let text = try await browser.get("/reports/\(code)").text
                #expect(!text.contains("<script>x") && !text.contains("<i>m") && !text.contains("<b>"), "\(code)")
            }
        }
    }

    @Test(arguments: [
        ("from=2026-11-30&to=2026-11-01", "The last day is before the first"), ("from=yesterday", "such as 2026-11-30"),
        ("from=2020-01-01&to=2026-01-01", "At most 1,100 days"), ("period=ever", "Please choose one of the list"),
        ("to=2026-11-01", "Please fill this in"), ("from=9999-99-99", "such as 2026-11-30"),
    ])
    func filtersThatCannotBeReadAreSaid(query: String, advice: String) async throws {
        try await SiteRig.with { rig in
            let browser = try await rig.signIn(.owner)
            let reply = try await browser.get("/reports/sales?\(query)")
            #expect(reply.status == .unprocessableContent)
            #expect(reply.text.contains(advice))
            let file = try await browser.get("/reports/sales.csv?\(query)")
            #expect(file.status == .badRequest)
            #expect(file.text.contains("\"field\":"))
        }
    }

    @Test(arguments: ["'; DROP TABLE orders; --", "\" OR 1=1", "\\", "%00", "a%ff", "<script>", "{{x}}"])
    func filtersAreValuesAndNothingElse(text: String) async throws {
        try await SiteRig.with { rig in
            try rig.fillReports()
            let browser = try await rig.signIn(.owner)
            let value = text.hasPrefix("%") || text.contains("%ff") ? text : PercentCoding.encoded(text)
            for code in ["sales", "products", "conversion", "distributors", "stock"] {
                for field in ["channel", "warehouse", "category", "member", "currency", "table"] {
                    let reply = try await browser.get("/reports/\(code)?\(field)=\(value)")
                    #expect(reply.status.code < 500, "\(code) \(field)")
                    #expect(!reply.text.contains("<script>\""), "\(code) \(field)")
                }
            }
            #expect(try rig.number("SELECT count(*) FROM orders") == 360)
        }
    }

    @Test func channelManagerSeesOwnChannelsAlone() async throws {
        try await SiteRig.with { rig in
            try rig.fillReports()
            let browser = try await rig.signIn(.channelManager, scope: .channels(["app"]))
            let page = try await browser.get("/reports/channels?period=last-90-days")
            #expect(page.text.contains(">app<") && !page.text.contains(">shop<") && !page.text.contains(">agent<"))
            let rows = try await browser.get("/reports/orders.csv?period=last-90-days").rows()
            #expect(Set(rows.dropFirst().map { $0[2] }) == ["app"])
            let foreign = try await browser.get("/reports/orders.csv?period=last-90-days&channel=shop").rows()
            #expect(foreign.count == 1)
        }
    }

    /// The permission for reports is not yet one for money of members, and not one for other parts of the mall.
    @Test func reportsNeedWhatTheyAreAbout() async throws {
        try await SiteRig.with { rig in
            let manager = try await rig.signIn(.channelManager, scope: .channels(["app"]))
            for path in ["commission", "commission.csv", "stock", "forecast.xlsx"] {
                #expect(try await manager.get("/reports/\(path)").status == .forbidden, "\(path)")
            }
            #expect(!(try await manager.get("/reports/sales").text.contains("/reports/commission")))
            let worker = try await rig.signIn(.warehouse)
            for path in ["", "/sales", "/sales.csv", "/schedules"] {
                #expect(try await worker.get("/reports\(path)").status == .forbidden, "\(path)")
            }
        }
    }

    @Test func theTreeIsFollowedDown() async throws {
        try await SiteRig.with { rig in
            try rig.fillReports()
            let browser = try await rig.signIn(.owner)
            let top = try await browser.get("/reports/distributors").text
            #expect(top.contains("/reports/distributors?period=last-30-days&amp;member=R"))
            let rows = try await browser.get("/reports/distributors.csv?table=tree&member=R").rows()
            #expect(rows.dropFirst().map { $0[0] }.sorted() == ["P1", "P2"])
            let way = try await browser.get("/reports/distributors.csv?table=way&member=M2").rows()
            #expect(way.dropFirst().map { $0[0] } == ["R", "P1", "M2"])
        }
    }

    /// Whoever sees a part of the tree learns nothing of what is above it.
    @Test func theTreeEndsAtTheViewer() async throws {
        try await SiteRig.with { rig in
            try rig.fillReports()
            try rig.run(
                """
                INSERT INTO roles (role, name, permissions)
                VALUES ('leader', 'Leader', '{reports.view,reports.export,members.view}')
                """)
            try await rig.addUser("leader", roles: ["leader"], scope: .downline("P1"))
            let browser = Browser(rig.site)
            try await browser.signIn("leader")
            for (query, members) in [("", ["M2", "M4"]), ("&member=R", ["P1"]), ("&member=P2", [])] {
                let rows = try await browser.get("/reports/distributors.csv?table=tree\(query)").rows()
                #expect(rows.dropFirst().map { $0[0] }.sorted() == members, "\(query)")
            }
            let way = try await browser.get("/reports/distributors.csv?table=way&member=M2").rows()
            #expect(way.dropFirst().map { $0[0] } == ["P1", "M2"])
        }
    }
}
