import ConsoleDomain
import Contracts
import Postgres

/// What a report says, for its page.
struct ReportView {
    let report: Report
    let filter: ReportFilter
    let words: ReportWords
    let visit: Visit

    func content(
        _ answer: ReportAnswer, _ question: ReportQuestion, _ choices: ReportChoices, _ connection: Connection
    ) throws -> Content {
        let formats = visit.formats
        return [
            "figures": .list(answer.figures.map(figure)),
            "tables": .list(try answer.tables.map { try table($0, connection) }),
            "notes": .list(answer.notes.map { ["text": .text(words.say($0))] }),
            "newest": try newest(connection),
            "span": .text("\(formats.day(filter.span.from)) – \(formats.day(filter.span.to))"),
            "other-currencies": .text(
                question.hasOtherCurrencies ? visit.say("reports.currencies", ["currency": words.currency]) : nil),
            "may-export": .flag(visit.viewer.may(.reportsExport)),
            "workbook": .text("/reports/\(report.code).xlsx?\(filter.query)"),
            "schedules": .text("/reports/schedules?report=\(report.code)&\(filter.query)"),
            "channels": .list(choices.channels.map { option($0.code, $0.name, filter.channel) }),
            "warehouses": .list(choices.warehouses.map { option($0.code, $0.name, filter.warehouse) }),
            "categories": .list(choices.categories.map { option($0, $0, filter.category) }),
        ]
    }

    /// Where the newest orders are, for a period that ends or begins after them: with nothing in it, people look there.
    func newest(_ connection: Connection) throws -> ContentValue {
        let found = try connection.rows(
            """
            SELECT o.placed_at FROM orders o WHERE o.placed_at IS NOT NULL AND \(visit.scope.orders("o"))
            ORDER BY o.placed_at DESC, o.order_id DESC LIMIT 1
            """)
        guard let day = found.first.map({ visit.tools.calendar.day(of: $0.instant(0)) }), day < filter.span.from else {
            return .flag(false)
        }
        let query = "from=\(day + -29)&to=\(day)"
        return .content(["day": .text(visit.formats.day(day)), "path": .text("/reports/\(report.code)?\(query)")])
    }

    private func option(_ code: String, _ name: String, _ chosen: String?) -> Content {
        ["code": .text(code), "name": .text(name), "is-chosen": .flag(code == chosen)]
    }

    func figure(_ figure: ReportFigure) -> Content {
        [
            "name": .text(words.say("reports.column.\(figure.key)")), "value": .text(words.shown(figure.now.value)),
            "link": .text(figure.now.link), "definition": .text(words.definition(figure.key)),
            "previous": .text(figure.previous.map { words.shown($0) }),
            "previous-change": .text(change(figure.now.value, figure.previous)),
            "last-year": .text(figure.lastYear.map { words.shown($0) }),
            "last-year-change": .text(change(figure.now.value, figure.lastYear)),
        ]
    }

    /// Amounts by how much they grew, rates by how many points.
    private func change(_ now: ReportCell.Value, _ before: ReportCell.Value?) -> String? {
        switch (now, before) {
        case (.count(let now), .count(let before)?), (.money(let now), .money(let before)?):
            return changeBasisPoints(from: before, to: now).map { signed($0) + "%" }
        case (.basisPoints(let now), .basisPoints(let before)?):
            return signed(now - before) + " " + words.say("reports.points")
        default: return nil
        }
    }

    /// `▲ 1.25`: a word of its own, not only a colour.
    private func signed(_ basisPoints: Int64) -> String {
        let text = visit.formats.percent(basisPoints: abs(basisPoints)).dropLast()
        return basisPoints == 0 ? "± 0" : (basisPoints > 0 ? "▲ " : "▼ ") + text
    }

    private func table(_ table: ReportTable, _ connection: Connection) throws -> Content {
        var rows = try rows(of: table, connection)
        let isCut = rows.count > ReportPages.rowsShown && table.rows.isLong
        if isCut { rows.removeLast() }
        let definitions = table.columns.compactMap { column in
            words.definition(column.key).map { ["name": .text(words.name(column)), "text": .text($0)] as Content }
        }
        return [
            "code": .text(table.code), "name": .text(words.say("reports.table.\(table.code)")),
            "columns": .list(
                table.columns.map { ["name": .text(words.name($0)), "is-number": .flag($0.kind.isNumber)] }),
            "rows": .list(rows.map { ["cells": .list(cells($0, table))] }),
            "total": .list(table.total.map { cells($0, table) } ?? []), "has-total": .flag(table.total != nil),
            "definitions": .list(definitions), "chart": .text(rows.isEmpty ? nil : chart(table, rows)),
            "cut": .text(isCut ? visit.say("reports.cut", ["count": "\(ReportPages.rowsShown)"]) : nil),
            "separated": .text("/reports/\(report.code).csv?table=\(table.code)&\(filter.query)"),
            "width": .text("\(table.columns.count)"),
        ]
    }

    /// One more than is shown, to know whether there are more.
    private func rows(of table: ReportTable, _ connection: Connection) throws -> [[ReportCell]] {
        switch table.rows {
        case .all(let rows), .begun(let rows, _, _): return rows
        case .query(let query, let read):
            return try connection.rows("\(query) LIMIT \(ReportPages.rowsShown + 1)").map { read($0) }
        }
    }

    private func cells(_ row: [ReportCell], _ table: ReportTable) -> [Content] {
        zip(row, table.columns).enumerated().map { index, pair in
            [
                "text": .text(words.shown(pair.0.value)), "link": .text(pair.0.link),
                "is-number": .flag(pair.1.kind.isNumber), "is-first": .flag(index == 0),
            ]
        }
    }

    private static let barsShown = 15

    /// What the script draws: the very numbers of the table.
    private func chart(_ table: ReportTable, _ all: [[ReportCell]]) -> String? {
        guard let chart = table.chart else { return nil }
        let rows = chart.shape == .bar && table.rows.isLong ? Array(all.prefix(Self.barsShown)) : all
        let bytes = JSONWriter.object { json in
            json.field("shape", chart.shape.rawValue)
            json.array("labels") { array in rows.forEach { array.element(words.shown($0[chart.label].value)) } }
            json.array("series") { array in
                for index in chart.series {
                    let kind = table.columns[index].kind
                    array.element { series in
                        series.field("name", words.name(table.columns[index]))
                        series.field("isMoney", kind == .money)
                        series.field("digits", Int64(kind == .money ? words.digits : 0))
                        series.array("values") { values in
                            rows.forEach { values.element($0[index].value.number) }
                        }
                        series.array("texts") { texts in
                            rows.forEach { texts.element(words.shown($0[index].value)) }
                        }
                    }
                }
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

extension ReportRows {
    var isLong: Bool { if case .all = self { false } else { true } }
}

extension ReportCell.Value {
    fileprivate var number: Int64 {
        switch self {
        case .count(let number), .money(let number), .basisPoints(let number), .tenths(let number): number
        case .text, .word, .day, .time, .none: 0
        }
    }
}
