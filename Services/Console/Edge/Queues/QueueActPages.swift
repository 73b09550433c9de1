import ConsoleDomain
import Contracts
import HTTPTypes

/// What an action would do to the rows that were ticked, and the form that asks for the rest; then the commands.
enum QueueActPages {
    private static let mostPicked = 50

    static func show(_ queue: WorkQueue, _ visit: Visit) async throws -> Answer {
        let action = try action(queue, visit.query["do"], visit)
        let picks = Array(visit.query.all("pick").prefix(mostPicked))
        let rows = try await rows(queue, picks, visit)
        return .page(form(queue, action, rows, FormReader(FormFields()), isFresh: true, visit))
    }

    static func send(_ queue: WorkQueue, _ visit: Visit) async throws -> Answer {
        let action = try action(queue, visit.form["do"], visit)
        let rows = try await rows(queue, Array(visit.form.all("pick").prefix(mostPicked)), visit)
        let chosen = distinct(action, rows, visit)
        var reader = FormReader(visit.form)
        let reason = reader.text("reason", 1...500)
        var answers: [QueueAnswers] = []
        for row in chosen {
            var answer = QueueAnswers(reason: reason)
            for field in action.fields {
                answer.read(field, as: field.inputName(row), currency: row["currency"], with: &reader)
            }
            for field in action.shared {
                answer.read(field, as: field.inputName(nil), currency: row["currency"], with: &reader)
            }
            answers.append(answer)
        }
        guard !chosen.isEmpty, reader.complaints.isEmpty else {
            return .page(form(queue, action, rows, reader, isFresh: false, visit))
        }
        var sent: [String] = []
        for (row, answer) in zip(chosen, answers) { sent.append(try await action.send(visit, row, answer)) }
        if sent.count == 1 { return .redirect(CommandPages.path(sent[0], back: queue.path)) }
        return .redirect(queue.path, say: "queues.sent")
    }

    private static func action(_ queue: WorkQueue, _ name: String?, _ visit: Visit) throws(SiteProblem) -> QueueAction {
        try Queues.check(visit)
        guard let action = queue.action(name) else { throw .badRequest }
        guard visit.viewer.may(action.permission) else { throw .forbidden }
        return action
    }

    /// Whatever of the ticked rows is within the viewer's scope.
    private static func rows(_ queue: WorkQueue, _ picks: [String], _ visit: Visit) async throws -> [QueueRow] {
        guard !picks.isEmpty else { return [] }
        var question = QueueQuestion(viewer: visit.viewer, now: visit.mallNow)
        question.picks = picks
        let asked = question
        return try await visit.tools.database.read { try QueueReader.rows(queue, asked, visit, in: $0) }
    }

    /// The rows that the action is for, one of those that share a command.
    private static func distinct(_ action: QueueAction, _ rows: [QueueRow], _ visit: Visit) -> [QueueRow] {
        var seen: Set<String> = []
        return rows.filter { action.allows($0, visit.viewer) && seen.insert(action.once($0)).inserted }
    }

    private static func form(
        _ queue: WorkQueue, _ action: QueueAction, _ rows: [QueueRow], _ reader: FormReader, isFresh: Bool,
        _ visit: Visit
    ) -> Page {
        let chosen = rows.filter { action.allows($0, visit.viewer) }
        let left = rows.filter { !action.allows($0, visit.viewer) }
        let name = visit.say("\(queue.title).do.\(action.name)")
        let commands = distinct(action, rows, visit).count
        return Page.styled(
            template: "queue-act", title: name,
            crumbs: [
                Page.Crumb(visit.say("queues.title"), "/queues"), Page.Crumb(visit.say(queue.title), queue.path),
                Page.Crumb(name),
            ],
            content: [
                "path": .text(queue.path),
                "action": .text(action.name), "label": .text(name), "is-dangerous": .flag(action.isDangerous),
                "effect": .text(visit.say("\(queue.title).effect.\(action.name)")),
                "count": .text(visit.say("queues.act.count", ["count": "\(commands)"])),
                "columns": .list(QueueList.columns(queue, visit)),
                "fields": .list(action.fields.map { ["label": .text(visit.say("queues.field.\($0.name)"))] }),
                "rows": .list(
                    chosen.enumerated().map { index, row in
                        var content = QueueList.row(row, queue, visit)
                        content["inputs"] = .list(
                            action.fields.map { input($0, row, index, action, reader, isFresh, visit) })
                        return content
                    }),
                "left": .list(left.map { QueueList.row($0, queue, visit) }), "has-left": .flag(!left.isEmpty),
                "shared": .list(action.shared.map { input($0, nil, 0, action, reader, isFresh, visit) }),
                "reason": .text(reader.form["reason"]),
                "reason-fault": .text(reader.complaints["reason"].map { visit.say($0) }),
            ], status: isFresh ? .ok : .unprocessableContent)
    }

    private static func input(
        _ field: QueueField, _ row: QueueRow?, _ index: Int, _ action: QueueAction, _ reader: FormReader,
        _ isFresh: Bool, _ visit: Visit
    ) -> Content {
        let name = field.inputName(row)
        let typed = isFresh ? row.map { action.defaults(field.name, $0) } ?? first(field, visit) : reader.form[name]
        var options: [String] = []
        if case .choice(let words) = field.kind { options = words }
        return [
            "id": "\(field.name)-\(index)", "name": .text(name), "value": .text(typed),
            "label": .text(visit.say("queues.field.\(field.name)")), "is-required": .flag(field.isRequired),
            "is-choice": .flag(!options.isEmpty), "is-number": .flag(field.isNumber),
            "options": .list(
                options.map {
                    [
                        "value": .text($0), "label": .text(visit.say("queues.choice.\($0)")),
                        "is-chosen": .flag($0 == typed),
                    ]
                }),
            "fault": .text(reader.complaints[name].map { visit.say($0) }), "is-cell": .flag(row != nil),
        ]
    }

    /// What a field that is asked once begins with.
    private static func first(_ field: QueueField, _ visit: Visit) -> String {
        guard field.name == "wave" else { return "" }
        let digits = visit.mallNow.description.filter(\.isNumber)
        return "W\(digits.prefix(8))-\(digits.dropFirst(8).prefix(6))"
    }
}

extension QueueField {
    var isNumber: Bool {
        switch kind {
        case .integer, .money: true
        case .text, .choice: false
        }
    }
}
