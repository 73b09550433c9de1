/// Forms with files.
///
/// - Source: RFC 7578; browsers send neither nested parts nor encodings.
enum MultipartForm {
    static let maximumParts = 500

    static func read(_ body: [UInt8], _ contentType: String) throws(SiteProblem) -> FormFields {
        guard let boundary = parameter("boundary", of: contentType), 1...70 ~= boundary.utf8.count else {
            throw .badRequest
        }
        var fields = FormFields()
        let mark = Array("\r\n--\(boundary)".utf8)
        // The first mark may stand at the very beginning.
        var rest = (Array("\r\n".utf8) + body)[...]
        guard let start = find(mark, in: rest) else { throw .badRequest }
        rest = rest[(start + mark.count)...]
        for _ in 0..<maximumParts {
            if rest.starts(with: Array("--".utf8)) { return fields }
            guard rest.starts(with: Array("\r\n".utf8)) else { throw .badRequest }
            // The line end of one mark does not begin the next: a part without a head ends here as any other.
            rest = rest.dropFirst(2)
            guard let end = find(mark, in: rest) else { throw .badRequest }
            try add(rest[..<end], to: &fields)
            rest = rest[(end + mark.count)...]
        }
        throw .badRequest
    }

    private static func add(_ part: ArraySlice<UInt8>, to fields: inout FormFields) throws(SiteProblem) {
        guard let end = find(Array("\r\n\r\n".utf8), in: part), end - part.startIndex <= 4096,
            let head = String(validating: part[..<end], as: UTF8.self)
        else { throw .badRequest }
        let content = Array(part[(end + 4)...])
        let disposition = head.split(separator: "\r\n").first { $0.lowercased().hasPrefix("content-disposition:") }
        guard let disposition = disposition.map(String.init), let name = parameter("name", of: disposition) else {
            throw .badRequest
        }
        if let fileName = parameter("filename", of: disposition) {
            if !content.isEmpty { fields.add(name, UploadedFile(name: String(fileName.suffix(200)), bytes: content)) }
        } else if let text = String(validating: content, as: UTF8.self) {
            try fields.add(name, text)
        } else {
            throw .badRequest
        }
    }

    /// `x` of `; name="x"` or `; name=x`; browsers write quotes inside as `%22`.
    private static func parameter(_ name: String, of header: String) -> String? {
        for piece in pieces(of: header).dropFirst() {
            let parts = piece.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2, String(parts[0]).trimmed.lowercased() == name else { continue }
            let value = String(parts[1]).trimmed
            guard value.hasPrefix("\""), value.hasSuffix("\""), value.count >= 2 else { return value }
            return String(value.dropFirst().dropLast()).replacing("%22", with: "\"")
        }
        return nil
    }

    /// What stands between semicolons that are not quoted.
    private static func pieces(of header: String) -> [Substring] {
        var isQuoted = false
        return header.split(omittingEmptySubsequences: false) { character in
            if character == "\"" { isQuoted.toggle() }
            return character == ";" && !isQuoted
        }
    }

    private static func find(_ mark: [UInt8], in bytes: ArraySlice<UInt8>) -> Int? {
        guard let first = mark.first, bytes.count >= mark.count else { return nil }
        var start = bytes.startIndex
        while let index = bytes[start...].firstIndex(of: first), index + mark.count <= bytes.endIndex {
            if bytes[index..<(index + mark.count)].elementsEqual(mark) { return index }
            start = index + 1
        }
        return nil
    }
}
