import Foundation

/// Reads settings from the environment and collects what is wrong with all of them.
///
/// A secret `X` may stand in a file named by `X_FILE`. Reading a key also puts it down for `--help`.
public struct SettingsReader: Sendable {
    public private(set) var defects: [String] = []
    public private(set) var keys: [(name: String, note: String)] = []
    private let environment: [String: String]

    /// The environment of this process.
    public init() { self.init(ProcessInfo.processInfo.environment) }

    public init(_ environment: [String: String]) { self.environment = environment }

    public mutating func text(
        _ name: String, default fallback: String, check: (String) -> String? = { _ in nil }
    ) -> String {
        note(name, "text, default \(fallback.isEmpty ? "empty" : fallback)")
        guard let text = environment[name], !text.isEmpty else { return fallback }
        if let wrong = check(text) { defect(name, wrong) }
        return text
    }

    /// A required secret, from the key itself or from the file that `<key>_FILE` names.
    public mutating func secret(_ name: String) -> String {
        note(name, "text, required, secret; also \(name)_FILE")
        let defectCount = defects.count
        if let text = secretText(name) { return text }
        if defects.count == defectCount { defect(name, "is missing") }
        return ""
    }

    /// A secret that may be absent, from the same two places.
    ///
    /// - Parameter meaning: What `--help` says of it beside that.
    public mutating func optionalSecret(_ name: String, _ meaning: String? = nil) -> String? {
        note(name, "text, secret; also \(name)_FILE" + (meaning.map { "; \($0)" } ?? ""))
        return secretText(name)
    }

    private mutating func secretText(_ name: String) -> String? {
        if let text = environment[name], !text.isEmpty { return text }
        guard let path = environment["\(name)_FILE"], !path.isEmpty else { return nil }
        // The file's own error would name nothing more than the path, which is said here.
        guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
            defect("\(name)_FILE", "names a file that cannot be read: \(path)")
            return nil
        }
        return text.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    public mutating func integer(_ name: String, in range: ClosedRange<Int>, default fallback: Int) -> Int {
        note(name, "\(range.lowerBound) to \(range.upperBound), default \(fallback)")
        guard let text = environment[name], !text.isEmpty else { return fallback }
        guard let number = Int(text), range.contains(number) else {
            defect(name, "'\(text)' is not a whole number from \(range.lowerBound) to \(range.upperBound)")
            return fallback
        }
        return number
    }

    /// An IPv4 address to listen on; 0.0.0.0 lets others in, in a container say.
    public mutating func address(_ name: String, default fallback: String = "127.0.0.1") -> String {
        text(name, default: fallback) { HTTPAddress.isIPv4($0) ? nil : "'\($0)' is not an IPv4 address" }
    }

    public mutating func word(_ name: String, of words: [String], default fallback: String) -> String {
        note(name, "\(words.joined(separator: "|")), default \(fallback)")
        guard let text = environment[name], !text.isEmpty else { return fallback }
        guard words.contains(text) else {
            defect(name, "'\(text)' is none of \(words.joined(separator: ", "))")
            return fallback
        }
        return text
    }

    /// Every key that starts so, the rest of its name in lower case with dots.
    public mutating func prefixed(_ prefix: String) -> [String: String] {
        note("\(prefix)…", "any property, its dots as underscores")
        var found: [String: String] = [:]
        for (name, value) in environment where name.hasPrefix(prefix) {
            let property = name.dropFirst(prefix.count).lowercased().replacingOccurrences(of: "_", with: ".")
            found[property] = value
        }
        return found
    }

    /// Once, also when a service and its edge read the same key.
    private mutating func note(_ name: String, _ note: String) {
        if !keys.contains(where: { $0.name == name }) { keys.append((name, note)) }
    }

    public mutating func defect(_ name: String, _ reason: String) { defects.append("\(name): \(reason)") }
}
