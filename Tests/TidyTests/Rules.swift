/// One rule about single files: what it complains of, as `path:line: what`.
struct Rule: Sendable, CustomStringConvertible {
    let name: String
    let complaints: @Sendable (SourceFile) -> [String]

    var description: String { name }

    static let all: [Rule] = [
        Rule(name: "imports", complaints: ImportRules.complaints),
        Rule(name: "pure domain", complaints: impurities),
        Rule(name: "file length", complaints: longFile),
        Rule(name: "function length", complaints: longFunctions),
        Rule(name: "unchecked", complaints: unchecked),
        Rule(name: "unknown topics", complaints: unknownTopics),
        Rule(name: "unfinished work", complaints: unfinishedWork),
        Rule(name: "file names", complaints: vagueNames),
    ]

    /// - Source: STYLE section 3: no clock, no random, no environment, no logging, no `async` in a domain.
    private static func impurities(_ file: SourceFile) -> [String] {
        guard file.room.hasSuffix("/Domain") else { return [] }
        let words = [
            "Date()", "Date.now", "UUID()", ".now()", "ContinuousClock", "SystemClock", "Task {", "Task.", "print(",
            "Logger", ".random(", "randomElement", "shuffled(", "ProcessInfo", "FileManager", "async", "await",
            "Thread",
        ]
        return file.code.flatMap { number, text in
            words.filter { contains(text, $0) }.map { "\(file.path):\(number): \($0)" }
        }
    }

    /// Whether a line holds the word by itself, not as a part of a longer one.
    private static func contains(_ text: String, _ word: String) -> Bool {
        text.ranges(of: word).contains { range in
            let before = text[..<range.lowerBound].last
            let after = text[range.upperBound...].first
            return !(word.first?.isLetter == true && before.map(isPartOfName) == true)
                && !(word.last?.isLetter == true && after.map(isPartOfName) == true)
        }
    }

    private static func isPartOfName(_ character: Character) -> Bool {
        character.isLetter || character.isNumber || character == "_"
    }

    private static func longFile(_ file: SourceFile) -> [String] {
        let count = file.lines.last == "" ? file.lines.count - 1 : file.lines.count
        return count > 300 ? ["\(file.path):\(count): more than 300 lines"] : []
    }

    /// A function ends with the first brace at its own indentation; `swift format` keeps it so.
    private static func longFunctions(_ file: SourceFile) -> [String] {
        var complaints: [String] = []
        var open: (line: Int, indentation: Int)?
        for (number, text) in file.code {
            let indentation = text.prefix { $0 == " " }.count
            if let start = open, indentation == start.indentation, text.dropFirst(indentation).hasPrefix("}") {
                if number - start.line + 1 > 70 { complaints.append("\(file.path):\(start.line): more than 70 lines") }
                open = nil
            }
            if open == nil, text.contains("func ") || text.contains("init"),
                text.firstMatch(of: /^\s*(?:[@\w()]+ )*(?:func |init[?(<]|deinit\b)/) != nil,
                !(text.hasSuffix("}") && text.contains("{"))
            {
                open = (number, indentation)
            }
        }
        return complaints
    }

    private static func unchecked(_ file: SourceFile) -> [String] {
        if ["Shared/Kafka", "Shared/Postgres"].contains(file.room) { return [] }
        return file.code.filter { $0.text.contains("@unchecked") }.map { "\(file.path):\($0.number): @unchecked" }
    }

    /// Text that looks like a topic's name and is none; tests may make up their own.
    private static func unknownTopics(_ file: SourceFile) -> [String] {
        if file.path.hasPrefix("Tests/") { return [] }
        return file.lines.enumerated().flatMap { index, line -> [String] in
            guard line.contains(".v") else { return [] }
            return line.matches(of: /"([a-z][a-z0-9-]*(?:\.[a-z0-9-]+)+\.v[0-9]+)"/).map { String($0.1) }.filter {
                !KnownNames.topics.contains($0) && !KnownNames.types.contains($0)
            }.map { "\(file.path):\(index + 1): \($0)" }
        }
    }

    private static func unfinishedWork(_ file: SourceFile) -> [String] {
        if file.path.hasPrefix("Tests/TidyTests/") { return [] }
        let word = /\b(TODO|FIXME|XXX|HACK)\b/
        return file.lines.enumerated().filter { $0.element.firstMatch(of: word) != nil }.map {
            "\(file.path):\($0.offset + 1): \($0.element.drop { $0 == " " })"
        }
    }

    private static func vagueNames(_ file: SourceFile) -> [String] {
        let name = file.path.split(separator: "/").last?.dropLast(".swift".count) ?? ""
        let isVague = name.firstMatch(of: /(Utils?|Utilities|Helpers?|Common|Manager|Base|Misc|New)$/) != nil
        return isVague ? ["\(file.path):1: \(name)"] : []
    }
}
