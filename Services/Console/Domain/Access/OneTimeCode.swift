public import Contracts

/// Codes of six digits that change every thirty seconds.
///
/// - Source: RFC 6238 (TOTP) with the defaults of RFC 4226: HMAC-SHA-1, six digits, thirty seconds from 1970.
public enum OneTimeCode {
    public static let digits = 6
    public static let periodSeconds: Int64 = 30
    /// A clock may be off by one step in each direction.
    public static let tolerance: Int64 = 1

    public static func step(at now: Instant) -> Int64 { now.milliseconds / 1000 / periodSeconds }

    /// What the keyed hash is taken of: the step as eight bytes, most significant first.
    public static func counter(_ step: Int64) -> [UInt8] {
        (0..<8).map { UInt8(truncatingIfNeeded: step >> Int64(56 - 8 * $0)) }
    }

    /// - Parameter mac: HMAC-SHA-1 of the counter, 20 bytes.
    /// - Source: RFC 4226 section 5.3, "dynamic truncation".
    public static func code(_ mac: [UInt8], digits: Int = digits) -> String {
        let offset = Int((mac.last ?? 0) & 0x0F)
        let bytes = mac.dropFirst(offset).prefix(4)
        let number = bytes.reduce(UInt32(0)) { $0 << 8 | UInt32($1) } & 0x7FFF_FFFF
        let modulus = (0..<digits).reduce(UInt32(1)) { power, _ in power * 10 }
        let text = String(number % modulus)
        return String(repeating: "0", count: digits - text.count) + text
    }

    /// The step that a code belongs to, if it is newer than the last one used.
    ///
    /// - Parameter expected: The code of a step.
    public static func step(
        of code: String, at now: Instant, after lastStep: Int64?, expected: (Int64) -> String
    ) -> Int64? {
        let current = step(at: now)
        // All are compared, so that the time it takes says nothing.
        let matching = (-tolerance...tolerance).map { current + $0 }.filter { equal(expected($0), code) }
        return matching.first { $0 > lastStep ?? -1 }
    }

    private static func equal(_ left: String, _ right: String) -> Bool {
        guard left.utf8.count == right.utf8.count else { return false }
        return zip(left.utf8, right.utf8).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }
}

/// Text of secrets as authenticator programs take it.
///
/// - Source: RFC 4648 section 6, without padding.
public enum Base32 {
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".utf8)

    public static func text(_ bytes: [UInt8]) -> String {
        var text: [UInt8] = []
        var bits = 0
        var count = 0
        for byte in bytes {
            bits = bits << 8 | Int(byte)
            count += 8
            while count >= 5 {
                count -= 5
                text.append(alphabet[bits >> count & 31])
            }
            bits &= (1 << count) - 1
        }
        if count > 0 { text.append(alphabet[bits << (5 - count) & 31]) }
        return String(decoding: text, as: UTF8.self)
    }
}
