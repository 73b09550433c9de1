import CLibzip

/// The parts of a ZIP archive in memory.
///
/// - Source: libzip.
@safe final class ZipArchive {
    /// An archive of a few bytes may unpack to any size; no part may be larger than this.
    static let maximumPart = 32 << 20

    private let archive: OpaquePointer

    /// - Throws: `SpreadsheetError` for bytes that are no archive.
    init(_ bytes: [UInt8]) throws(SpreadsheetError) {
        let opened = unsafe bytes.withUnsafeBytes { unsafe tributary_zip_open($0.baseAddress, UInt($0.count)) }
        guard let opened = unsafe opened else { throw SpreadsheetError("the file is no workbook, or a damaged one") }
        unsafe archive = opened
    }

    deinit { unsafe zip_discard(archive) }

    /// - Returns: `nil` when there is no part of that name.
    func part(_ name: String) throws(SpreadsheetError) -> [UInt8]? {
        let size = unsafe tributary_zip_size(archive, name)
        guard size >= 0 else { return nil }
        guard size <= Self.maximumPart else { throw SpreadsheetError("\(name) of the workbook is too large") }
        guard let file = unsafe zip_fopen(archive, name, UInt32(ZIP_FL_NOCASE)) else {
            throw SpreadsheetError("\(name) of the workbook cannot be read")
        }
        defer { unsafe zip_fclose(file) }
        // One byte more than there should be: reading to the end is what compares the checksum.
        var bytes = [UInt8](repeating: 0, count: Int(size) + 1)
        var count = 0
        while count < bytes.count {
            let read = unsafe bytes.withUnsafeMutableBytes { buffer in
                unsafe zip_fread(file, buffer.baseAddress! + count, UInt64(buffer.count - count))
            }
            guard read >= 0 else { throw SpreadsheetError("\(name) of the workbook is damaged") }
            if read == 0 { break }
            count += Int(read)
        }
        guard count == Int(size) else { throw SpreadsheetError("\(name) of the workbook is damaged") }
        bytes.removeLast()
        return bytes
    }
}
