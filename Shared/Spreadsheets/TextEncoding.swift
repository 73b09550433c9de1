import Foundation

/// What a text file was saved in.
enum TextEncoding {
    /// As spreadsheets in China save comma-separated text unless they are told otherwise; GBK is a part of it.
    private static let gb18030 = String.Encoding(rawValue: 0x8000_0632)

    /// The text without its byte order mark: UTF-8, UTF-16 where it has a mark, else GB 18030.
    ///
    /// - Throws: `SpreadsheetError` for what is text in none of them.
    /// - Source: Unicode Standard, section 23.8; GB 18030-2022; Core Foundation's number for it.
    static func text(of bytes: [UInt8]) throws(SpreadsheetError) -> String {
        let text: String? =
            if bytes.starts(with: [0xFF, 0xFE]) {
                String(bytes: bytes.dropFirst(2), encoding: .utf16LittleEndian)
            } else if bytes.starts(with: [0xFE, 0xFF]) {
                String(bytes: bytes.dropFirst(2), encoding: .utf16BigEndian)
            } else {
                String(
                    validating: bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes[...], as: UTF8.self)
                    ?? String(bytes: bytes, encoding: gb18030)
            }
        guard let text, !text.utf8.contains(0) else {
            throw SpreadsheetError("the file is no text that can be read: save it as \u{201C}CSV UTF-8\u{201D}")
        }
        return text
    }
}
