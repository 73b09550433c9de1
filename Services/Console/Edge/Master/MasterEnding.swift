import ConsoleDomain
import Contracts
import Foundation
import Pipeline

/// The end of a binding: a record without a value, because a binding has no field that says so.
enum MasterEnding {
    static func check(_ scope: MasterScope, _ found: MasterRows.Found?, _ visit: Visit) async throws -> Answer {
        guard scope.kind == .bindings, let found else { throw SiteProblem.badRequest }
        guard scope.mayChange(found.key) else { throw SiteProblem.forbidden }
        let kind = scope.kind
        return .page(
            Page.styled(
                template: "master-preview", title: visit.say("master.end.title", ["key": found.key]),
                crumbs: [Page.Crumb(visit.say(kind.title), kind.path), Page.Crumb(found.key)],
                content: [
                    "path": .text(kind.path), "key": .text(found.key), "offset": .text("\(found.offset)"),
                    "ends": true, "notes": .list([["text": .text(visit.say("master.bindings.note.end"))]]),
                    "back": .text(kind.path(of: found.key)),
                ]))
    }

    /// Publishes the end of what the preview has shown, unless somebody else was faster.
    static func publish(_ kind: MasterKind, _ visit: Visit) async throws -> Answer {
        let scope = MasterScope(kind, visit)
        var reader = FormReader(visit.form)
        let reason = reader.text("reason", 1...500)
        let key = visit.form["key"] ?? ""
        let found = try await visit.tools.database.read { try MasterRows.find(scope, key, in: $0) }
        guard kind == .bindings, let found else { throw SiteProblem.notFound }
        guard scope.mayChange(key) else { throw SiteProblem.forbidden }
        guard "\(found.offset)" == visit.form.text("offset") else {
            return try MasterRecordPage.again(kind, found, Fault(visit.say("master.fault.moved")), visit)
        }
        guard reader.complaints.isEmpty else {
            return try MasterRecordPage.again(kind, found, Fault(visit.say("form.missing"), field: "reason"), visit)
        }
        let isSent = try await send(kind, found, reason: reason, visit)
        return .redirect(kind.path(of: key), say: isSent ? "master.published" : "master.unsent")
    }

    private static func send(
        _ kind: MasterKind, _ found: MasterRows.Found, reason: String, _ visit: Visit
    ) async throws -> Bool {
        let (action, subject) = ("master.\(kind.rawValue).end", "\(kind.rawValue)/\(found.key)")
        let entry = visit.entry(action, subject, before: found.body, reason: reason)
        try await visit.tools.database.write { transaction in try AuditRows.add(entry, in: transaction) }
        let message = OutsideMessage(
            ending: found.key, on: kind.topic,
            envelope: Envelope(
                id: UUID().uuidString.lowercased(), type: DistributionBinding.type, source: "/console",
                subject: found.key, time: visit.mallNow))
        if await visit.tools.commands.publish(message) == .acknowledged { return true }
        let failure = visit.entry(action, subject, outcome: .failed, reason: reason)
        try await visit.tools.database.write { transaction in try AuditRows.add(failure, in: transaction) }
        return false
    }
}
