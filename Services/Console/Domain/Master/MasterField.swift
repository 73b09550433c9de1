public import Contracts

/// One field of a master record: how people type it, and how a table holds it.
public struct MasterField: Sendable {
    public enum Kind: Sendable {
        case text, integer, flag, time
        /// Minor units.
        case money
        /// Basis points.
        case percent
        /// A number with a point: degrees.
        case decimal
        case words([String])
        case texts
        /// An object of its own.
        case group([MasterField])
        /// A list of objects.
        case rows([MasterField])
    }

    /// As the contract calls it.
    public let name: StaticString
    public let kind: Kind
    public let isRequired: Bool
    /// It names the record and cannot be changed.
    public let isKey: Bool

    public init(_ name: StaticString, _ kind: Kind = .text, isRequired: Bool = false, isKey: Bool = false) {
        self.name = name
        self.kind = kind
        self.isRequired = isRequired || isKey
        self.isKey = isKey
    }

    public var text: String { name.description }

    /// Objects and lists of objects: a table's cell holds them as JSON.
    public var isNested: Bool {
        switch kind {
        case .group, .rows: true
        default: false
        }
    }
}

/// Who reads a text or writes it.
public enum MasterStyle: Sendable {
    /// People at a form: `12.50`, `8.5` percent, one word a line. With the digits behind the point of its currency.
    case form(digits: Int)
    /// Programs and tables, in the contract's own units.
    case table
}

extension MasterField {
    /// The field's value in a record; `nil` when it is absent.
    public func value(in json: JSONObject) throws(Fault) -> DraftValue? {
        guard let value = json.value(name) else { return nil }
        switch kind {
        case .text, .words, .time: return .text(try value.string(atMost: 2000))
        case .integer, .money, .percent: return .number(String(try value.integer()))
        case .decimal: return .number(try value.token(atMost: 40))
        case .flag: return .flag(try json.bool(name, default: false))
        case .texts:
            var texts: [DraftValue] = []
            for value in try json.values(name) { texts.append(.text(try value.string())) }
            return .list(texts)
        case .group(let fields): return .object(try Self.values(of: fields, in: value.object()))
        case .rows(let fields):
            var rows: [DraftValue] = []
            for value in try json.values(name) { rows.append(.object(try Self.values(of: fields, in: value.object()))) }
            return .list(rows)
        }
    }

    static func values(of fields: [MasterField], in json: JSONObject) throws(Fault) -> [DraftValue.Field] {
        var values: [DraftValue.Field] = []
        for field in fields {
            if let value = try field.value(in: json) { values.append(DraftValue.Field(field.text, value)) }
        }
        return values
    }

    /// A value as it stands in a form or a table; empty for none.
    public func shown(_ value: DraftValue?, _ style: MasterStyle) -> String {
        switch value {
        case nil: return ""
        case .flag(let flag): return flag ? "true" : "false"
        case .text(let text): return text
        case .number(let digits):
            guard case .form(let places) = style, let number = Int64(digits) else { return digits }
            switch kind {
            case .money: return decimalText(number, digits: places)
            case .percent: return decimalText(number, digits: 2)
            default: return digits
            }
        case .list(let values):
            guard case .texts = kind else { return String(decoding: DraftValue.list(values).bytes, as: UTF8.self) }
            return Self.joined(values, style)
        case .object, .written: return String(decoding: value?.bytes ?? [], as: UTF8.self)
        }
    }

    private static func joined(_ values: [DraftValue], _ style: MasterStyle) -> String {
        let texts = values.map { value in
            if case .text(let text) = value { text } else { "" }
        }
        if case .form = style { return texts.joined(separator: "\n") }
        let isPlain =
            texts.allSatisfy { !$0.contains("|") && !$0.contains("\n") } && texts.first?.hasPrefix("[") != true
        return isPlain ? texts.joined(separator: "|") : String(decoding: DraftValue.list(values).bytes, as: UTF8.self)
    }
}
