import Contracts
import Foundation
import Testing

/// Every type that may have a golden file.
private let knownTypes = GoldenFile.types(
    (InboundTypes.all + OutboundTypes.all)
)

@Suite("Golden files")
struct GoldenTests {
    @Test("A sample is read and written back byte for byte", arguments: GoldenFile.names())
    func sampleSurvives(name: String) throws {
        let type = try #require(knownTypes[name], "no type is called \(name)")
        let samples = try GoldenFile.samples(name)
        #expect(!samples.isEmpty)
        for bytes in samples {
            let message = try type.init(JSONDocument.object(bytes))
            #expect(String(decoding: message.jsonBytes, as: UTF8.self) == String(decoding: bytes, as: UTF8.self))
        }
    }

    @Test("Every type has a sample and every sample a type")
    func typesAndSamplesMatch() {
        #expect(Set(knownTypes.keys) == Set(GoldenFile.names()))
    }

    @Test("The samples of a type use every field of it", arguments: GoldenFile.names())
    func samplesUseEveryField(name: String) throws {
        let type = try #require(knownTypes[name])
        var usage = FieldUsage()
        for bytes in try GoldenFile.samples(name) { usage.visit(try type.init(JSONDocument.object(bytes))) }
        #expect(usage.unused == [])
    }

    @Test("A field that only nil or an empty list fills counts as unused")
    func unusedFieldIsSeen() {
        var usage = FieldUsage()
        usage.visit(AfterSalesRequest.Line(lineID: "1", quantity: 1))
        #expect(usage.unused == ["Line.exchangeSku"])
    }
}

/// The files of `Golden`, named after the type: a line of JSON for each sample.
///
/// One sample is enough, unless fields of the type exclude each other.
enum GoldenFile {
    private static let folder = Bundle.module.bundleURL.appending(path: "Golden")

    static func types(_ types: [any Message.Type]) -> [String: any Message.Type] {
        Dictionary(uniqueKeysWithValues: types.map { ($0.type, $0) })
    }

    /// The types that have a file; empty when the folder is missing, which `typesAndSamplesMatch` reports.
    static func names() -> [String] {
        let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
        let names = files?.compactMap { ($0 as? URL)?.lastPathComponent } ?? []
        return names.filter { $0.hasSuffix(".json") }.map { String($0.dropLast(5)) }.sorted()
    }

    /// The lines without their ends.
    static func samples(_ name: String) throws -> [[UInt8]] {
        try Data(contentsOf: folder.appending(path: "\(name).json")).split(separator: UInt8(ascii: "\n")).map(
            Array.init)
    }

    /// The first sample.
    static func bytes(_ name: String) throws -> [UInt8] { try samples(name)[0] }
}

/// Which stored properties of a value, and of the values in it, hold something.
private struct FieldUsage {
    private var seen: Set<String> = []
    private var filled: Set<String> = []

    var unused: [String] { seen.subtracting(filled).sorted() }

    /// - Returns: Whether `value` is more than nil or an empty list.
    @discardableResult
    mutating func visit(_ value: Any) -> Bool {
        let mirror = Mirror(reflecting: value)
        switch mirror.displayStyle {
        case .optional:
            guard let child = mirror.children.first else { return false }
            return visit(child.value)
        case .collection:
            for child in mirror.children { visit(child.value) }
            return !mirror.children.isEmpty
        case .struct where value is any JSONCoded:
            for child in mirror.children {
                let field = "\(mirror.subjectType).\(child.label ?? "")"
                seen.insert(field)
                if visit(child.value) { filled.insert(field) }
            }
            return true
        default: return true
        }
    }
}
