public import Contracts

/// The cells of a table under the fields that its header names.
public struct MasterTable: Sendable {
    public struct Row: Sendable {
        /// As the spreadsheet numbers it.
        public let number: Int
        public let cells: [String]
        /// Why it cannot be relied on.
        public let defect: String?

        public init(number: Int, cells: [String], defect: String? = nil) {
            self.number = number
            self.cells = cells
            self.defect = defect
        }
    }

    public static let maximumRows = 5000

    public let kind: MasterKind
    /// Without the header.
    public let rows: [Row]
    private let columns: [MasterField]

    /// - Parameter all: The header first.
    /// - Throws: `Fault` for a table that cannot be read at all: no header, an unknown column, a key that is missing.
    public init(_ kind: MasterKind, _ all: [Row]) throws(Fault) {
        guard let header = all.first else { throw Fault("the table is empty; its first row names the fields") }
        if let defect = header.defect { throw Fault("the first row: \(defect)") }
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
        self.kind = kind
        self.columns = columns
        rows = Array(all.dropFirst())
    }

    /// Those that the rows name, to be looked up first.
    public var keys: [String] { rows.map(key) }

    /// The members whom a table of bindings names, or whom its rows leave as they are.
    public func memberIDs(current: [String: [UInt8]]) throws(Fault) -> [String] {
        guard kind == .bindings else { return [] }
        var memberIDs = Set(rows.map { text("memberId", of: $0) })
        for body in current.values { memberIDs.insert(try JSONDocument.object(body).string("memberId")) }
        return memberIDs.subtracting([""]).sorted()
    }

    func key(of row: Row) -> String { kind.keyFields.map { text($0, of: row) }.joined(separator: "/") }

    private func text(_ name: String, of row: Row) -> String {
        guard let index = columns.firstIndex(where: { $0.text == name }), index < row.cells.count else { return "" }
        return row.cells[index].withoutSpaceAround
    }

    func record(_ row: Row, over present: [UInt8]?, _ calendar: BusinessCalendar) throws(Fault) -> MasterRecord {
        guard row.cells.count <= columns.count else {
            throw Fault("has \(row.cells.count) cells, and the header names \(columns.count)")
        }
        let base = try present.map { bytes throws(Fault) in try JSONDocument.object(bytes) }
        var draft = try MasterDraft(kind, over: base)
        for (index, field) in columns.enumerated() {
            draft[field.text] = try field.read(index < row.cells.count ? row.cells[index] : "", .table, calendar)
        }
        return try draft.record()
    }

    /// Members of the table may stand under one another in any order.
    func announce(to tree: inout MemberTree) {
        for row in rows { tree.announce(key(of: row)) }
    }
}
