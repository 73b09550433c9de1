/// Amounts by currency; most malls have one.
struct CurrencySums: Sendable, Equatable {
    private(set) var byCurrency: [String: Int64] = [:]

    init() {}

    init(_ amount: Int64, _ currency: String) { byCurrency[currency] = amount }

    mutating func add(_ amount: Int64, _ currency: String) { byCurrency[currency, default: 0] += amount }

    static func += (left: inout CurrencySums, right: CurrencySums) {
        for (currency, amount) in right.byCurrency { left.add(amount, currency) }
    }

    /// For bars and changes, which compare like with like.
    func of(_ currency: String) -> Int64 { byCurrency[currency] ?? 0 }

    /// `¥1,234.50`; several with a plus between them.
    func text(_ formats: Formats) -> String {
        let texts = byCurrency.sorted { $0.key < $1.key }.filter { $0.value != 0 }.map {
            formats.money($0.value, $0.key)
        }
        return texts.isEmpty ? "–" : texts.joined(separator: " + ")
    }
}
