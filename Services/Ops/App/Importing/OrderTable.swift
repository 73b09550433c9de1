import Contracts
import Foundation
import Spreadsheets

/// A file of orders: its columns by meaning, and the rows of each order together.
struct OrderTable {
    /// A row with its cells by meaning; empty ones are absent.
    struct Row {
        let number: Int
        let cells: [OrderColumn: String]
    }

    /// What is wrong with a row, for the person who has the file.
    struct Refusal: Encodable, Equatable {
        let row: Int
        /// The heading as it stands in the file; absent when the whole row is meant.
        let column: String?
        let reason: String

        var text: String { "row \(row)\(column.map { ", \($0)" } ?? ""): \(reason)" }
    }

    /// The headings in the file.
    let headings: [OrderColumn: String]
    /// Headings without a meaning.
    let ignored: [String]
    let rows: [Row]
    let refusals: [Refusal]

    /// - Parameter map: Meanings given by the person, stronger than ours: `heading=column`.
    /// - Throws: `OpsFailure` when columns are missing, unknown or there twice.
    init(_ bytes: [UInt8], map: [String]) throws {
        let records = try TableFile.rows(bytes)
        guard let head = records.first, head.defect == nil else {
            throw OpsFailure("the file has no row of headings", status: .data)
        }
        let given = try Self.given(map, among: head.cells)
        let meanings = head.cells.map { given[$0] ?? OrderColumn.meaning(of: $0) }
        var headings: [OrderColumn: String] = [:]
        for (heading, meaning) in zip(head.cells, meanings) {
            guard let meaning else { continue }
            if let other = headings.updateValue(heading, forKey: meaning) {
                throw OpsFailure(
                    "columns \(other) and \(heading) both mean \(meaning.rawValue): use --map", status: .data)
            }
        }
        let missing = OrderColumn.required.filter { headings[$0] == nil }
        guard missing.isEmpty else {
            throw OpsFailure(
                "no column for \(missing.map(\.rawValue).joined(separator: ", ")): use --map HEADING=COLUMN",
                status: .data)
        }
        self.headings = headings
        ignored = zip(head.cells, meanings).filter { $0.1 == nil }.map(\.0)
        var rows: [Row] = []
        var refusals: [Refusal] = []
        for record in records.dropFirst() {
            if let defect = record.defect {
                refusals.append(Refusal(row: record.number, column: nil, reason: defect))
            } else if record.cells.count != head.cells.count {
                let reason = "has \(record.cells.count) fields, the headings are \(head.cells.count)"
                refusals.append(Refusal(row: record.number, column: nil, reason: reason))
            } else {
                rows.append(Self.row(record, meanings))
            }
        }
        self.rows = rows
        self.refusals = refusals
    }

    private static func row(_ record: TableRow, _ meanings: [OrderColumn?]) -> Row {
        var cells: [OrderColumn: String] = [:]
        for (meaning, field) in zip(meanings, record.cells) {
            let text = field.trimmingCharacters(in: .whitespacesAndNewlines)
            if let meaning, !text.isEmpty { cells[meaning] = text }
        }
        return Row(number: record.number, cells: cells)
    }

    private static func given(_ map: [String], among headings: [String]) throws -> [String: OrderColumn] {
        var given: [String: OrderColumn] = [:]
        for entry in map {
            guard let sign = entry.lastIndex(of: "=") else {
                throw OpsFailure("--map \(entry): is not HEADING=COLUMN", status: .usage)
            }
            let (heading, name) = (String(entry[..<sign]), String(entry[entry.index(after: sign)...]))
            guard headings.contains(heading) else {
                throw OpsFailure("--map \(entry): the file has no heading \(heading)", status: .usage)
            }
            guard let column = OrderColumn(rawValue: name) else {
                let names = OrderColumn.allCases.map(\.rawValue).joined(separator: ", ")
                throw OpsFailure("--map \(entry): \(name) is none of \(names)", status: .usage)
            }
            given[heading] = column
        }
        return given
    }
}
