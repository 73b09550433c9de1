public import Contracts

/// A table of records read against what there is: what is new, what changes, and what cannot be taken.
public struct MasterImport: Sendable {
    public struct Row: Sendable, Equatable {
        public enum Outcome: Sendable, Equatable {
            case new
            case changed([MasterChange])
            case unchanged
            case fault(Fault)
        }

        /// Where it begins in the text, from 1.
        public let line: Int
        public let key: String
        public let outcome: Outcome
        /// What is published; `nil` for a row that stays out.
        public let record: MasterRecord?
    }

    public let kind: MasterKind
    public let rows: [Row]

    public static let maximumRows = 5000

    public var records: [MasterRecord] { rows.compactMap(\.record) }

    /// - Parameters:
    ///   - current: The present version of each key that the table names.
    ///   - tree: Of members, so that nobody comes to stand above themselves; of bindings those who are named.
    ///   - mayChange: Throws for a key that is not the reader's to change.
    /// - Throws: `Fault` for a table that cannot be read at all: no header, an unknown column, a key that is missing.
    public init(
        _ kind: MasterKind, _ text: [UInt8], current: [String: [UInt8]], tree: MemberTree, calendar: BusinessCalendar,
        mayChange: (String) throws(Fault) -> Void = { _ in }
    ) throws(Fault) {
        self.kind = kind
        let table = try Table(kind, text)
        var tree = tree
        var rows: [Row] = []
        var seen: Set<String> = []
        if kind == .members { table.announce(to: &tree) }
        for row in table.rows {
            let key = table.key(of: row.cells)
            do throws(Fault) {
                guard seen.insert(key).inserted else { throw Fault("'\(key)' stands twice", field: kind.keyFields[0]) }
                try mayChange(key)
                let record = try table.record(row.cells, over: current[key], calendar)
                try Self.check(record, over: current[key], &tree)
                rows.append(try Self.row(row.line, record, over: current[key]))
            } catch {
                rows.append(Row(line: row.line, key: key, outcome: .fault(error), record: nil))
            }
        }
        self.rows = rows
    }

    /// The keys that a table names, to be looked up first.
    public static func keys(_ kind: MasterKind, _ text: [UInt8]) throws(Fault) -> [String] {
        let table = try Table(kind, text)
        return table.rows.map { table.key(of: $0.cells) }
    }

    /// The members whom a table of bindings names, or whom its rows leave as they are.
    public static func memberIDs(
        _ kind: MasterKind, _ text: [UInt8], current: [String: [UInt8]]
    ) throws(Fault) -> [String] {
        guard kind == .bindings else { return [] }
        let table = try Table(kind, text)
        let index = table.columns.firstIndex { $0.text == "memberId" }
        var memberIDs: Set<String> = []
        for row in table.rows {
            if let index, index < row.cells.count { memberIDs.insert(row.cells[index].withoutSpaceAround) }
        }
        for body in current.values { memberIDs.insert(try JSONDocument.object(body).string("memberId")) }
        return memberIDs.sorted()
    }

    private static func row(_ line: Int, _ record: MasterRecord, over present: [UInt8]?) throws(Fault) -> Row {
        guard let present else { return Row(line: line, key: record.key, outcome: .new, record: record) }
        let changes = try MasterChange.between(present, record)
        if changes.isEmpty { return Row(line: line, key: record.key, outcome: .unchanged, record: nil) }
        return Row(line: line, key: record.key, outcome: .changed(changes), record: record)
    }

    /// What the contract alone cannot see.
    public static func check(
        _ record: MasterRecord, over present: [UInt8]?, _ tree: inout MemberTree
    ) throws(Fault) {
        let json = try JSONDocument.object(record.body)
        switch record.kind {
        case .members: try tree.put(record.key, under: json.stringIfPresent("parentId"))
        case .plans:
            guard let present else { return }
            let version = try json.integer("version")
            let former = try JSONDocument.object(present).integer("version")
            let changes = try MasterChange.between(present, record)
            guard version > former || changes.isEmpty else {
                throw Fault("\(version) is not above \(former), the version that there is", field: "version")
            }
        case .bindings: try tree.find(json.ownID("memberId"), field: "memberId")
        case .items, .listings, .warehouses, .carriers, .channels: break
        }
    }
}

/// The cells of a table under the fields that its header names.
private struct Table {
    let kind: MasterKind
    let columns: [MasterField]
    let rows: [(line: Int, cells: [String])]

    init(_ kind: MasterKind, _ text: [UInt8]) throws(Fault) {
        self.kind = kind
        let all = try CommaSeparated.rows(text, limit: MasterImport.maximumRows + 1)
        guard let header = all.first else { throw Fault("the table is empty; its first row names the fields") }
        var columns: [MasterField] = []
        for name in header.cells.map(\.withoutSpaceAround) {
            guard let field = kind.fields.first(where: { $0.text == name }) else {
                throw Fault("'\(name.prefix(60))' is none of \(kind.fields.map(\.text).joined(separator: ", "))")
            }
            guard !columns.contains(where: { $0.text == name }) else { throw Fault("column '\(name)' stands twice") }
            columns.append(field)
        }
        for name in kind.keyFields where !columns.contains(where: { $0.text == name }) {
            throw Fault("column '\(name)' is missing")
        }
        self.columns = columns
        rows = Array(all.dropFirst())
    }

    func key(of cells: [String]) -> String {
        kind.keyFields.map { name in
            let index = columns.firstIndex { $0.text == name } ?? 0
            return index < cells.count ? cells[index].withoutSpaceAround : ""
        }.joined(separator: "/")
    }

    func record(_ cells: [String], over present: [UInt8]?, _ calendar: BusinessCalendar) throws(Fault) -> MasterRecord {
        guard cells.count <= columns.count else {
            throw Fault("has \(cells.count) cells, and the header names \(columns.count)")
        }
        let base = try present.map { bytes throws(Fault) in try JSONDocument.object(bytes) }
        var draft = try MasterDraft(kind, over: base)
        for (index, field) in columns.enumerated() {
            draft[field.text] = try field.read(index < cells.count ? cells[index] : "", .table, calendar)
        }
        return try draft.record()
    }

    /// Members of the table may stand under one another in any order.
    func announce(to tree: inout MemberTree) {
        for row in rows { tree.announce(key(of: row.cells)) }
    }
}
