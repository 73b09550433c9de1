import ConsoleDomain
import Contracts
import Postgres

/// The audit log, newest first.
enum AuditPage {
    static let section = SiteSection(
        routes: [.get("/audit", .may(.auditView), show)],
        templates: ["audit": PackageResources.audit_mustache], phrases: [PackageResources.audit_json],
        navigation: [
            NavigationItem(group: "nav.access", phrase: "audit.title", path: "/audit", access: .may(.auditView))
        ])
    private static let pageSize = 50

    private static func show(_ visit: Visit) async throws -> Answer {
        let filter = Filter(visit)
        let calendar = visit.tools.calendar
        let entries = try await visit.tools.database.read { try find(filter, calendar, in: $0) }
        let shown = entries.prefix(pageSize)
        let last = entries.count > pageSize ? shown.last?.auditID : nil
        return .page(
            Page(
                template: "audit", title: visit.say("audit.title"),
                content: [
                    "actor": .text(filter.actor), "action": .text(filter.action), "subject": .text(filter.subject),
                    "from": .text(filter.from?.description), "to": .text(filter.to?.description),
                    "entries": .list(shown.map { row($0, visit) }), "has-entries": .flag(!shown.isEmpty),
                    "is-later": .flag(filter.before != nil), "newest": .text(filter.path(before: nil)),
                    "older": .text(last.map { filter.path(before: $0) }),
                ]))
    }

    private static func row(_ line: Line, _ visit: Visit) -> Content {
        [
            "at": .text(visit.formats.exactTime(line.at)), "actor": .text(line.actor), "address": .text(line.address),
            "action": .text(line.action), "subject": .text(line.subject),
            "outcome": .text(visit.say("audit.outcome.\(line.outcome)")),
            "tone": .text(line.outcome == AuditEntry.Outcome.done.rawValue ? "good" : "bad"),
            "reason": .text(line.reason), "before": .text(line.before), "after": .text(line.after),
        ]
    }

    private struct Line: Sendable {
        let auditID: Int64
        let at: Instant
        let actor: String
        let address: String
        let action: String
        let subject: String
        let before: String?
        let after: String?
        let outcome: String
        let reason: String?
    }

    /// What is asked for; whatever cannot be read is left out.
    private struct Filter: Sendable {
        let actor: String?
        let action: String?
        let subject: String?
        let from: CivilDay?
        let to: CivilDay?
        let before: Int64?

        init(_ visit: Visit) {
            actor = visit.query.text("actor")?.lowercased()
            action = visit.query.text("action")
            subject = visit.query.text("subject")
            from = visit.query.text("from").flatMap { CivilDay($0) }
            to = visit.query.text("to").flatMap { CivilDay($0) }
            before = visit.query.text("before").flatMap(Int64.init)
        }

        func path(before: Int64?) -> String {
            let fields = [
                ("actor", actor), ("action", action), ("subject", subject), ("from", from?.description),
                ("to", to?.description), ("before", before.map(String.init)),
            ]
            let query = fields.compactMap { name, value in value.map { "\(name)=\(PercentCoding.encoded($0))" } }
            return "/audit" + (query.isEmpty ? "" : "?" + query.joined(separator: "&"))
        }
    }

    private static func find(
        _ filter: Filter, _ calendar: BusinessCalendar, in connection: Connection
    ) throws -> [Line] {
        var sql: SQL = """
            SELECT audit_id, at, actor, address, action, subject, before, after, outcome, reason FROM audit_log WHERE TRUE
            """
        if let actor = filter.actor { sql += " AND actor = \(actor)" }
        if let action = filter.action { sql += " AND action = \(action)" }
        if let subject = filter.subject { sql += " AND subject = \(subject)" }
        if let from = filter.from { sql += " AND at >= \(calendar.start(of: from))" }
        if let to = filter.to { sql += " AND at < \(calendar.start(of: to + 1))" }
        if let before = filter.before { sql += " AND audit_id < \(before)" }
        sql += " ORDER BY audit_id DESC LIMIT \(pageSize + 1)"
        return try connection.rows(sql).map { row in
            Line(
                auditID: row.int64(0), at: row.instant(1), actor: row.text(2), address: row.text(3),
                action: row.text(4), subject: row.text(5), before: row.textOrNil(6), after: row.textOrNil(7),
                outcome: row.text(8), reason: row.textOrNil(9))
        }
    }
}
