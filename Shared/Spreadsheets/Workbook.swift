import CXlsxwriter

/// A spreadsheet file (XLSX) that is written row by row in constant memory.
///
/// - Shape: rows go down a sheet in order, and sheets follow one another; what has been written cannot be changed.
/// - Source: libxlsxwriter, `constant_memory`.
@safe public final class Workbook {
    public enum Cell: Sendable, Equatable {
        /// Never taken for a formula; at most 32,767 characters.
        case text(String)
        case number(Int64)
        /// Minor units, with how many digits stand behind the point.
        case money(Int64, digits: Int)
        case empty
    }

    /// A sheet holds so many rows at most.
    public static let maximumRows: UInt32 = 1_048_576
    private static let maximumCharacters = 32_767

    private var book: UnsafeMutablePointer<lxw_workbook>?
    private var sheet: UnsafeMutablePointer<lxw_worksheet>?
    private let heading: UnsafeMutablePointer<lxw_format>?
    private var amounts: [Int: UnsafeMutablePointer<lxw_format>] = unsafe [:]
    private var row: UInt32 = 0

    /// - Throws: `SpreadsheetError` when there is no memory for it.
    public init(path: String) throws(SpreadsheetError) {
        guard let book = unsafe tributary_workbook(path) else { throw SpreadsheetError("\(path) cannot be begun") }
        unsafe self.book = book
        unsafe heading = workbook_add_format(book)
        if let heading = unsafe heading { unsafe format_set_bold(heading) }
    }

    deinit {
        // Whoever forgets to close it still gives the memory back.
        if let book = unsafe book { unsafe workbook_close(book) }
    }

    /// Begins a sheet with a row of titles that stays in sight.
    ///
    /// - Throws: `SpreadsheetError` for a name that is too long, taken, or holds one of `[]:*?/\`.
    public func begin(sheet name: String, titles: [String]) throws(SpreadsheetError) {
        guard let book = unsafe book, let sheet = unsafe workbook_add_worksheet(book, name) else {
            throw SpreadsheetError("a sheet cannot be called '\(name)'")
        }
        unsafe self.sheet = sheet
        row = 0
        unsafe worksheet_freeze_panes(sheet, 1, 0)
        for (column, title) in titles.enumerated() {
            unsafe worksheet_set_column(sheet, UInt16(column), UInt16(column), 18, nil)
            try check(unsafe worksheet_write_string(sheet, 0, UInt16(column), title, heading))
        }
        row = 1
    }

    /// - Throws: `SpreadsheetError` when the sheet is full, or the disk.
    public func add(_ cells: [Cell]) throws(SpreadsheetError) {
        guard let sheet = unsafe sheet else { throw SpreadsheetError("no sheet was begun") }
        guard row < Self.maximumRows else { throw SpreadsheetError("a sheet holds \(Self.maximumRows) rows at most") }
        for (index, cell) in cells.enumerated() {
            let column = UInt16(index)
            switch cell {
            case .text(let text):
                try check(
                    unsafe worksheet_write_string(sheet, row, column, String(text.prefix(Self.maximumCharacters)), nil))
            case .number(let number): try check(unsafe worksheet_write_number(sheet, row, column, Double(number), nil))
            case .money(let amount, let digits):
                var value = Double(amount)
                for _ in 0..<digits { value /= 10 }
                try check(unsafe worksheet_write_number(sheet, row, column, value, format(digits: digits)))
            case .empty: break
            }
        }
        row += 1
    }

    /// Writes the file; nothing can be added afterwards.
    ///
    /// - Throws: `SpreadsheetError` when it cannot be written.
    public func close() throws(SpreadsheetError) {
        guard let book = unsafe book else { return }
        unsafe self.book = nil
        unsafe sheet = nil
        try check(unsafe workbook_close(book))
    }

    private func format(digits: Int) -> UnsafeMutablePointer<lxw_format>? {
        if let known = unsafe amounts[digits] { return unsafe known }
        guard let book = unsafe book, let format = unsafe workbook_add_format(book) else { return nil }
        let fraction = digits > 0 ? "." + String(repeating: "0", count: digits) : ""
        unsafe format_set_num_format(format, "#,##0\(fraction)")
        unsafe amounts[digits] = format
        return unsafe format
    }

    private func check(_ code: lxw_error) throws(SpreadsheetError) {
        guard code != LXW_NO_ERROR else { return }
        throw SpreadsheetError(unsafe String(cString: lxw_strerror(code)))
    }
}

/// Why a spreadsheet cannot be written.
public struct SpreadsheetError: Error, CustomStringConvertible {
    public let description: String

    init(_ description: String) { self.description = description }
}
