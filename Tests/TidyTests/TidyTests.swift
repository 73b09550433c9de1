import Testing

@Suite("Tidy sources") struct TidyTests {
    @Test(arguments: Rule.all)
    func everyFileKeepsTheRule(_ rule: Rule) throws {
        let complaints = try Sources.all().flatMap(rule.complaints)
        #expect(complaints == [])
    }

    /// A rule that cannot fail guards nothing: each has a bad sample, and a good one beside it.
    @Test(arguments: Samples.all)
    func ruleFindsItsBadSample(_ sample: Sample) throws {
        let rule = try #require(Rule.all.first { $0.name == sample.rule })
        #expect(rule.complaints(SourceFile(sample.path, sample.bad)).count == 1, "bad sample of \(sample.rule)")
        let good = SourceFile(sample.goodPath ?? sample.path, sample.good)
        #expect(rule.complaints(good) == [], "good sample of \(sample.rule)")
    }

    @Test func everyRuleHasABadSample() {
        #expect(Set(Samples.all.map(\.rule)) == Set(Rule.all.map(\.name)))
    }

    @Test func sourcesAreReallyRead() throws {
        let paths = try Sources.all().map(\.path)
        #expect(paths.count > 300)
        #expect(paths.contains("Shared/Pipeline/Flow/Lane.swift"))
        #expect(paths.contains("Package.swift"))
    }

    @Test func nothingUnexpectedStandsAtTheTop() throws {
        #expect(TopLevel.unexpected(try Sources.topLevelEntries()) == [])
        #expect(TopLevel.unexpected(["Shared", "scratch.txt", ".gitignore"]) == ["scratch.txt"])
    }
}

/// What may stand in the package's folder.
///
/// - Source: DESIGN section 1.
enum TopLevel {
    private static let entries: Set = [
        "Package.swift", "Package.resolved", "README.md", "README.zh-CN.md", "LICENSE", "CHANGELOG.md",
        "docker-compose.yml", "Shared",
        "Services", "Tests", "deploy",
    ]

    static func unexpected(_ names: [String]) -> [String] {
        names.filter { !$0.hasPrefix(".") && !entries.contains($0) }
    }
}
