import ConsoleDomain
import Contracts
import HTTPTypes
import Spreadsheets

/// Tables of records: read and shown row by row, then published as far as they are right.
enum MasterImportPages {
    /// Rows that a page shows; all of them are counted, and those with faults come first.
    private static let mostShown = 200

    static func show(_ kind: MasterKind, _ visit: Visit) async throws -> Answer {
        .page(page(kind, "", nil, nil, visit))
    }

    static func check(_ kind: MasterKind, _ visit: Visit) async throws -> Answer {
        let sent = sent(visit)
        do {
            let rows = try rows(sent)
            let table = try await read(kind, rows, visit)
            return .page(page(kind, text(sent, rows), table, nil, visit))
        } catch let fault as Fault {
            return .page(page(kind, text(sent, []), nil, fault, visit))
        }
    }

    static func publish(_ kind: MasterKind, _ visit: Visit) async throws -> Answer {
        var reader = FormReader(visit.form)
        let reason = reader.text("reason", 1...500)
        let sent = sent(visit)
        do {
            let table = try await read(kind, rows(sent), visit)
            guard reader.complaints.isEmpty else {
                throw Fault(visit.say("form.missing"), field: "reason")
            }
            guard !table.records.isEmpty else { throw Fault(visit.say("master.import.nothing")) }
            let scope = MasterScope(kind, visit)
            let keys = table.records.map(\.key)
            let before = try await visit.tools.database.read { try MasterRows.bodies(scope, keys, in: $0) }
            let unsent = try await MasterDesk.publish(table.records, before: before, reason: reason, visit)
            return .page(done(kind, table, unsent, visit))
        } catch let fault as Fault {
            return .page(page(kind, text(sent, []), nil, fault, visit))
        }
    }

    /// What was pasted or uploaded.
    private static func sent(_ visit: Visit) -> [UInt8] {
        visit.form.files["file"]?.bytes ?? Array((visit.form["table"] ?? "").utf8)
    }

    private static func rows(_ sent: [UInt8]) throws(Fault) -> [TableRow] {
        do throws(SpreadsheetError) {
            return try TableReader.rows(sent, limit: MasterTable.maximumRows + 1)
        } catch {
            throw Fault(error.description)
        }
    }

    /// The same as text, which the page shows and sends again; a workbook as the text that its first sheet would be.
    private static func text(_ sent: [UInt8], _ rows: [TableRow]) -> String {
        if let text = TableReader.text(of: sent) { return text }
        var bytes: [UInt8] = []
        var next = 1
        for row in rows {
            // Empty rows stand as empty lines, so that faults name rows by their numbers.
            bytes += Array(repeating: [13, 10], count: max(0, row.number - next)).joined()
            SeparatedText.append(row.cells, to: &bytes)
            next = row.number + 1
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// - Throws: `Fault` for a table that cannot be read as a whole.
    private static func read(_ kind: MasterKind, _ rows: [TableRow], _ visit: Visit) async throws -> MasterImport {
        let scope = MasterScope(kind, visit)
        let table = try MasterTable(
            kind, rows.map { MasterTable.Row(number: $0.number, cells: $0.cells, defect: $0.defect) })
        let (current, tree) = try await visit.tools.database.read { connection in
            let current = try MasterRows.bodies(scope, table.keys, in: connection)
            let memberIDs = try table.memberIDs(current: current)
            return (current, try MasterRows.tree(kind, naming: memberIDs, in: connection))
        }
        let beyond = visit.say("master.fault.scope")
        return MasterImport(
            table, current: current, tree: tree, calendar: visit.tools.calendar,
            mayChange: { key throws(Fault) in
                guard scope.mayChange(key) else { throw Fault(beyond, field: kind.keyFields[0]) }
            })
    }

    private static func page(
        _ kind: MasterKind, _ text: String, _ table: MasterImport?, _ fault: Fault?, _ visit: Visit
    ) -> Page {
        Page.styled(
            template: "master-import", title: visit.say("master.import.title", ["kind": visit.say(kind.title)]),
            crumbs: [Page.Crumb(visit.say(kind.title), kind.path), Page.Crumb(visit.say("master.import"))],
            content: [
                "path": .text(kind.path), "table": .text(text),
                "notes": .list(kind == .bindings ? [["text": .text(visit.say("master.bindings.note"))]] : []),
                "header": .text(MasterExport.columns(kind).map(\.text).joined(separator: ",")),
                "maximum": .text(visit.formats.number(Int64(MasterTable.maximumRows))),
                "page-fault": .text(fault.map { FaultWords.sentence($0, visit) }),
                "is-read": .flag(table != nil), "count": .text(table.map { summary($0, visit) }),
                "rows": .list(table.map { rows($0, visit) } ?? []),
                "may-publish": .flag(table?.records.isEmpty == false),
                "publish": .text(
                    table.map { visit.say("master.import.publish", ["count": "\($0.records.count)"]) }),
            ], status: fault == nil ? .ok : .unprocessableContent)
    }

    private static func summary(_ table: MasterImport, _ visit: Visit) -> String {
        var counts = ["new": 0, "changed": 0, "same": 0, "fault": 0]
        for row in table.rows { counts[word(row.outcome), default: 0] += 1 }
        return visit.say("master.import.summary", counts.mapValues { "\($0)" })
    }

    private static func word(_ outcome: MasterImport.Row.Outcome) -> String {
        switch outcome {
        case .new: "new"
        case .changed: "changed"
        case .unchanged: "same"
        case .fault: "fault"
        }
    }

    private static func rows(_ table: MasterImport, _ visit: Visit) -> [Content] {
        let faults = table.rows.filter { word($0.outcome) == "fault" }
        let others = table.rows.filter { word($0.outcome) != "fault" }
        return (faults + others).prefix(mostShown).map { row in
            let word = word(row.outcome)
            var content: Content = [
                "line": "\(row.number)", "key": .text(row.key), "state": .text(visit.say("master.import.\(word)")),
                "tone": .text(["fault": "bad", "new": "good", "changed": "info"][word]),
            ]
            if case .fault(let fault) = row.outcome { content["fault"] = .text(FaultWords.sentence(fault, visit)) }
            if case .changed(let changes) = row.outcome {
                content["changes"] = .list(changes.map { MasterPreview.change($0, visit) })
            }
            return content
        }
    }

    private static func done(
        _ kind: MasterKind, _ table: MasterImport, _ unsent: [String], _ visit: Visit
    ) -> Page {
        let faults = table.rows.filter { word($0.outcome) == "fault" }
        return Page.styled(
            template: "master-imported", title: visit.say("master.import.done"),
            crumbs: [Page.Crumb(visit.say(kind.title), kind.path), Page.Crumb(visit.say("master.import"))],
            content: [
                "path": .text(kind.path),
                "sent": .text(
                    visit.say("master.import.sent", ["count": "\(table.records.count - unsent.count)"])),
                "unsent": .list(unsent.map { ["key": .text($0)] }), "has-unsent": .flag(!unsent.isEmpty),
                "left": .list(
                    faults.map { row in
                        var content: Content = ["line": "\(row.number)", "key": .text(row.key)]
                        if case .fault(let fault) = row.outcome {
                            content["fault"] = .text(FaultWords.sentence(fault, visit))
                        }
                        return content
                    }), "has-left": .flag(!faults.isEmpty),
            ])
    }
}
