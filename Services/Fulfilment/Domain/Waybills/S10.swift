/// Numbers of postal items: two letters, eight digits, a check digit, a country: `RB123456785GB`.
///
/// - Source: UPU S10-12, "Identification of postal items – 13-character identifier".
public enum S10 {
    private static let weights = [8, 6, 4, 2, 3, 5, 9, 7]

    /// - Parameter serial: Below 10^8.
    public static func checkDigit(ofSerial serial: Int) -> Int {
        precondition((0..<100_000_000).contains(serial), "serial \(serial) has more than eight digits")
        var rest = serial
        var sum = 0
        for weight in weights.reversed() {
            sum += rest % 10 * weight
            rest /= 10
        }
        switch 11 - sum % 11 {
        case 10: return 0
        case 11: return 5
        case let digit: return digit
        }
    }

    /// - Parameters:
    ///   - service: Two letters: `EA` to `EZ` for express items, `RA` to `RZ` for registered ones.
    ///   - country: ISO 3166-1, two letters.
    public static func identifier(service: String, serial: Int, country: String) -> String {
        let digits = String(serial)
        let padding = String(repeating: "0", count: 8 - digits.count)
        return service + padding + digits + String(checkDigit(ofSerial: serial)) + country
    }

    /// Whether a text has the shape of an identifier and the right check digit.
    public static func isValid(_ text: String) -> Bool {
        guard hasShape(text) else { return false }
        let bytes = Array(text.utf8)
        let serial = bytes[2..<10].reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
        return checkDigit(ofSerial: serial) == Int(bytes[10] - UInt8(ascii: "0"))
    }

    static func hasShape(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        let letters = UInt8(ascii: "A")...UInt8(ascii: "Z")
        let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
        return bytes.count == 13 && bytes[..<2].allSatisfy(letters.contains)
            && bytes[11...].allSatisfy(letters.contains) && bytes[2..<11].allSatisfy(digits.contains)
    }
}
