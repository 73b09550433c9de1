/// Durations as people type them: `15d`, `1d12h`, `31m`, `90s`.
enum DurationText {
    private static let seconds: [Character: Int64] = ["d": 86400, "h": 3600, "m": 60, "s": 1]

    /// Nil unless the text is whole numbers, each with its unit, of at most ten years in all.
    static func duration(_ text: String) -> Duration? {
        var total: Int64 = 0
        var digits = ""
        for character in text {
            if character.isASCII, character.isNumber {
                digits.append(character)
                continue
            }
            guard let unit = seconds[character], digits.count <= 9, let count = Int64(digits) else { return nil }
            total += count * unit
            digits = ""
        }
        guard digits.isEmpty, total > 0, total <= 3660 * 86400 else { return nil }
        return .seconds(total)
    }

    /// `1d 12h 5m 3s`, without what is 0.
    static func text(_ duration: Duration) -> String {
        var left = duration.components.seconds
        var parts: [String] = []
        for unit in ["d", "h", "m", "s"] as [Character] {
            let size = seconds[unit] ?? 1
            if left / size > 0 { parts.append("\(left / size)\(unit)") }
            left %= size
        }
        return parts.isEmpty ? "0s" : parts.joined(separator: " ")
    }
}
