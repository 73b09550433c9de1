import Foundation

/// Values of cells as text.
enum CellText {
    /// At most 15 digits, as spreadsheets show them: 12.3, not 12.300000000000001.
    static func number(_ number: Double) -> String {
        if number == number.rounded() { return String(Int64(number)) }
        return String(format: "%.15g", number)
    }

    /// Days since the last of 1899, or since the first of 1904, as a clock on the wall shows them.
    static func time(_ days: Double, from1904: Bool) -> String {
        let seconds = (days * 86_400).rounded()
        guard seconds >= 0, seconds < 3_000_000 * 86_400.0 else { return number(days) }
        let whole = Int(seconds) / 86_400
        let rest = Int(seconds) % 86_400
        let clock = String(format: "%02d:%02d:%02d", rest / 3600, rest / 60 % 60, rest % 60)
        if whole == 0, !from1904 { return clock }
        // 1970-01-01 is day 25,569 of the one count, and 24,107 of the other.
        let date = Date(timeIntervalSince1970: Double(whole - (from1904 ? 24_107 : 25_569)) * 86_400)
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        let parts = calendar.dateComponents([.year, .month, .day], from: date)
        let day = String(format: "%04d-%02d-%02d", parts.year ?? 0, parts.month ?? 0, parts.day ?? 0)
        return rest == 0 ? day : "\(day) \(clock)"
    }

    /// Whether a format shows a date or a time: it has a letter of one outside of quotes, brackets and escapes.
    static func isDate(_ format: String) -> Bool {
        var isQuoted = false
        var isBracketed = false
        var isEscaped = false
        for letter in format.lowercased() {
            if isEscaped {
                isEscaped = false
            } else if isQuoted {
                isQuoted = letter != "\""
            } else if isBracketed {
                isBracketed = letter != "]"
            } else if letter == "\"" {
                isQuoted = true
            } else if letter == "[" {
                isBracketed = true
            } else if "\\_*".contains(letter) {
                isEscaped = true
            } else if "ymdhs".contains(letter) {
                return true
            }
        }
        return false
    }

    /// Characters that XML cannot hold stand as `_x000D_`.
    static func unescaped(_ text: String) -> String {
        guard text.contains("_x") else { return text }
        return text.replacing(/_x([0-9A-Fa-f]{4})_/) { match in
            UInt32(match.1, radix: 16).flatMap(Unicode.Scalar.init).map { String($0) } ?? String(match.0)
        }
    }
}
