import Contracts

/// One purchase of CDNOW_master: a customer, a day of 1997 or 1998, some pieces, some money.
///
/// - Units: the file's cents, taken as minor units (分).
/// - Source: CDNOW data set of Fader and Hardie, in PyPI's `lifetimes` 0.11.3; ` 00001 19970101  1   11.77`.
struct Purchase: Equatable {
    /// The line's place in the file: 1 is the first purchase.
    let number: Int
    let customer: String
    let day: CivilDay
    let pieces: Int64
    let cents: Int64

    /// Nil unless the line holds the four columns.
    init?(_ line: Substring, number: Int) {
        let columns = line.split(whereSeparator: \.isWhitespace)
        guard columns.count == 4, columns[0].allSatisfy(\.isNumber), let day = Self.day(columns[1]),
            let pieces = Int64(columns[2]), (1...1_000_000).contains(pieces), let cents = Self.cents(columns[3])
        else { return nil }
        self.number = number
        customer = String(columns[0])
        self.day = day
        self.pieces = pieces
        self.cents = cents
    }

    /// The first purchases of a file with a header line.
    ///
    /// - Throws: `OpsFailure` with the number of the first line that cannot be read.
    static func read(_ text: String, limit: Int) throws -> [Purchase] {
        var purchases: [Purchase] = []
        for (index, line) in text.split(whereSeparator: \.isNewline).enumerated().dropFirst().prefix(limit) {
            guard let purchase = Purchase(line, number: index) else {
                throw OpsFailure("line \(index + 1): '\(line)' is not 'customer day pieces money'", status: .data)
            }
            purchases.append(purchase)
        }
        guard !purchases.isEmpty else { throw OpsFailure("the file holds no purchases", status: .data) }
        return purchases
    }

    private static func day(_ text: Substring) -> CivilDay? {
        guard text.count == 8, let number = Int(text) else { return nil }
        let day = CivilDay(year: number / 10_000, month: number / 100 % 100, day: number % 100)
        // The 31st of a month of 30 days would come out as another day.
        return CivilDay(daysSinceEpoch: day.daysSinceEpoch) == day ? day : nil
    }

    /// `11.77` is 1177; nothing here is a floating point number.
    private static func cents(_ text: Substring) -> Int64? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2, parts[1].count == 2, let whole = Int64(parts[0]), let rest = Int64(parts[1]),
            (0...1_000_000_000).contains(whole), rest >= 0
        else { return nil }
        return whole * 100 + rest
    }
}
