import Foundation
import Testing

@testable import Spreadsheets

@Suite("Workbooks that are read")
struct SheetReaderTests {
    private static func fixture(_ name: String, _ kind: String = "xlsx") throws -> [UInt8] {
        let url = try #require(Bundle.module.url(forResource: name, withExtension: kind, subdirectory: "Fixtures"))
        return [UInt8](try Data(contentsOf: url))
    }

    private func read(_ name: String, limit: Int = 100) throws -> [TableRow] {
        try SheetReader.rows(Self.fixture(name), limit: limit)
    }

    /// Of openpyxl: the first sheet is hidden, row 4 is empty, and cells are styled beyond the last that holds something.
    @Test func cellsStandAsTheirTexts() throws {
        let rows = try read("openpyxl")
        #expect(rows.map(\.number) == [1, 2, 3, 5, 6])
        #expect(rows[0].cells == ["订单号", "下单时间", "数量", "单价", "备注", "是否赠品"])
        #expect(
            rows[1].cells == ["6912345678901234567", "2026-11-30 08:05:00", "3", "12.3", "第一行\n第二行", "true"])
        #expect(rows[2].cells == ["WX-2", "2026-02-28", "1", "0.3", "", "false"])
        #expect(rows[3].cells == ["WX-3", "2026-11-22 8:05", "2", "1999", "", "x"])
        #expect(rows[4].cells == ["WX-4", "09:30:00", "", "-0.005"])
    }

    /// Of XlsxWriter: texts stand apart, and formulas with what they came to.
    @Test func sharedTextsAndFormulasAreRead() throws {
        #expect(
            try read("shared").map(\.cells) == [
                ["订单号", "快递公司", "运单号", "发货时间"],
                ["WX-1", "SF", "SF1234567890123", "2026-11-30 23:59:59"],
                ["WX-2", "SF", "a\u{1}b_x0041_", "5"],
                ["WX-3", "", "#DIV/0!", "1234567"],
            ])
    }

    /// One sheet of LibreOffice 7.4, saved as a workbook, as text in GBK and as text with tabs in UTF-16.
    @Test(arguments: [("libreoffice", "xlsx"), ("libreoffice-gbk", "csv"), ("libreoffice-utf16", "csv")])
    func filesOfLibreOfficeAreRead(name: String, kind: String) throws {
        let rows = try TableReader.rows(Self.fixture(name, kind), limit: 10)
        let seconds = kind == "xlsx" ? ":00" : ""
        #expect(rows.map(\.number) == [1, 2, 5])
        #expect(
            rows.map(\.cells) == [
                ["订单号", "下单时间", "商品编码", "数量", "单价", "金额", "备注"],
                ["WX-1", "2026-11-30 08:05\(seconds)", "00042", "3", "12.3", "36.9", "第一行\n第二行"],
                ["6912345678901234567", "2026-11-22 8:05", "SKU-2", "1", "0.1", "0.3", "1"],
            ])
    }

    @Test func countFrom1904GivesTheSameDay() throws {
        #expect(try read("from1904").map(\.cells) == [["at"], ["2026-11-30 08:05:00"]])
    }

    @Test func whatWeWriteIsReadBack() throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).xlsx")
        defer { try? FileManager.default.removeItem(at: file) }
        let book = try Workbook(path: file.path)
        try book.begin(sheet: "items", titles: ["sku", "price", "note"])
        try book.add([.text("00042"), .number(1999), .text("=1+1")])
        try book.add([.text("赠品"), .money(-1205, digits: 2), .empty])
        try book.close()
        let rows = try SheetReader.rows([UInt8](Data(contentsOf: file)), limit: 10)
        #expect(
            rows.map(\.cells) == [["sku", "price", "note"], ["00042", "1999", "=1+1"], ["赠品", "-12.05"]])
    }

    /// A spreadsheet has already thrown the other digits away.
    @Test func numberTooLongToBeKeptIsNamed() throws {
        let error = #expect(throws: SpreadsheetError.self) { try read("long-number") }
        #expect(error?.description.contains("row 2 has a number of more than 15 digits") == true)
    }

    @Test(arguments: [
        ("formula", "row 5 has a formula that nobody has worked out"), ("entities", "declares a document type"),
    ])
    func whatCannotBeTrustedIsRefused(name: String, words: String) throws {
        let error = #expect(throws: SpreadsheetError.self) { try read(name) }
        #expect(error?.description.contains(words) == true)
    }

    @Test func moreRowsThanAllowedAreRefused() throws {
        let error = #expect(throws: SpreadsheetError.self) { try read("openpyxl", limit: 4) }
        #expect(error?.description == "there are more than 4 rows; split the table")
    }

    /// Every byte of a workbook changed in turn: read or refused, and never the end of the process.
    @Test func damagedWorkbooksAreReadOrRefused() throws {
        let whole = try Self.fixture("shared")
        #expect(SheetReader.isWorkbook(whole) && !SheetReader.isWorkbook(Array("sku,name\n".utf8)))
        var refused = 0
        for place in stride(from: 0, to: whole.count, by: 3) {
            var bytes = whole
            bytes[place] ^= 0x55
            if (try? SheetReader.rows(bytes, limit: 100)) == nil { refused += 1 }
        }
        #expect(refused > whole.count / 12)
        for count in [0, 4, 30, whole.count / 2, whole.count - 1] {
            #expect(throws: SpreadsheetError.self) { try SheetReader.rows(Array(whole.prefix(count)), limit: 100) }
        }
    }

    @Test(arguments: [
        ("General", false), ("0.00 \"days\"", false), ("[Red]#,##0", false), ("\\d0", false), ("yyyy-mm-dd", true),
        ("[$-804]yyyy\"年\"m\"月\"", true), ("h:mm", true), ("@", false),
    ])
    func formatsOfDatesAreKnown(format: String, isDate: Bool) {
        #expect(CellText.isDate(format) == isDate)
    }
}
