import Testing

@testable import Spreadsheets

@Suite("Tables as text")
struct SeparatedTextTests {
    private func read(_ text: String, limit: Int = 100) throws -> [TableRow] {
        try TableReader.rows(Array(text.utf8), limit: limit)
    }

    private func cells(_ text: String) throws -> [[String]] { try read(text).map(\.cells) }

    private func line(_ cells: [String]) -> String {
        var bytes: [UInt8] = []
        SeparatedText.append(cells, to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// - Source: RFC 4180 section 2, its own examples, and what spreadsheets add.
    @Test(arguments: [
        ("aaa,bbb,ccc\r\nzzz,yyy,xxx\r\n", [["aaa", "bbb", "ccc"], ["zzz", "yyy", "xxx"]]),
        ("aaa,bbb,ccc\r\nzzz,yyy,xxx", [["aaa", "bbb", "ccc"], ["zzz", "yyy", "xxx"]]),
        ("\"aaa\",\"b\r\nbb\",\"ccc\"\r\nzzz,yyy,xxx", [["aaa", "b\r\nbb", "ccc"], ["zzz", "yyy", "xxx"]]),
        ("\"aaa\",\"b\"\"bb\",\"ccc\"", [["aaa", "b\"bb", "ccc"]]), ("a,\"b,c\"", [["a", "b,c"]]),
        ("\u{FEFF}a,b\nc,d", [["a", "b"], ["c", "d"]]), ("a,\n,b", [["a", ""], ["", "b"]]),
        ("a\rb\r", [["a"], ["b"]]), ("\"\",x", [["", "x"]]), ("", []), ("\r\n\r\na", [["a"]]),
        ("a\tb\n1\t2\n", [["a", "b"], ["1", "2"]]), ("a,b\tc\n", [["a", "b\tc"]]),
        ("a,b\n,\n1,\n", [["a", "b"], ["1", ""]]),
    ])
    func rowsAreThoseOfTheStandard(text: String, expected: [[String]]) throws {
        #expect(try cells(text) == expected)
    }

    @Test func rowsAreNumberedAsASpreadsheetNumbersThem() throws {
        #expect(try read("h\r\n\"two\nlines\"\r\n\r\nfour").map(\.number) == [1, 2, 4])
    }

    @Test(arguments: [
        ("a\"b,c\nd", "field 1 holds a quote but does not begin with one"),
        ("\"a\"b,c\nd", "field 1 goes on behind its closing quote"), ("a,\"b\nd", "field 2 has no closing quote"),
    ])
    func brokenQuotesAreTheDefectOfTheirRow(text: String, defect: String) throws {
        let rows = try read(text)
        #expect(rows.first?.defect == defect)
        #expect(rows.dropFirst().allSatisfy { $0.defect == nil })
    }

    /// 订单号 in UTF-8, in GBK, and in UTF-16 both ways round.
    @Test(
        arguments: [
            [0xE8, 0xAE, 0xA2, 0xE5, 0x8D, 0x95, 0xE5, 0x8F, 0xB7], [0xB6, 0xA9, 0xB5, 0xA5, 0xBA, 0xC5],
            [0xFF, 0xFE, 0xA2, 0x8B, 0x55, 0x53, 0xF7, 0x53], [0xFE, 0xFF, 0x8B, 0xA2, 0x53, 0x55, 0x53, 0xF7],
        ] as [[UInt8]])
    func encodingsOfSpreadsheetsAreKnown(bytes: [UInt8]) throws {
        #expect(try TableReader.rows(bytes, limit: 1).map(\.cells) == [["订单号"]])
        #expect(TableReader.text(of: bytes) == "订单号")
    }

    /// The end of a text in GB 18030 is missing; a zero.
    @Test(arguments: [[0x61, 0x0A, 0xB6, 0xA9, 0xB5], [0x61, 0x00]] as [[UInt8]])
    func whatIsNoTextIsToldWhatToDo(bytes: [UInt8]) throws {
        let error = #expect(throws: SpreadsheetError.self) { try TableReader.rows(bytes, limit: 10) }
        #expect(error?.description == "the file is no text that can be read: save it as \u{201C}CSV UTF-8\u{201D}")
        #expect(TableReader.text(of: bytes) == nil)
    }

    @Test func tableThatIsTooLargeIsNamed() throws {
        let long = #expect(throws: SpreadsheetError.self) { try read("a\nb\nc\n", limit: 2) }
        #expect(long?.description == "there are more than 2 rows; split the table")
        let wide = #expect(throws: SpreadsheetError.self) {
            try read("a\n" + String(repeating: "x,", count: 200) + "x")
        }
        #expect(wide?.description == "row 2 has more than 200 columns")
    }

    @Test(arguments: [
        "=1+1", "+x", "@cmd", "-x", "\t=1", "'=1", "''@x", "a,b", "say \"hi\"", "-5", "'-5", "-1-1", "'plain",
        "two\nlines",
        "\r\nx", "",
    ])
    func whatIsWrittenIsReadBack(text: String) throws {
        #expect(try cells(line(["h", "h"]) + line(["x", text])) == [["h", "h"], ["x", text]])
    }

    /// Each would be carried out by a spreadsheet.
    @Test(arguments: ["=1+1", "+86 138", "-2+3", "@SUM(A1)", "\tx", "\rx", "-1.", "-1.2.3", "-"])
    func formulasBecomeText(text: String) {
        #expect(line([text]) == "\"'\(text)\"\r\n")
    }

    @Test func othersStandAsTheyAre() {
        #expect(line(["a,b", "say \"x\"", "1\n2"]) == "\"a,b\",\"say \"\"x\"\"\",\"1\n2\"\r\n")
        #expect(line(["plain 文", "-12.50", "", "-5", "it's"]) == "plain 文,-12.50,,-5,it's\r\n")
    }
}
