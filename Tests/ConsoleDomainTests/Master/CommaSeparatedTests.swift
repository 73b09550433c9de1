import Contracts
import Testing

@testable import ConsoleDomain

@Suite("Tables as text")
struct CommaSeparatedTests {
    private func cells(_ text: String) throws -> [[String]] {
        try CommaSeparated.rows(Array(text.utf8), limit: 100).map(\.cells)
    }

    @Test(arguments: [
        ("a,b\r\n1,2\r\n", [["a", "b"], ["1", "2"]]), ("a,b\n1,2", [["a", "b"], ["1", "2"]]),
        ("\u{FEFF}a,b\n1,2\n", [["a", "b"], ["1", "2"]]), ("a\tb\n1\t2\n", [["a", "b"], ["1", "2"]]),
        ("a\n\"x, \"\"y\"\"\nz\"\n", [["a"], ["x, \"y\"\nz"]]), ("a,b\n,\n1,\n", [["a", "b"], ["1", ""]]),
        ("a\n\"\"\n\"b\"\n", [["a"], ["b"]]), ("a\n文三路\n", [["a"], ["文三路"]]), ("", []),
    ])
    func rowsAreReadAsTheStandardSays(text: String, expected: [[String]]) throws {
        #expect(try cells(text) == expected)
    }

    @Test func linesAreCountedThroughQuotedBreaks() throws {
        let rows = try CommaSeparated.rows(Array("a\n\"x\ny\"\nz\n".utf8), limit: 10)
        #expect(rows.map(\.line) == [1, 2, 4])
    }

    @Test(arguments: ["a\n\"open\n", "a\n\"x\"y\n"])
    func brokenQuotesAreFaults(text: String) {
        #expect(throws: Fault.self) { try cells(text) }
    }

    @Test func foreignEncodingIsToldWhatToDo() {
        #expect(throws: Fault("the text is not UTF-8; save it as \u{201C}CSV UTF-8\u{201D}")) {
            try CommaSeparated.rows([0x61, 0x0A, 0xC4, 0xE3], limit: 10)
        }
    }

    @Test func tooManyRowsAreAFault() {
        #expect(throws: Fault("there are more than 2 rows; split the table")) {
            try CommaSeparated.rows(Array("a\nb\nc\n".utf8), limit: 2)
        }
    }

    @Test(arguments: [
        "=1+1", "+x", "@cmd", "-x", "\t=1", "'=1", "''@x", "a,b", "say \"hi\"", "-5", "'plain", "two\nlines",
    ])
    func whatIsWrittenIsReadBack(text: String) throws {
        #expect(try cells(CommaSeparated.row(["h"]) + CommaSeparated.row([text])) == [["h"], [text]])
    }

    @Test(arguments: ["=1+1", "+x", "@cmd", "-x"])
    func noSpreadsheetTakesItForAFormula(text: String) {
        #expect(CommaSeparated.row([text]).hasPrefix("'"))
    }

    @Test func negativeNumberStaysANumber() { #expect(CommaSeparated.row(["-5"]) == "-5\r\n") }
}

@Suite("Amounts as people write them")
struct DecimalTextTests {
    @Test(arguments: [
        ("12.5", 1250), ("12", 1200), ("1,234.50", 123_450), ("¥0.01", 1), ("-3.10", -310), ("8.5%", 850), ("0", 0),
    ])
    func amountIsRead(text: String, expected: Int64) { #expect(DecimalText.read(text, digits: 2) == expected) }

    @Test(arguments: ["", "x", "1.234", ".5", "1.2.3", "--1", "12345678901234"])
    func whatIsNoAmountIsNone(text: String) { #expect(DecimalText.read(text, digits: 2) == nil) }

    @Test(arguments: [(1250, 2, "12.50"), (5, 2, "0.05"), (-5, 2, "-0.05"), (7, 0, "7"), (1, 3, "0.001")])
    func amountIsShown(number: Int64, digits: Int, expected: String) {
        #expect(DecimalText.shown(number, digits: digits) == expected)
    }
}
