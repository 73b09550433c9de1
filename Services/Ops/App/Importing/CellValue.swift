import Contracts
import Foundation

/// What stands in one cell, read exactly.
enum CellValue {
    /// Why a cell cannot be read, without its text: it may be personal data.
    struct Wrong: Error, Equatable {
        let reason: String
    }

    /// Yuan with at most two digits behind the point, as 分; a currency sign and commas between thousands are let pass.
    static func amount(_ text: String) throws(Wrong) -> Int64 {
        var rest = Substring(text)
        if let sign = rest.first, "¥￥".contains(sign) { rest = rest.dropFirst() }
        let parts = rest.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count <= 2, let whole = parts.first.flatMap(digits), !whole.isEmpty else {
            throw Wrong(reason: "is no amount in yuan, like 1234.50")
        }
        let fraction = parts.count == 2 ? String(parts[1]) : "00"
        guard !fraction.isEmpty, fraction.utf8.allSatisfy({ 48...57 ~= $0 }) else {
            throw Wrong(reason: "is no amount in yuan, like 1234.50")
        }
        guard fraction.utf8.count <= 2 else { throw Wrong(reason: "has more than two digits behind the point") }
        guard whole.utf8.count <= 10,
            let amount = Int64(whole + fraction.padding(toLength: 2, withPad: "0", startingAt: 0))
        else { throw Wrong(reason: "is not below 10,000,000,000 yuan") }
        return amount
    }

    /// Digits, or digits in groups of three between commas.
    private static func digits(_ text: Substring) -> String? {
        let groups = text.split(separator: ",", omittingEmptySubsequences: false)
        guard groups.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy { 48...57 ~= $0 } }) else { return nil }
        if groups.count > 1 {
            guard groups[0].utf8.count <= 3, groups.dropFirst().allSatisfy({ $0.utf8.count == 3 }) else { return nil }
        }
        return groups.joined()
    }

    static func quantity(_ text: String) throws(Wrong) -> Int64 {
        guard text.utf8.allSatisfy({ 48...57 ~= $0 }), let quantity = Int64(text), quantity > 0 else {
            throw Wrong(reason: "is no whole number of at least 1")
        }
        return quantity
    }

    /// RFC 3339, or `2026-11-22 8:05`, `2026/11/22 08:05:00`, `2026-11-22` as a clock on the wall shows it.
    static func time(_ text: String, in zone: TimeZone) throws(Wrong) -> Instant {
        if let instant = Instant(rfc3339: text) { return instant }
        let pattern = /(\d{4})[-\/.](\d{1,2})[-\/.](\d{1,2})(?:[ T](\d{1,2}):(\d{2})(?::(\d{2}))?)?/
        guard let match = text.wholeMatch(of: pattern) else {
            throw Wrong(reason: "is no time like 2026-11-22 08:05")
        }
        let numbers = [match.1, match.2, match.3, match.4 ?? "0", match.5 ?? "0", match.6 ?? "0"].compactMap { Int($0) }
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = zone
        let wanted = DateComponents(
            year: numbers[0], month: numbers[1], day: numbers[2], hour: numbers[3], minute: numbers[4],
            second: numbers[5])
        // A 30th of February would slide into March.
        guard let date = calendar.date(from: wanted),
            calendar.dateComponents([.year, .month, .day, .hour, .minute, .second], from: date) == wanted
        else { throw Wrong(reason: "is no time of the calendar") }
        return Instant(milliseconds: Int64(date.timeIntervalSince1970 * 1000))
    }
}
