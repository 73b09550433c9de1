import ConsoleDomain
import Contracts
import HTTPTypes

/// 定时导出: reports that are written into the folder of exports by themselves.
enum SchedulePages {
    static let routes: [Route] = [
        .get("/reports/schedules", .may(.reportsExport), show), .post("/reports/schedules", .may(.reportsExport), make),
        .post("/reports/schedules/{id}/delete", .may(.reportsExport), remove),
    ]

    private static func show(_ visit: Visit) async throws -> Answer { .page(try await list(visit, [:])) }

    /// Whoever manages users sees and ends those of others, too.
    private static func owner(_ visit: Visit) throws -> Int64? {
        guard let userID = visit.viewer.userID else { throw SiteProblem.forbidden }
        return visit.viewer.may(.usersManage) ? nil : userID
    }

    private static func list(_ visit: Visit, _ complaints: [String: String]) async throws -> Page {
        let owner = try owner(visit)
        let schedules = try await visit.tools.database.read { try ScheduleRows.all(of: owner, in: $0) }
        let fields = visit.call.isSafe ? visit.query : visit.form
        let today = visit.tools.calendar.day(of: visit.mallNow)
        var query = ReadReportFilter(fields, today: today).filter.query
        if !visit.call.isSafe { query = visit.form["query"] ?? "" }
        var content: Content = [
            "schedules": .list(schedules.map { row($0, visit) }), "query": .text(query),
            "reports": .list(
                Report.all.filter { $0.admits(visit.viewer) }.map {
                    option($0.code, visit.say("reports.\($0.code)"), fields["report"])
                }),
            "formats": .list(
                ExportFormat.allCases.map { option($0.rawValue, $0.rawValue.uppercased(), fields["format"]) }),
            "weekdays": .list(
                (1...7).map { option("\($0)", visit.say("reports.weekday.\($0)"), fields["weekday"]) }),
            "hours": .list((0...23).map { option("\($0)", $0 < 10 ? "0\($0):00" : "\($0):00", fields["hour"] ?? "6") }),
            "is-off": .flag(visit.tools.settings.exportFolder == nil),
        ]
        for name in ["report", "query", "format", "weekday", "hour"] {
            content["\(name)-fault"] = .text(complaints[name].map { visit.say($0) })
        }
        return Page(
            template: "report-schedules", title: visit.say("reports.schedules"),
            crumbs: [
                Page.Crumb(visit.say("reports.title"), "/reports"), Page.Crumb(visit.say("reports.schedules")),
            ], content: content, status: complaints.isEmpty ? .ok : .unprocessableContent)
    }

    private static func option(_ code: String, _ name: String, _ chosen: String?) -> Content {
        ["code": .text(code), "name": .text(name), "is-chosen": .flag(code == chosen)]
    }

    private static func row(_ schedule: ExportSchedule, _ visit: Visit) -> Content {
        let hour = schedule.rhythm.hour
        let day = schedule.rhythm.weekday.map { visit.say("reports.weekday.\($0)") } ?? visit.say("reports.daily")
        return [
            "id": "\(schedule.scheduleID)", "report": .text(visit.say("reports.\(schedule.report)")),
            "path": .text("/reports/\(schedule.report)?\(schedule.query)"), "query": .text(schedule.query),
            "format": .text(schedule.format.rawValue.uppercased()), "user": .text(schedule.userName),
            "rhythm": .text("\(day) \(hour < 10 ? "0" : "")\(hour):00"),
            "next": .text(visit.formats.time(schedule.nextAt)),
            "last": .text(schedule.lastAt.map { visit.formats.time($0) }), "file": .text(schedule.lastFile),
            "fault": .text(schedule.lastFault.map { visit.say("reports.export-fault.\($0)") }),
        ]
    }

    private static func make(_ visit: Visit) async throws -> Answer {
        guard let userID = visit.viewer.userID, visit.session != nil else { throw SiteProblem.forbidden }
        guard visit.tools.settings.exportFolder != nil else {
            return .page(try await list(visit, ["report": "reports.fault.no-folder"]))
        }
        var complaints: [String: String] = [:]
        let calendar = visit.tools.calendar
        let report = visit.form.text("report").flatMap(Report.named)
        if report.map({ !$0.admits(visit.viewer) }) ?? true { complaints["report"] = "form.no-choice" }
        let format = visit.form.text("format").flatMap(ExportFormat.init(rawValue:))
        if format == nil { complaints["format"] = "form.no-choice" }
        let weekday = visit.form.text("weekday").map { Int($0) ?? 0 }
        let rhythm = ExportRhythm(weekday: weekday, hour: visit.form.text("hour").flatMap(Int.init) ?? -1)
        if rhythm == nil { complaints[weekday.map { 1...7 ~= $0 } ?? true ? "hour" : "weekday"] = "form.no-choice" }
        let query = filter(visit, calendar.day(of: visit.mallNow))
        if query == nil { complaints["query"] = "reports.fault.filter" }
        guard let report, let format, let rhythm, let query, complaints.isEmpty else {
            return .page(try await list(visit, complaints))
        }
        let after = JSONWriter.object { json in
            json.field("report", report.code)
            json.field("filter", query)
        }
        let entry = visit.entry("reports.schedule", "report/\(report.code)", after: after)
        let next = rhythm.next(after: visit.mallNow, calendar)
        let isAdded = try await visit.tools.database.write { transaction in
            let isAdded = try ScheduleRows.add(
                report.code, query: query, format, visit.language, rhythm, next: next, of: userID, in: transaction)
            if isAdded { try AuditRows.add(entry, in: transaction) }
            return isAdded
        }
        guard isAdded else { return .page(try await list(visit, ["report": "reports.fault.too-many"])) }
        return .redirect("/reports/schedules", say: "reports.scheduled")
    }

    /// The filter as an address says it, in our own order; nil when it cannot be read.
    private static func filter(_ visit: Visit, _ today: CivilDay) -> String? {
        guard let text = visit.form["query"], text.utf8.count <= 2000,
            let fields = try? FormFields(urlEncoded: text.trimmed)  // Said beside the field.
        else { return nil }
        let read = ReadReportFilter(fields, today: today)
        return read.complaints.isEmpty ? read.filter.query : nil
    }

    private static func remove(_ visit: Visit) async throws -> Answer {
        let owner = try owner(visit)
        let scheduleID = try visit.number("id")
        let entry = visit.entry("reports.schedule-ended", "schedule/\(scheduleID)")
        let isRemoved = try await visit.tools.database.write { transaction in
            let isRemoved = try ScheduleRows.remove(scheduleID, of: owner, in: transaction)
            if isRemoved { try AuditRows.add(entry, in: transaction) }
            return isRemoved
        }
        guard isRemoved else { throw SiteProblem.notFound }
        return .redirect("/reports/schedules", say: "reports.unscheduled")
    }
}
