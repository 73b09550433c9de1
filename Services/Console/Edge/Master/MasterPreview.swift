import ConsoleDomain
import Contracts
import Logging

/// From what was typed to what is published: what would change is shown first.
enum MasterPreview {
    private static let logger = Logger(label: "site")

    /// Takes a form, a JSON text, a step of a member or a former version, and shows what publishing it would change.
    static func check(_ kind: MasterKind, _ visit: Visit) async throws -> Answer {
        let scope = MasterScope(kind, visit)
        let key = visit.form.text("key")
        let (found, versions) = try await visit.tools.database.read { connection in
            (
                try key.flatMap { try MasterRows.find(scope, $0, in: connection) },
                try key.map { try MasterRows.versions(scope, $0, in: connection) } ?? []
            )
        }
        if key != nil, found == nil, versions.isEmpty { throw SiteProblem.notFound }
        if visit.form.text("step") == "end" { return try await MasterEnding.check(scope, found, visit) }
        do throws(Fault) {
            let record = try record(kind, found, versions, visit)
            if let key, record.key != key { throw Fault("'\(record.key)' is not '\(key)'", field: kind.keyFields[0]) }
            try await Self.verify(record, found, scope, visit)
            let notes = try await BindingNotes.content(record, over: found?.body, visit)
            return .page(try page(record, found, try await trial(record, visit), notes, visit))
        } catch {
            return try MasterRecordPage.again(kind, found, error, visit)
        }
    }

    private static func verify(
        _ record: MasterRecord, _ found: MasterRows.Found?, _ scope: MasterScope, _ visit: Visit
    ) async throws(Fault) {
        guard scope.mayChange(record.key) else {
            throw Fault(visit.say("master.fault.scope"), field: scope.kind.keyFields[0])
        }
        let isNew = found == nil && visit.form.text("key") == nil
        let (isTaken, members) = try await look(for: record, scope, visit)
        if isNew, isTaken { throw Fault(visit.say("master.fault.taken"), field: scope.kind.keyFields[0]) }
        var tree = members
        try MasterImport.check(record, over: found?.body, &tree)
    }

    /// An outage here is told as a fault of the form: nothing was published.
    private static func look(
        for record: MasterRecord, _ scope: MasterScope, _ visit: Visit
    ) async throws(Fault) -> (isTaken: Bool, tree: MemberTree) {
        do {
            return try await visit.tools.database.read { connection in
                (
                    try MasterRows.find(scope, record.key, in: connection) != nil,
                    try MasterRows.tree(record.kind, naming: record.memberIDs, in: connection)
                )
            }
        } catch {
            throw Fault(visit.say("problem.unavailable.advice"))
        }
    }

    private static func record(
        _ kind: MasterKind, _ found: MasterRows.Found?, _ versions: [MasterRows.Version], _ visit: Visit
    ) throws(Fault) -> MasterRecord {
        let base = try found.map { row throws(Fault) in try JSONDocument.object(row.body) }
        if let offset = visit.form.text("restore").flatMap(Int64.init) {
            return try restored(kind, offset, base, versions, visit)
        }
        if let step = visit.form.text("step") { return try stepped(kind, step, base, visit) }
        if let text = visit.form.text("json") { return try kind.record(JSONDocument.object(Array(text.utf8))) }
        return try MasterForm(kind: kind, calendar: visit.tools.calendar).draft(visit.form, over: base).record()
    }

    /// A former version under today's date; a plan's gets the next number, because numbers are never used twice.
    private static func restored(
        _ kind: MasterKind, _ offset: Int64, _ base: JSONObject?, _ versions: [MasterRows.Version], _ visit: Visit
    ) throws(Fault) -> MasterRecord {
        guard let body = versions.first(where: { $0.offset == offset })?.body else {
            throw Fault("\(offset) is no version of this record")
        }
        var draft = try MasterDraft(kind, over: JSONDocument.object(body))
        // Intake knows the former one already: it counts again from now on.
        if kind == .bindings { draft["boundAt"] = .text(visit.mallNow.description) }
        if kind == .plans, let base { draft["version"] = .number("\(try base.integer("version") + 1)") }
        return try draft.record()
    }

    private static func stepped(
        _ kind: MasterKind, _ step: String, _ base: JSONObject?, _ visit: Visit
    ) throws(Fault) -> MasterRecord {
        guard kind == .members, let base else { throw Fault("'\(step)' is for members that there are") }
        var draft = try MasterDraft(kind, over: base)
        switch step {
        case "approve":
            draft["status"] = .text("active")
            draft["joinedAt"] = .text(visit.mallNow.description)
        case "thaw": draft["status"] = .text("active")
        case "freeze": draft["status"] = .text("disabled")
        case "move": draft["parentId"] = visit.form.text("parentId").map { .text($0) }
        default: throw Fault("'\(step)' is none of approve, freeze, thaw, move")
        }
        return try draft.record()
    }

    /// The plan can be published without it, and whoever does is told so.
    private static func trial(_ record: MasterRecord, _ visit: Visit) async throws(Fault) -> ContentValue {
        do {
            return try await PlanTrial.content(record, visit)
        } catch {
            logger.error("plan trial failed", metadata: ["plan": "\(record.key)", "error": "\(error)"])
            return .content(["has-failed": true])
        }
    }

    private static func page(
        _ record: MasterRecord, _ found: MasterRows.Found?, _ trial: ContentValue, _ notes: [Content],
        _ visit: Visit
    ) throws(Fault) -> Page {
        let kind = record.kind
        let changes = try MasterChange.between(found?.body, record)
        let json = try JSONDocument.object(record.body)
        return Page.styled(
            template: "master-preview", title: visit.say("master.preview.title", ["key": record.key]),
            crumbs: [
                Page.Crumb(visit.say(kind.title), kind.path), Page.Crumb(record.key),
            ],
            content: [
                "path": .text(kind.path),
                "key": .text(record.key), "body": .text(String(decoding: record.body, as: UTF8.self)),
                "offset": .text(found.map { "\($0.offset)" }), "is-new": .flag(found == nil),
                "trial": trial, "notes": .list(notes), "changes": .list(changes.map { change($0, visit) }),
                "effective": .text(
                    try json.instantIfPresent(kind == .bindings ? "boundAt" : "effectiveFrom").map {
                        visit.formats.time($0)
                    }
                        ?? visit.say("master.at-once")),
                "back": .text(found == nil ? "\(kind.path)/new" : kind.path(of: record.key)),
            ])
    }

    static func change(_ change: MasterChange, _ visit: Visit) -> Content {
        [
            "field": .text(visit.say("master.field.\(change.field)")), "before": .text(change.before),
            "after": .text(change.after),
        ]
    }
}

extension MasterRecord {
    /// The member whom a binding names.
    var memberIDs: [String] {
        guard kind == .bindings, let json = try? JSONDocument.object(body) else { return [] }
        // A record's body has been read by its contract before.
        return (try? json.string("memberId")).map { [$0] } ?? []
    }
}
