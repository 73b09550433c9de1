/// The fields of a form or a query, each with all of its values in order.
struct FormFields: Sendable {
    private var values: [String: [String]] = [:]
    /// What was chosen from the disk, by field.
    private(set) var files: [String: UploadedFile] = [:]

    static let maximumCount = 2000

    init() {}

    /// Reads `a=1&b=2`.
    ///
    /// - Throws: `SiteProblem.badRequest` for broken escapes, U+0000 or too many fields.
    init(urlEncoded text: some StringProtocol) throws(SiteProblem) {
        let pairs = text.split(separator: "&")
        guard pairs.count <= Self.maximumCount else { throw .badRequest }
        for pair in pairs {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = PercentCoding.decoded(parts[0], plusIsSpace: true),
                let value = PercentCoding.decoded(parts.count > 1 ? parts[1] : "", plusIsSpace: true)
            else { throw .badRequest }
            try add(name, value)
        }
    }

    mutating func add(_ name: String, _ value: String) throws(SiteProblem) {
        guard !value.utf8.contains(0), !name.utf8.contains(0) else { throw .badRequest }
        values[name, default: []].append(value)
    }

    mutating func add(_ name: String, _ file: UploadedFile) { files[name] = file }

    /// The first value as it was typed.
    subscript(_ name: String) -> String? { values[name]?.first }

    /// The first value without space around it; nil when nothing is left.
    func text(_ name: String) -> String? {
        guard let value = values[name]?.first else { return nil }
        let trimmed = value.trimmed
        return trimmed.isEmpty ? nil : trimmed
    }

    func all(_ name: String) -> [String] { values[name] ?? [] }

    var names: [String] { values.keys.sorted() }
}

/// A file that came with a form.
struct UploadedFile: Sendable {
    let name: String
    let bytes: [UInt8]
}

extension String {
    /// Without white space at both ends.
    var trimmed: String {
        let start = drop { $0.isWhitespace }
        guard let end = start.lastIndex(where: { !$0.isWhitespace }) else { return "" }
        return String(start[...end])
    }
}
