import Foundation
import Testing

@testable import Contracts

/// Our reader against Foundation's on mutated documents.
///
/// Where they differ on purpose, and why: depth above 32 and size above 1 MiB are refused (a bound for every
/// message); U+0000 is refused (PostgreSQL cannot store it); a text starting with a byte order mark, or in UTF-16 or
/// UTF-32, is refused (RFC 8259 wants UTF-8); of a name given twice our first counts; numbers beyond 64 bits stay
/// tokens, while Foundation rounds or refuses them; a comma before a closing bracket is refused (RFC 8259), while
/// Foundation takes it.
@Suite("Reading JSON like Foundation")
struct JSONFuzzTests {
    @Test("20,000 mutated documents are accepted or refused alike, with equal values", arguments: [1, 2, 3, 4])
    func readersAgree(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var accepted = 0
        var refused = 0
        let others = Tree.onPurpose
        for _ in 0..<5000 {
            let bytes = DocumentMaker.mutatedDocument(using: &random)
            let ours = Tree(ours: bytes)
            if Tree.differsOnPurpose(bytes, others) { continue }
            let theirs = Tree(foundation: bytes)
            if ours == nil { refused += 1 } else { accepted += 1 }
            #expect(ours == theirs, "\(String(decoding: bytes, as: UTF8.self))")
        }
        #expect(accepted > 1000 && refused > 1000, "\(accepted) accepted, \(refused) refused")
    }
}

/// A JSON value as both readers see it.
private indirect enum Tree: Equatable {
    case null
    case bool(Bool)
    case integer(Int64)
    case number(Double)
    case text(String)
    case list([Tree])
    case object([String: Tree])

    static func == (left: Tree, right: Tree) -> Bool {
        switch (left, right) {
        case (.null, .null): true
        case (.bool(let left), .bool(let right)): left == right
        case (.integer(let left), .integer(let right)): left == right
        case (.text(let left), .text(let right)): left.utf8.elementsEqual(right.utf8)
        case (.list(let left), .list(let right)): left == right
        case (.object(let left), .object(let right)): left == right
        case (.number, .number), (.integer, .number), (.number, .integer): isNear(left.double, right.double)
        default: false
        }
    }

    private var double: Double {
        switch self {
        case .integer(let number): Double(number)
        case .number(let number): number
        default: .nan
        }
    }

    private static func isNear(_ left: Double, _ right: Double) -> Bool {
        left == right || abs(left - right) <= 1e-14 * max(abs(left), abs(right))
    }

    /// Numbers that only one of the two takes, and commas behind the last element.
    static var onPurpose: Regex<Substring> { /[0-9]{19}|[eE][+-]?0*[0-9]{3}|,\s*[}\]]/ }

    /// - Parameter others: `onPurpose`, which takes long to make.
    static func differsOnPurpose(_ bytes: [UInt8], _ others: Regex<Substring>) -> Bool {
        if bytes.contains(0) || bytes.starts(with: [0xEF, 0xBB, 0xBF]) || bytes.starts(with: [0xFE, 0xFF])
            || bytes.starts(with: [0xFF, 0xFE])
        {
            return true
        }
        let text = String(decoding: bytes, as: UTF8.self)
        return text.contains("\\u0000") || text.contains(others)
    }
}

extension Tree {
    /// `nil` when our reader refuses the text.
    init?(ours bytes: [UInt8]) {
        guard let object = try? JSONDocument.object(bytes), let tree = Tree(object.document, 0) else { return nil }
        self = tree
    }

    private init?(_ document: JSONDocument, _ index: Int) {
        let node = document.nodes[index]
        let value = JSONValue(document: document, node: index)
        switch node.kind {
        case .null: self = .null
        case .bool: self = .bool(document.bytes[Int(node.start)] == UInt8(ascii: "t"))
        case .number:
            if let integer = try? value.integer() {
                self = .integer(integer)
            } else {
                guard let token = try? value.token(atMost: .max), let number = Double(token) else { return nil }
                self = .number(number)
            }
        case .string:
            guard let text = try? value.string(atMost: .max) else { return nil }
            self = .text(text)
        case .array, .object:
            var list: [Tree] = []
            var child = index + 1
            while child < Int(node.next) {
                guard let tree = Tree(document, child) else { return nil }
                list.append(tree)
                child = Int(document.nodes[child].next)
            }
            self = node.kind == .array ? .list(list) : .object(Self.fields(list))
        }
    }

    private static func fields(_ namesAndValues: [Tree]) -> [String: Tree] {
        var fields: [String: Tree] = [:]
        for index in stride(from: 0, to: namesAndValues.count, by: 2) {
            guard case .text(let name) = namesAndValues[index], fields[name] == nil else { continue }
            fields[name] = namesAndValues[index + 1]
        }
        return fields
    }

    /// `nil` when Foundation refuses the text, or when it is no object.
    init?(foundation bytes: [UInt8]) {
        guard let value = try? JSONSerialization.jsonObject(with: Data(bytes)), let object = value as? [String: Any]
        else { return nil }
        self = .object(object.mapValues(Tree.init(any:)))
    }

    private init(any value: Any) {
        switch value {
        case let text as String: self = .text(text)
        case let list as [Any]: self = .list(list.map(Tree.init(any:)))
        case let object as [String: Any]: self = .object(object.mapValues(Tree.init(any:)))
        case let number as NSNumber:
            switch unsafe String(cString: number.objCType) {
            case "c", "B": self = .bool(number.boolValue)
            case "q": self = .integer(number.int64Value)
            default: self = .number(number.doubleValue)
            }
        default: self = .null
        }
    }
}
