import ConsoleDomain
import Contracts
import Foundation
import HTTPTypes
import Pipeline
import Postgres
import Testing

@testable import ConsoleEdge

@Suite("Reports as files")
struct ReportExportTests {
    @Test func separatedTextHasTheTablesNumbers() async throws {
        try await SiteRig.with { rig in
            try rig.fillReports()
            let browser = try await rig.signIn(.finance)
            let reply = try await browser.get("/reports/sales.csv?table=states&period=last-90-days")
            #expect(reply.headers[.contentType] == "text/csv; charset=utf-8")
            #expect(reply.headers[.contentDisposition]?.contains("sales-2026-08-21-2026-11-18.csv") == true)
            // An answer is sent once.
            let bytes = try await reply.bytes()
            #expect(Array(bytes.prefix(3)) == [0xEF, 0xBB, 0xBF])
            let rows = Reply.rows(of: bytes)
            #expect(rows.first?.dropFirst() == ["Orders", "GMV (CNY)", "Share (%)"])
            let paid = try #require(rows.first { $0.first == "Paid" && $0.count == 4 })
            #expect(try rig.number("SELECT count(*) FROM orders WHERE state = 'paid'") == Int64(paid[1]))
            let total = try rig.number("SELECT sum(total)::int8 FROM orders WHERE state = 'paid'")
            #expect(paid[2] == decimalText(total, digits: 2))
            let bare = try await browser.get("/reports/sales.csv?bom=no")
            #expect(try await bare.bytes().first != 0xEF)
            #expect(
                try rig.text("SELECT after ->> 'filter' FROM audit_log WHERE action = 'reports.export' LIMIT 1")
                    == "period=last-90-days")
        }
    }

    @Test func everyTableOfEveryReportIsExported() async throws {
        try await SiteRig.with { rig in
            try rig.fillReports()
            let browser = try await rig.signIn(.owner)
            for report in Report.all {
                let book = try await browser.get("/reports/\(report.code).xlsx")
                if report.code == "forecast" { continue }
                #expect(Array(try await book.bytes().prefix(4)) == [0x50, 0x4B, 0x03, 0x04], "\(report.code)")
                let page = try await browser.get("/reports/\(report.code)").text
                let links = page.matches(of: /\/reports\/[a-z]+\.csv\?table=([a-z]+)/).map { String($0.1) }
                #expect(!links.isEmpty, "\(report.code)")
                for table in links {
                    let rows = try await browser.get("/reports/\(report.code).csv?table=\(table)").rows()
                    #expect(rows.count > 0, "\(report.code) \(table)")
                }
            }
            #expect(try await browser.get("/reports/sales.csv?table=nothing").status == .notFound)
        }
    }

    @Test(arguments: ["=HYPERLINK(1)", "+1", "-1+1", "@x"])
    func textFromOutsideIsNoFormula(text: String) async throws {
        try await SiteRig.with { rig in
            try rig.fillReports()
            try rig.run("UPDATE orders SET external_order_id = '\(text)', channel = '\(text)', seller = '\(text)'")
            let browser = try await rig.signIn(.owner)
            let bytes = try await browser.get("/reports/orders.csv").bytes()
            let file = String(decoding: bytes, as: UTF8.self)
            #expect(file.contains(",\"'\(text)\",\"'\(text)\","))
            #expect(!file.contains(",\(text),"))
        }
    }

    private static func fill(_ rig: SiteRig, _ count: Int) throws {
        let connection = try rig.connect()
        defer { connection.close() }
        try connection.rows(
            """
            INSERT INTO orders (order_id, channel, external_order_id, placed_at, day, currency, total, state, changed_at)
            SELECT 'ORDER' || lpad(n::text, 6, '0'), 'app', 'X' || n, timestamptz '2026-11-01 12:00+08', '2026-11-01',
                'CNY', n, 'paid', now() FROM generate_series(1, \(count)) AS n
            """)
    }

    /// Thousands of rows come whole, through a cursor; the last is the last.
    @Test func longTablesComeWhole() async throws {
        try await SiteRig.with { rig in
            try Self.fill(rig, 5000)
            let browser = try await rig.signIn(.owner)
            let rows = try await browser.get("/reports/orders.csv").rows()
            #expect(rows.count == 5001)
            #expect(rows.last?.first == "ORDER005000")
            #expect(Set(rows.map(\.first)).count == 5001)
        }
    }

    /// Held as values, the rows would take more; other tests of this process take some, too.
    @Test(arguments: ExportFormat.allCases)
    func memoryDoesNotGrowWithTheRows(format: ExportFormat) async throws {
        try await SiteRig.with { rig in
            try Self.fill(rig, 200_000)
            let browser = try await rig.signIn(.owner)
            let warm = try await browser.get("/reports/orders.\(format.rawValue)?from=2026-10-01&to=2026-10-31")
            #expect(warm.status == .ok)
            try "5".write(toFile: "/proc/self/clear_refs", atomically: false, encoding: .utf8)
            let before = try Self.memory("VmRSS")
            let reply = try await browser.get("/reports/orders.\(format.rawValue)")
            #expect(try await reply.length() > 1_000_000)
            let grown = try Self.memory("VmHWM") - before
            #expect(grown < 128 * 1024, "\(grown) KiB more")
        }
    }

    /// In KiB.
    private static func memory(_ name: String) throws -> Int {
        let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
        let line = try #require(status.split(separator: "\n").first { $0.hasPrefix("\(name):") })
        return try #require(Int(line.filter(\.isNumber)))
    }

    @Test func programsExportWithATokenThatMay() async throws {
        try await SiteRig.with { rig in
            try rig.fillReports()
            let userID = try await rig.addUser("finance", roles: ["finance"])
            for (secret, permissions, status) in [
                ("trb_reports", [Permission.reportsView, .reportsExport], HTTPResponse.Status.ok),
                ("trb_orders", [.ordersView], .forbidden),
            ] {
                try await rig.site.tools.database.write { transaction in
                    try TokenRows.add(
                        secret, named: secret, Set(permissions), of: userID, at: SiteRig.start,
                        until: SiteRig.start + .days(1), in: transaction)
                }
                let browser = Browser(rig.site)
                browser.headers[.authorization] = "Bearer \(secret)"
                #expect(try await browser.get("/reports/sales.csv").status == status)
            }
        }
    }
}

@Suite("Regular exports")
struct ScheduleTests {
    private static func folder() throws -> String {
        let folder = FileManager.default.temporaryDirectory.appending(path: "exports-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        return folder
    }

    private static func with(_ body: (SiteRig, String) async throws -> Void) async throws {
        let folder = try folder()
        defer { try? FileManager.default.removeItem(atPath: folder) }  // Of the system's temporary folder anyway.
        try await SiteRig.with(environment: ["CONSOLE_EXPORT_FOLDER": folder]) { rig in
            try rig.fillReports()
            try await body(rig, folder)
        }
    }

    private static func write(_ rig: SiteRig, _ folder: String) throws -> Bool {
        let connection = try rig.connect()
        defer { connection.close() }
        return try ExportWork(folder: folder).writeNext(connection, at: rig.now, .shanghai)
    }

    @Test func reportIsWrittenWhenItsTimeHasCome() async throws {
        try await Self.with { rig, folder in
            let browser = try await rig.signIn(.finance)
            let reply = try await browser.post(
                "/reports/schedules",
                ["report": "orders", "query": "period=yesterday", "format": "csv", "weekday": "", "hour": "15"])
            #expect(reply.status == .seeOther)
            #expect(try Self.write(rig, folder) == false)
            rig.wait(.hours(24))
            #expect(try Self.write(rig, folder))
            #expect(try Self.write(rig, folder) == false)
            let name = try #require(try rig.text("SELECT last_file FROM export_schedules"))
            #expect(name == "orders-1-2026-11-19.csv")
            let text = try String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8)
            let orders = try rig.number("SELECT count(*) FROM orders WHERE day = '2026-11-18'")
            #expect(text.split(separator: "\r\n").count == Int(orders) + 1)
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == [name])
            let owner = try await rig.signIn(.owner)
            #expect(try await owner.get("/reports/schedules").text.contains(name))
        }
    }

    @Test func whatIsSeenIsWhatItsMakerMaySeeThen() async throws {
        try await Self.with { rig, folder in
            let browser = try await rig.signIn(.finance)
            try await browser.post(
                "/reports/schedules",
                ["report": "orders", "query": "period=last-30-days", "format": "csv", "weekday": "", "hour": "15"])
            try rig.run("UPDATE users SET scope_kind = 'channels', scope_values = '{app}'")
            rig.wait(.hours(24))
            #expect(try Self.write(rig, folder))
            let text = try String(contentsOfFile: "\(folder)/orders-1-2026-11-19.csv", encoding: .utf8)
            #expect(text.contains(",app,") && !text.contains(",shop,"))
            try rig.run("UPDATE users SET disabled_at = now()")
            rig.wait(.hours(24))
            #expect(try Self.write(rig, folder))
            #expect(try rig.text("SELECT last_fault FROM export_schedules") == "user")
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder).count == 1)
        }
    }

    @Test(arguments: [
        ("nothing", "period=today", "csv", "", "6"), ("sales", "period=ever", "csv", "", "6"),
        ("sales", "", "pdf", "", "6"), ("sales", "", "csv", "8", "6"), ("sales", "", "csv", "", "24"),
        ("commission", "", "csv", "", "6"), ("sales", "%zz", "csv", "", "6"), ("sales", "", "csv", "x", "x"),
    ])
    func whatCannotBeReadIsSaid(
        report: String, query: String, format: String, weekday: String, hour: String
    ) async throws {
        try await Self.with { rig, _ in
            let browser = try await rig.signIn(.channelManager, scope: .channels(["app"]))
            let reply = try await browser.post(
                "/reports/schedules",
                ["report": report, "query": query, "format": format, "weekday": weekday, "hour": hour])
            #expect(reply.status == .unprocessableContent)
            #expect(reply.text.contains("fault"))
            #expect(try rig.number("SELECT count(*) FROM export_schedules") == 0)
        }
    }

    @Test func othersSchedulesAreNotEnded() async throws {
        try await Self.with { rig, _ in
            let one = try await rig.signIn(.finance)
            try await one.post(
                "/reports/schedules", ["report": "sales", "query": "", "format": "xlsx", "weekday": "1", "hour": "6"])
            let other = try await rig.signIn(.auditor)
            #expect(!(try await other.get("/reports/schedules").text.contains("/reports/schedules/1/delete")))
            #expect(try await other.post("/reports/schedules/1/delete").status == .notFound)
            #expect(try await one.post("/reports/schedules/1/delete").status == .seeOther)
            #expect(try rig.number("SELECT count(*) FROM export_schedules") == 0)
        }
    }

    @Test func withoutAFolderNothingIsScheduled() async throws {
        try await SiteRig.with { rig in
            let browser = try await rig.signIn(.owner)
            #expect(try await browser.get("/reports/schedules").text.contains("CONSOLE_EXPORT_FOLDER"))
            let reply = try await browser.post(
                "/reports/schedules", ["report": "sales", "query": "", "format": "csv", "weekday": "", "hour": "6"])
            #expect(reply.status == .unprocessableContent)
        }
    }

    @Test func aFolderThatIsNoneIsADefect() {
        var reader = SettingsReader(["CONSOLE_EXPORT_FOLDER": "/no/such/folder"])
        #expect(ExportWork(&reader) == nil)
        #expect(reader.defects.count == 1)
    }
}
