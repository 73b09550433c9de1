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

        /// As the spreadsheet numbers it.
        public let number: Int
        public let key: String
        public let outcome: Outcome
        /// What is published; `nil` for a row that stays out.
        public let record: MasterRecord?
    }

    public let kind: MasterKind
    public let rows: [Row]

    public var records: [MasterRecord] { rows.compactMap(\.record) }

    /// - Parameters:
    ///   - current: The present version of each key that the table names.
    ///   - tree: Of members, so that nobody comes to stand above themselves; of bindings those who are named.
    ///   - mayChange: Throws for a key that is not the reader's to change.
    public init(
        _ table: MasterTable, current: [String: [UInt8]], tree: MemberTree, calendar: BusinessCalendar,
        mayChange: (String) throws(Fault) -> Void = { _ in }
    ) {
        kind = table.kind
        var tree = tree
        var rows: [Row] = []
        var seen: Set<String> = []
        if kind == .members { table.announce(to: &tree) }
        for row in table.rows {
            let key = table.key(of: row)
            do throws(Fault) {
                if let defect = row.defect { throw Fault(defect) }
                guard seen.insert(key).inserted else { throw Fault("'\(key)' stands twice", field: kind.keyFields[0]) }
                try mayChange(key)
                let record = try table.record(row, over: current[key], calendar)
                try Self.check(record, over: current[key], &tree)
                rows.append(try Self.row(row.number, record, over: current[key]))
            } catch {
                rows.append(Row(number: row.number, key: key, outcome: .fault(error), record: nil))
            }
        }
        self.rows = rows
    }

    private static func row(_ number: Int, _ record: MasterRecord, over present: [UInt8]?) throws(Fault) -> Row {
        guard let present else { return Row(number: number, key: record.key, outcome: .new, record: record) }
        let changes = try MasterChange.between(present, record)
        if changes.isEmpty { return Row(number: number, key: record.key, outcome: .unchanged, record: nil) }
        return Row(number: number, key: record.key, outcome: .changed(changes), record: record)
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
