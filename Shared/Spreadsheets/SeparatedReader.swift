/// Reads comma-separated text, or text with tabs where its first line has them and no comma.
///
/// - Shape: cells between quotes may hold separators, line ends and doubled quotes; lines end with CRLF, LF or CR. A row that
///   breaks the rules has a defect. The apostrophe of `SeparatedText` is taken away again.
/// - Source: RFC 4180.
struct SeparatedReader {
    private let bytes: [UInt8]
    private let separator: UInt8
    private var position = 0
    private var number = 0

    static func rows(_ bytes: [UInt8], limit: Int) throws(SpreadsheetError) -> [TableRow] {
        var reader = SeparatedReader(Array(try TextEncoding.text(of: bytes).utf8))
        var rows: [TableRow] = []
        while let row = reader.next() {
            guard row.defect != nil || row.cells.contains(where: { !$0.isEmpty }) else { continue }
            guard rows.count < limit else {
                throw SpreadsheetError("there are more than \(limit) rows; split the table")
            }
            guard row.cells.count <= TableReader.maximumColumns else {
                throw SpreadsheetError("row \(row.number) has more than \(TableReader.maximumColumns) columns")
            }
            rows.append(row)
        }
        return rows
    }

    private init(_ bytes: [UInt8]) {
        self.bytes = bytes
        let head = bytes.prefix { !Self.isLineEnd($0) }
        let hasTabs = head.contains(UInt8(ascii: "\t")) && !head.contains(UInt8(ascii: ","))
        separator = UInt8(ascii: hasTabs ? "\t" : ",")
    }

    private mutating func next() -> TableRow? {
        guard position < bytes.count else { return nil }
        number += 1
        var cells: [String] = []
        var defect: String?
        while true {
            let isQuoted = position < bytes.count && bytes[position] == UInt8(ascii: "\"")
            let (cell, wrong) = isQuoted ? quoted() : plain()
            cells.append(SeparatedText.withoutGuard(cell))
            if let wrong, defect == nil { defect = "field \(cells.count) \(wrong)" }
            guard position < bytes.count, bytes[position] == separator else { break }
            position += 1
        }
        skipLineEnd()
        return TableRow(number: number, cells: cells, defect: defect)
    }

    private mutating func plain() -> (String, String?) {
        let start = position
        skipCell()
        let cell = bytes[start..<position]
        let wrong = cell.contains(UInt8(ascii: "\"")) ? "holds a quote but does not begin with one" : nil
        return (String(decoding: cell, as: UTF8.self), wrong)
    }

    private mutating func quoted() -> (String, String?) {
        var cell: [UInt8] = []
        position += 1
        while position < bytes.count {
            if bytes[position] == UInt8(ascii: "\"") {
                let isDoubled = position + 1 < bytes.count && bytes[position + 1] == UInt8(ascii: "\"")
                guard isDoubled else { return closed(cell) }
                position += 1
            }
            cell.append(bytes[position])
            position += 1
        }
        return (String(decoding: cell, as: UTF8.self), "has no closing quote")
    }

    /// Behind a closing quote nothing may stand but the end of the cell.
    private mutating func closed(_ cell: [UInt8]) -> (String, String?) {
        position += 1
        let start = position
        skipCell()
        return (String(decoding: cell, as: UTF8.self), position == start ? nil : "goes on behind its closing quote")
    }

    private mutating func skipCell() {
        while position < bytes.count, bytes[position] != separator, !Self.isLineEnd(bytes[position]) { position += 1 }
    }

    private mutating func skipLineEnd() {
        guard position < bytes.count else { return }
        let isReturn = bytes[position] == UInt8(ascii: "\r")
        position += 1
        if isReturn, position < bytes.count, bytes[position] == UInt8(ascii: "\n") { position += 1 }
    }

    private static func isLineEnd(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") }
}
