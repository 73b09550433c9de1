/// Records of comma-separated text.
///
/// - Shape: fields between quotes may hold commas, line ends and doubled quotes; lines end with CRLF, LF or CR; a byte
///   order mark is passed over, blank lines are left out but counted. A record that breaks the rules is `defect`.
/// - Errors: `OpsFailure` for a file that is not UTF-8.
/// - Source: RFC 4180.
struct CommaSeparated {
    struct Record: Equatable {
        /// As a spreadsheet numbers it: the first record is 1, whatever lines its fields hold.
        let row: Int
        let fields: [String]
        var defect: String?
    }

    private let bytes: [UInt8]
    private var position: Int
    private var row = 0

    static func records(_ bytes: [UInt8]) throws -> [Record] {
        var reader = try CommaSeparated(bytes)
        var records: [Record] = []
        while let record = reader.next() {
            if record.fields != [""] || record.defect != nil { records.append(record) }
        }
        return records
    }

    private init(_ bytes: [UInt8]) throws {
        guard String(validating: bytes, as: UTF8.self) != nil, !bytes.contains(0) else {
            throw OpsFailure(
                "the file is not UTF-8 (GBK or UTF-16, as spreadsheets save by default): save it as \"CSV UTF-8\"",
                status: .data)
        }
        self.bytes = bytes
        position = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    }

    private mutating func next() -> Record? {
        guard position < bytes.count else { return nil }
        row += 1
        var fields: [String] = []
        var defect: String?
        while true {
            let isQuoted = position < bytes.count && bytes[position] == UInt8(ascii: "\"")
            let (field, wrong) = isQuoted ? quoted() : plain()
            fields.append(field)
            if let wrong, defect == nil { defect = "field \(fields.count) \(wrong)" }
            guard position < bytes.count, bytes[position] == UInt8(ascii: ",") else { break }
            position += 1
        }
        skipLineEnd()
        return Record(row: row, fields: fields, defect: defect)
    }

    private mutating func plain() -> (String, String?) {
        let start = position
        while position < bytes.count, !Self.endsField(bytes[position]) { position += 1 }
        let field = bytes[start..<position]
        let wrong = field.contains(UInt8(ascii: "\"")) ? "holds a quote but does not begin with one" : nil
        return (String(decoding: field, as: UTF8.self), wrong)
    }

    private mutating func quoted() -> (String, String?) {
        var field: [UInt8] = []
        position += 1
        while position < bytes.count {
            if bytes[position] == UInt8(ascii: "\"") {
                let isDoubled = position + 1 < bytes.count && bytes[position + 1] == UInt8(ascii: "\"")
                guard isDoubled else { return closed(field) }
                position += 1
            }
            field.append(bytes[position])
            position += 1
        }
        return (String(decoding: field, as: UTF8.self), "has no closing quote")
    }

    /// Behind a closing quote nothing may stand but the end of the field.
    private mutating func closed(_ field: [UInt8]) -> (String, String?) {
        position += 1
        let start = position
        while position < bytes.count, !Self.endsField(bytes[position]) { position += 1 }
        return (String(decoding: field, as: UTF8.self), position == start ? nil : "goes on behind its closing quote")
    }

    private mutating func skipLineEnd() {
        guard position < bytes.count else { return }
        let isReturn = bytes[position] == UInt8(ascii: "\r")
        position += 1
        if isReturn, position < bytes.count, bytes[position] == UInt8(ascii: "\n") { position += 1 }
    }

    private static func endsField(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: ",") || byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
    }
}
