/// What the cells of a workbook refer to: its first sheet, its texts, and which styles show a date.
struct WorkbookParts {
    /// The part of the first sheet that can be seen.
    let sheet: String
    /// By the numbers that cells name them by.
    let texts: [String]
    let startsIn1904: Bool
    private let dateStyles: Set<Int>

    init(_ archive: ZipArchive) throws(SpreadsheetError) {
        let book = try Self.book(archive)
        sheet = try Self.sheet(book.relation, archive)
        startsIn1904 = book.startsIn1904
        texts = try Self.texts(archive)
        dateStyles = try Self.dateStyles(archive)
    }

    func isDate(style: Int) -> Bool { dateStyles.contains(style) }

    private static func book(_ archive: ZipArchive) throws(SpreadsheetError) -> (relation: String, startsIn1904: Bool) {
        guard let bytes = try archive.part("xl/workbook.xml") else {
            throw SpreadsheetError("the file is no workbook (XLSX)")
        }
        var relation: String?
        var startsIn1904 = false
        let reader = PartReader(
            begin: { name, attributes in
                if name == "workbookPr" { startsIn1904 = ["1", "true"].contains(attributes["date1904"]) }
                guard name == "sheet", relation == nil, (attributes["state"] ?? "visible") == "visible" else { return }
                relation = attributes.first { $0.key.hasSuffix(":id") }?.value
            }, end: { _, _ in })
        try reader.read(bytes, part: "xl/workbook.xml")
        guard let relation else { throw SpreadsheetError("the workbook has no sheet that can be seen") }
        return (relation, startsIn1904)
    }

    private static func sheet(_ relation: String, _ archive: ZipArchive) throws(SpreadsheetError) -> String {
        let part = "xl/_rels/workbook.xml.rels"
        var target: String?
        let reader = PartReader(
            begin: { name, attributes in
                if name == "Relationship", attributes["Id"] == relation { target = attributes["Target"] }
            }, end: { _, _ in })
        try reader.read(try archive.part(part) ?? [], part: part)
        guard let target else { throw SpreadsheetError("the workbook's sheet \(relation) is missing") }
        return target.hasPrefix("/") ? String(target.dropFirst()) : "xl/" + target
    }

    /// Runs of one text belong together; how it is pronounced does not belong to it.
    private static func texts(_ archive: ZipArchive) throws(SpreadsheetError) -> [String] {
        let part = "xl/sharedStrings.xml"
        guard let bytes = try archive.part(part) else { return [] }
        var texts: [String] = []
        var current = ""
        var isPhonetic = false
        let reader = PartReader(
            begin: { name, _ in
                if name == "si" { current = "" }
                if name == "rPh" { isPhonetic = true }
            },
            end: { name, text in
                switch name {
                case "t" where !isPhonetic: current += text
                case "rPh": isPhonetic = false
                case "si": texts.append(CellText.unescaped(current))
                default: break
                }
            })
        try reader.read(bytes, part: part)
        return texts
    }

    private static func dateStyles(_ archive: ZipArchive) throws(SpreadsheetError) -> Set<Int> {
        let part = "xl/styles.xml"
        guard let bytes = try archive.part(part) else { return [] }
        var formats: [Int: String] = [:]
        var styles: [Int] = []
        var isInStyles = false
        let reader = PartReader(
            begin: { name, attributes in
                let format = attributes["numFmtId"].flatMap { Int($0) }
                switch name {
                case "numFmt": if let format { formats[format] = attributes["formatCode"] }
                case "cellXfs": isInStyles = true
                case "xf" where isInStyles: styles.append(format ?? 0)
                default: break
                }
            }, end: { name, _ in if name == "cellXfs" { isInStyles = false } })
        try reader.read(bytes, part: part)
        let dates = styles.enumerated().filter { _, format in
            formats[format].map(CellText.isDate) ?? builtInDates.contains(format)
        }
        return Set(dates.map(\.offset))
    }

    /// Numbers of formats that every spreadsheet knows, those of Chinese, Japanese and Korean ones included.
    ///
    /// - Source: ECMA-376, part 1, section 18.8.30.
    private static let builtInDates = Set(14...22).union(27...36).union(45...47).union(50...58)
}
