import CZlib

/// Compression of what browsers load.
///
/// - Source: RFC 1952.
enum Gzip {
    /// Nil when zlib refuses, which it has no reason to.
    static func compressed(_ bytes: [UInt8], level: Int32 = 6) -> [UInt8]? {
        let limit = Int(tributary_gzip_bound(UInt(bytes.count)))
        let member = unsafe [UInt8](unsafeUninitializedCapacity: limit) { buffer, count in
            count = Int(
                unsafe tributary_gzip(bytes, UInt(bytes.count), buffer.baseAddress, UInt(limit), level))
        }
        return member.isEmpty ? nil : member
    }
}
