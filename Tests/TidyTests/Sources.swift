import Foundation

/// The sources of this package, read from the disk.
enum Sources {
    /// The package's folder: two above this file's.
    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// Every Swift file in the folders of ours, by its path from the root.
    static func all() throws -> [SourceFile] { try known.get() }

    /// Each rule looks at all of them.
    private static let known = Result {
        try ["Package.swift"].map(read) + ["Shared", "Services", "Tests"].flatMap(files)
    }

    static func topLevelEntries() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: root.path).sorted()
    }

    private static func files(under folder: String) throws -> [SourceFile] {
        guard let paths = FileManager.default.enumerator(atPath: root.appending(path: folder).path) else {
            throw Unreadable(folder: folder)
        }
        return try paths.compactMap { $0 as? String }.filter { $0.hasSuffix(".swift") }.sorted().map {
            try read("\(folder)/\($0)")
        }
    }

    private static func read(_ path: String) throws -> SourceFile {
        SourceFile(path, try String(contentsOf: root.appending(path: path), encoding: .utf8))
    }

    struct Unreadable: Error { let folder: String }
}

/// One Swift file.
struct SourceFile: Sendable {
    let path: String
    let lines: [String]
    /// The lines without comments and without what stands between quotes; numbered from 1.
    let code: [(number: Int, text: String)]

    init(_ path: String, _ text: String) {
        self.path = path
        lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        code = Self.code(lines)
    }

    private static func code(_ lines: [String]) -> [(number: Int, text: String)] {
        var isQuoted = false
        return lines.enumerated().map { index, line in
            let marks = line.components(separatedBy: "\"\"\"").count - 1
            let wasQuoted = isQuoted
            if marks % 2 == 1 { isQuoted.toggle() }
            if wasQuoted { return (index + 1, "") }
            return (index + 1, bare(line))
        }
    }

    /// A line up to its comment, its text literals emptied.
    private static func bare(_ line: String) -> String {
        var bare = ""
        var isText = false
        var previous: Character = " "
        for character in line {
            if character == "\"", previous != "\\" { isText.toggle() }
            if !isText, character == "/", previous == "/" { return String(bare.dropLast()) }
            if !isText || character == "\"" { bare.append(character) }
            previous = previous == "\\" && character == "\\" ? " " : character
        }
        return bare
    }

    /// `Shared/Kafka` of `Shared/Kafka/Admin.swift`, `Services/Intake/Domain` of `Services/Intake/Domain/Order.swift`.
    var room: String {
        let parts = path.split(separator: "/").map(String.init)
        let depth = parts.first == "Services" ? 3 : 2
        return parts.dropLast().prefix(depth).joined(separator: "/")
    }

    /// The modules it imports, with the lines they stand in.
    var imports: [(number: Int, module: String)] {
        // A regex is read anew each time it is reached, so only lines that may match come there.
        code.compactMap { number, text in
            guard text.contains("import "),
                let match = text.firstMatch(
                    of: /^\s*(?:@\w+ )*(?:(?:public|internal|private|package) )?import (?:\w+ )?([A-Za-z_]\w*)/)
            else { return nil }
            return (number, String(match.1))
        }
    }
}
