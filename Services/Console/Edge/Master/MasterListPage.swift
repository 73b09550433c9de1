import ConsoleDomain
import Contracts

/// All records of a kind.
enum MasterListPage {
    static func show(_ kind: MasterKind, _ visit: Visit) async throws -> Answer {
        let scope = MasterScope(kind, visit)
        let search = visit.query.text("q").map { String($0.prefix(200)) }
        let after = visit.query["after"] ?? ""
        let rows = try await visit.tools.database.read { connection in
            try MasterRows.list(
                scope, search: search, after: after, limit: MasterRows.pageSize + 1, in: connection)
        }
        let shown = rows.prefix(MasterRows.pageSize)
        let more = "\(kind.title).more"
        let mayEdit = visit.viewer.may(kind.edit)
        return .page(
            Page.styled(
                template: "master-list", title: visit.say(kind.title), crumbs: [Page.Crumb(visit.say(kind.title))],
                content: [
                    "path": .text(kind.path),
                    "about": .text(visit.say("\(kind.title).about")),
                    "more": .text(visit.tools.phrases.has(more) ? visit.say(more) : nil),
                    "empty": .text(visit.say("\(kind.title).empty")),
                    "search-label": .text(visit.say(kind == .bindings ? "master.bindings.search" : "master.search")),
                    "q": .text(search),
                    "may-add": .flag(mayEdit && scope.mayAdd), "may-import": .flag(mayEdit),
                    "columns": .list(kind.listed.map { ["name": .text(visit.say("master.field.\($0)"))] }),
                    "rows": .list(shown.map { row($0, kind, visit) }), "is-later": .flag(!after.isEmpty),
                    "next": .text(rows.count > shown.count ? next(kind, search, shown.last) : nil),
                ]))
    }

    private static func next(_ kind: MasterKind, _ search: String?, _ last: MasterRows.Found?) -> String? {
        guard let last else { return nil }
        let term = search.map { "q=\(PercentCoding.encoded($0))&" } ?? ""
        return "\(kind.path)?\(term)after=\(PercentCoding.encoded(last.key))"
    }

    private static func row(_ found: MasterRows.Found, _ kind: MasterKind, _ visit: Visit) -> Content {
        let json = try? JSONDocument.object(found.body)
        return [
            "key": .text(found.key), "path": .text(kind.path(of: found.key)),
            "cells": .list(
                kind.listed.map { name in
                    ["column": .text(visit.say("master.field.\(name)")), "text": .text(cell(name, json, kind, visit))]
                }),
        ]
    }

    /// What was read from the topic was right by its contract; what is not shows as nothing.
    private static func cell(_ name: String, _ json: JSONObject?, _ kind: MasterKind, _ visit: Visit) -> String {
        guard let json, let field = kind.fields.first(where: { $0.text == name }) else { return "" }
        guard let value = (try? field.value(in: json)) ?? nil else { return "" }
        return MasterWords.shown(value, field, MasterWords.currency(json), visit)
    }
}

/// Values as people read them.
enum MasterWords {
    static func currency(_ json: JSONObject?) -> String { (try? json?.currency()) ?? "CNY" }

    static func shown(_ value: DraftValue, _ field: MasterField, _ currency: String, _ visit: Visit) -> String {
        switch (field.kind, value) {
        case (.flag, .flag(let flag)): return visit.say(flag ? "master.yes" : "master.no")
        case (.money, .number(let digits)): return Int64(digits).map { visit.formats.money($0, currency) } ?? digits
        case (.percent, .number(let digits)):
            return Int64(digits).map { visit.formats.percent(basisPoints: $0) } ?? digits
        case (.integer, .number(let digits)): return Int64(digits).map { visit.formats.number($0) } ?? digits
        case (.words, .text(let word)): return visit.say("master.word.\(word)")
        case (.time, .text(let text)): return Instant(rfc3339: text).map { visit.formats.time($0) } ?? text
        case (.rows(let fields), .list(let rows)):
            return rows.map { row in
                guard case .object(let values) = row else { return "" }
                return object(values, fields, currency, visit)
            }.joined(separator: "; ")
        case (.group(let fields), .object(let values)): return object(values, fields, currency, visit)
        default: return field.shown(value, .table)
        }
    }

    private static func object(
        _ values: [DraftValue.Field], _ fields: [MasterField], _ currency: String, _ visit: Visit
    ) -> String {
        values.compactMap { value in
            fields.first { $0.text == value.name }.map { field in
                "\(visit.say("master.field.\(value.name)")) \(shown(value.value, field, currency, visit))"
            }
        }.joined(separator: visit.say("list.comma"))
    }
}
