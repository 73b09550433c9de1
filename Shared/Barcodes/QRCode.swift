import CLibqrencode

/// A text as a square of dark and light modules that cameras read.
///
/// - Source: ISO/IEC 18004, by libqrencode: the smallest version that holds the text, of which 15 % may be unreadable
///   (level M).
public struct QRCode: Sendable, Equatable {
    /// Modules beside the square that have to stay light.
    public static let quietZone = 4

    /// Modules of one side.
    public let width: Int
    private let modules: [Bool]

    /// - Returns: `nil` for no text, and for more of it than any square holds: 2,331 bytes.
    public init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard !bytes.isEmpty, bytes.count <= Int32.max else { return nil }
        let made = unsafe bytes.withUnsafeBufferPointer { buffer in
            unsafe QRcode_encodeData(Int32(buffer.count), buffer.baseAddress, 0, QR_ECLEVEL_M)
        }
        guard let made = unsafe made else { return nil }
        defer { unsafe QRcode_free(made) }
        let width = unsafe Int(made.pointee.width)
        guard let data = unsafe made.pointee.data else { return nil }
        self.width = width
        // The lowest bit of each byte says whether it is dark.
        modules = (0..<width * width).map { unsafe data[$0] & 1 == 1 }
    }

    public func isDark(row: Int, column: Int) -> Bool { modules[row * width + column] }

    /// The dark modules as the path of an SVG, a run of a row each, with the quiet zone around.
    ///
    /// - Units: one module; the picture is `side` wide and high.
    public var path: String {
        var path = ""
        for row in 0..<width {
            var column = 0
            while column < width {
                guard isDark(row: row, column: column) else {
                    column += 1
                    continue
                }
                let start = column
                while column < width, isDark(row: row, column: column) { column += 1 }
                path +=
                    "M\(start + Self.quietZone) \(row + Self.quietZone)h\(column - start)v1H\(start + Self.quietZone)z"
            }
        }
        return path
    }

    public var side: Int { width + 2 * Self.quietZone }
}
