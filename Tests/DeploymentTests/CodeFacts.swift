import ConsoleEdge
import Contracts
import Foundation
import IntakeEdge
import Pipeline

@testable import Intake

/// What the code says about itself, for comparison with the files that start it.
struct CodeFacts: Sendable {
    static let root = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// Executables of Package.swift.
    let products: Set<String>
    /// Variables every process reads; one that ends in `…` stands for all that start so.
    let serviceKeys: Set<String>
    /// Variables of intake alone.
    let intakeKeys: Set<String>
    /// Variables of the console alone.
    let consoleKeys: Set<String>
    /// Variables `ops migrate` reads besides.
    let migrationKeys: Set<String>
    /// The words `ServiceProcess` takes as its first argument.
    let serviceCommands: Set<String>
    /// The source of `ops` in one text, to look for its commands.
    let operatorsSource: String

    init() throws {
        let package = try Self.text("Package.swift")
        products = Set(package.matches(of: #/\.executable\(name: "([^"]+)"/#).map { String($0.1) })
        var reader = SettingsReader([:])
        _ = ProcessSettings(&reader)
        serviceKeys = Self.names(reader)
        intakeKeys = Self.names(Self.intakeReader([:]))
        consoleKeys = Self.names(Self.consoleReader([:]))
        var migrationReader = SettingsReader([:])
        for service in Topic.services { _ = MigrationSettings(&migrationReader, service: service) }
        migrationKeys = Self.names(migrationReader)
        let process = try Self.text("Shared/Pipeline/Process/ServiceProcess.swift")
        let cases = process.matches(of: #/case ((?:"[^"]+"(?:, )?)+):/#).map { String($0.1) }
        serviceCommands = Set(cases.flatMap { $0.matches(of: #/"([^"]+)"/#).map { String($0.1) } })
        operatorsSource = try Self.sources("Services/Ops")
    }

    /// What intake says of these variables.
    static func intakeReader(_ variables: [String: String]) -> SettingsReader {
        var reader = SettingsReader(variables)
        _ = ChannelEdge(&reader) { (_, _, _) in nil }
        _ = PrivacySettings.read(&reader)
        return reader
    }

    /// What the console says of these variables.
    static func consoleReader(_ variables: [String: String]) -> SettingsReader {
        var reader = SettingsReader(variables)
        _ = ConsoleSite(&reader)
        return reader
    }

    /// Whether `ops` has a command of this name: as a quoted word, or as a type named after it.
    func hasOperatorsCommand(_ word: String) -> Bool {
        let type = word.split(separator: "-").map(\.capitalized).joined()
        let declaration = #/struct (\w+): [^{]*ParsableCommand/#
        return operatorsSource.contains("\"\(word)\"")
            || operatorsSource.matches(of: declaration).contains { $0.1 == type || $0.1 == "\(type)Command" }
    }

    /// Whether a process that knows these keys reads the variable.
    static func isKnown(_ variable: String, among keys: Set<String>) -> Bool {
        keys.contains(variable)
            || keys.contains { $0.hasSuffix("…") && variable.hasPrefix($0.dropLast()) && variable.count >= $0.count }
    }

    static func text(_ path: String) throws -> String {
        try String(contentsOf: root.appending(path: path), encoding: .utf8)
    }

    /// The names of all keys read, a secret's file beside the secret.
    private static func names(_ reader: SettingsReader) -> Set<String> {
        Set(reader.keys.flatMap { key in key.note.contains("secret") ? [key.name, "\(key.name)_FILE"] : [key.name] })
    }

    private static func sources(_ folder: String) throws -> String {
        let files = FileManager.default.enumerator(at: root.appending(path: folder), includingPropertiesForKeys: nil)
        var text = ""
        while let file = files?.nextObject() as? URL {
            if file.pathExtension == "swift" { text += try String(contentsOf: file, encoding: .utf8) }
        }
        return text
    }
}
