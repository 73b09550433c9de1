public import Contracts

/// A new version of a record, put together field by field over the present one.
public struct MasterDraft: Sendable {
    public let kind: MasterKind
    private var values: [String: DraftValue] = [:]

    /// - Parameter base: The present version; what is not set stays as it is. From when it holds is said anew each time.
    /// - Throws: `Fault` when the present version cannot be read.
    public init(_ kind: MasterKind, over base: JSONObject? = nil) throws(Fault) {
        self.kind = kind
        guard let base else { return }
        for field in kind.fields where field.text != "effectiveFrom" {
            values[field.text] = try field.value(in: base)
        }
    }

    public subscript(_ field: String) -> DraftValue? {
        get { values[field] }
        set { values[field] = newValue }
    }

    /// - Throws: `Fault` of the contract.
    public func record() throws(Fault) -> MasterRecord {
        let fields = kind.fields.compactMap { field in
            values[field.text].map { DraftValue.Field(field.text, $0) }
        }
        return try kind.record(DraftValue.object(fields).object())
    }
}

/// One field that is not what it was.
public struct MasterChange: Sendable, Equatable {
    public let field: String
    /// As tables show it; empty for absent.
    public let before: String
    public let after: String

    /// What a new version changes; the time from which it holds is no change.
    public static func between(
        _ before: [UInt8]?, _ after: MasterRecord, _ style: MasterStyle = .table
    ) throws(Fault) -> [MasterChange] {
        let old = try before.map { bytes throws(Fault) in
            // What was read long ago may lack what is written today.
            try after.kind.record(JSONDocument.object(bytes)).body
        }
        let oldJSON = try old.map { bytes throws(Fault) in try JSONDocument.object(bytes) }
        let newJSON = try JSONDocument.object(after.body)
        var changes: [MasterChange] = []
        for field in after.kind.fields where field.text != "effectiveFrom" {
            let was = try oldJSON.map { json throws(Fault) in try field.value(in: json) } ?? nil
            let now = try field.value(in: newJSON)
            if was == now { continue }
            changes.append(
                MasterChange(field: field.text, before: field.shown(was, style), after: field.shown(now, style)))
        }
        return changes
    }
}
