/// Crockford's base 32: no I, L, O, U, so that ids can be read aloud.
///
/// - Source: Douglas Crockford, "Base 32".
enum Crockford {
    private static let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ".utf8)

    static func text(_ number: UInt64, characters: Int) -> String {
        var bytes: [UInt8] = []
        for position in (0..<characters).reversed() {
            bytes.append(alphabet[Int(number >> UInt64(position * 5) & 31)])
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    static func isCharacter(_ byte: UInt8) -> Bool { alphabet.contains(byte) }
}

/// The check character that catches a mistyped id.
enum CheckCharacter {
    private static let alphabet = Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")

    /// - Source: ISO 7064 MOD 37,36 (the hybrid system with one alphanumeric check character).
    static func mod3736(_ text: String) -> Character {
        var product = 36
        for byte in text.utf8 {
            let value = byte < 58 ? Int(byte) - 48 : Int(byte) - 55
            var sum = (product + value) % 36
            if sum == 0 { sum = 36 }
            product = sum * 2 % 37
        }
        return alphabet[(37 - product) % 36]
    }
}
