import ConsoleDomain
import Contracts

/// One queue: what waits, the oldest first.
enum QueueList {
    static func show(_ queue: WorkQueue, _ visit: Visit) async throws -> Answer {
        try Queues.check(visit)
        var question = QueueQuestion(viewer: visit.viewer, now: visit.mallNow)
        for filter in queue.filters {
            guard let text = visit.query.text(filter.name), text.count <= 200 else { continue }
            if filter.options.isEmpty || filter.options.contains(text) { question.filters[filter.name] = text }
        }
        question.after = after(visit.query["after"])
        let asked = question
        let (rows, count) = try await visit.tools.database.read { connection in
            (
                try QueueReader.rows(queue, asked, visit, in: connection),
                try QueueReader.count(queue, asked, in: connection)
            )
        }
        return .page(page(queue, asked, rows, count, visit))
    }

    private static func page(
        _ queue: WorkQueue, _ question: QueueQuestion, _ rows: [QueueRow], _ count: Int64, _ visit: Visit
    ) -> Page {
        let shown = rows.prefix(QueueReader.pageSize)
        let actions = queue.actions.filter { visit.viewer.may($0.permission) }
        return Page.styled(
            template: "queue-list", title: visit.say(queue.title),
            crumbs: [
                Page.Crumb(visit.say("queues.title"), "/queues"), Page.Crumb(visit.say(queue.title)),
            ],
            content: [
                "path": .text(queue.path),
                "about": .text(visit.say("\(queue.title).about")), "empty": .text(visit.say("\(queue.title).empty")),
                "count": .text(visit.say("queues.count", ["count": self.count(count, visit)])),
                "filters": .list(queue.filters.map { filter($0, question, visit) }),
                "has-filters": .flag(!queue.filters.isEmpty), "is-filtered": .flag(!question.filters.isEmpty),
                "may-act": .flag(!actions.isEmpty), "may-propose": .flag(mayPropose(queue, visit)),
                "columns": .list(columns(queue, visit)), "rows": .list(shown.map { self.row($0, queue, visit) }),
                "actions": .list(
                    actions.map {
                        [
                            "name": .text($0.name), "label": .text(visit.say("\(queue.title).do.\($0.name)")),
                            "is-dangerous": .flag($0.isDangerous),
                        ]
                    }),
                "next": .text(rows.count > QueueReader.pageSize ? next(queue, question, shown.last, visit) : nil),
                "is-later": .flag(question.after != nil),
            ], scripts: ["queues.js", "live.js"])
    }

    private static func mayPropose(_ queue: WorkQueue, _ visit: Visit) -> Bool {
        queue.name == AdjustmentQueue.adjustments.name && visit.viewer.may(.commissionAdjust)
    }

    static func columns(_ queue: WorkQueue, _ visit: Visit) -> [Content] {
        queue.columns.map {
            ["name": .text(visit.say("queues.column.\($0.name)")), "is-number": .flag($0.isNumber)]
        }
    }

    static func row(_ row: QueueRow, _ queue: WorkQueue, _ visit: Visit) -> Content {
        [
            "id": .text(row.id), "cells": .list(cells(row.content.cells, queue, visit)),
            "pending": .text(row.pending.map { visit.say("queues.pending.\($0.state)") }),
            "pending-answer": .text(row.pending?.answer),
            "pending-path": .text(pendingPath(row.pending, queue, visit)),
            "is-waiting": .flag(row.pending?.isWaiting == true),
        ]
    }

    /// Others' commands are open to auditors alone.
    private static func pendingPath(_ pending: PendingCommand?, _ queue: WorkQueue, _ visit: Visit) -> String? {
        guard let pending, pending.actor == visit.viewer.name || visit.viewer.may(.auditView) else { return nil }
        return CommandPages.path(pending.commandID, back: queue.path)
    }

    private static func cells(_ cells: [QueueCell], _ queue: WorkQueue, _ visit: Visit) -> [Content] {
        zip(queue.columns, cells).map { column, cell in
            [
                "column": .text(visit.say("queues.column.\(column.name)")), "is-number": .flag(column.isNumber),
                "text": .text(cell.text), "link": .text(cell.link), "below": .text(cell.below),
                "tags": .list(cell.tags.map { ["text": .text($0.text), "tone": .text($0.tone)] }),
            ]
        }
    }

    private static func filter(_ filter: QueueFilter, _ question: QueueQuestion, _ visit: Visit) -> Content {
        let chosen = question.filters[filter.name]
        return [
            "name": .text(filter.name), "label": .text(visit.say("queues.filter.\(filter.name)")),
            "value": .text(chosen), "is-choice": .flag(!filter.options.isEmpty),
            "options": .list(
                filter.options.map {
                    [
                        "value": .text($0), "label": .text(visit.say("\(filter.prefix).\($0)")),
                        "is-chosen": .flag($0 == chosen),
                    ]
                }),
        ]
    }

    static func count(_ count: Int64, _ visit: Visit) -> String {
        visit.formats.number(count) + (count >= QueueReader.mostCounted ? "+" : "")
    }

    /// Where the next page begins: `<milliseconds>~<id>`.
    private static func next(
        _ queue: WorkQueue, _ question: QueueQuestion, _ last: QueueRow?, _ visit: Visit
    ) -> String? {
        guard let last else { return nil }
        var parts = question.filters.sorted { $0.key < $1.key }.map { "\($0.key)=\(PercentCoding.encoded($0.value))" }
        parts.append("after=\(last.at.milliseconds)~\(PercentCoding.encoded(last.id))")
        return "\(queue.path)?\(parts.joined(separator: "&"))"
    }

    private static func after(_ text: String?) -> (at: Instant, id: String)? {
        guard let parts = text?.split(separator: "~", maxSplits: 1), parts.count == 2, let at = Int64(parts[0]),
            (-62_000_000_000_000...253_000_000_000_000).contains(at)
        else { return nil }
        return (Instant(milliseconds: at), String(parts[1]))
    }
}
