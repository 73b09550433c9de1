import Foundation
import Testing

@Suite("docker-compose.yml")
struct ComposeTests {
    /// Both are read once; a failure to read fails every test that looks.
    static let file = Result { try ComposeCommand.read(CodeFacts.root.appending(path: "docker-compose.yml")) }
    static let facts = Result { try CodeFacts() }

    @Test("agrees with the code", arguments: ComposeRule.allCases)
    func agreesWithTheCode(_ rule: ComposeRule) throws {
        #expect(try rule.complaints(Self.file.get(), Self.facts.get()) == [])
    }

    @Test("every rule notices", arguments: BadSample.all)
    func everyRuleNotices(_ sample: BadSample) throws {
        var file = try Self.file.get()
        let facts = try Self.facts.get()
        let before = Set(sample.rule.complaints(file, facts))
        try sample.spoil(&file)
        #expect(!before.isSuperset(of: sample.rule.complaints(file, facts)))
    }

    @Test func everyRuleHasABadSample() {
        #expect(Set(BadSample.all.map(\.rule)) == Set(ComposeRule.allCases))
    }

    @Test("a key that only newer readers take is refused", arguments: ["name: tributary", "include: [other.yml]"])
    func newerKeyIsRefused(_ line: String) throws {
        let text = "services: {a: {image: b}}\nsecrets: {s: {file: ./s}}\n"
        #expect(try ComposeCommand.read(text: text).services.keys.sorted() == ["a"])
        #expect(throws: ComposeCommand.Failure.self) { try ComposeCommand.read(text: text + line) }
    }

    @Test func missingCommandIsNamed() {
        #expect(throws: ComposeCommand.Failure.self) {
            try ComposeCommand.output(of: ["tributary-no-such-command"], missing: "it is missing")
        }
    }

    /// The commands at the top of the file are run as they stand there.
    @Test func instructionsMakeEverySecret() throws {
        let directory = FileManager.default.temporaryDirectory.appending(path: "secrets-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: directory) }  // A temporary directory left behind hurts nobody.
        let lines = try CodeFacts.text("docker-compose.yml").split(separator: "\n", omittingEmptySubsequences: false)
        let script = lines.drop { $0 != "#   mkdir -p .run && mkdir -m 700 .run/secrets" }
            .prefix { $0.hasPrefix("#   ") }.map { $0.dropFirst(4) }.joined(separator: "\n")
        try #require(!script.isEmpty)
        _ = try ComposeCommand.output(of: ["sh", "-euc", script], in: directory)
        for (name, secret) in try Self.file.get().secrets {
            let file = directory.appending(path: ".run/secrets/" + URL(filePath: secret.file).lastPathComponent)
            let text = try String(contentsOf: file, encoding: .utf8)
            #expect(text.hasPrefix("postgresql://") == name.hasSuffix("-url"), "\(name)")
            #expect(text.count >= (name == "parties-master-key" ? 47 : 48), "\(name)")
        }
    }
}
