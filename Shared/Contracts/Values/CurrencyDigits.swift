/// Digits that amounts of a currency have behind the point: 2 for CNY and USD, 0 for JPY, 3 for KWD.
///
/// - Source: ISO 4217, list one (exponents).
public enum CurrencyDigits {
    public static func of(_ currency: String) -> Int {
        if without.contains(currency) { return 0 }
        if thousandths.contains(currency) { return 3 }
        return currency == "CLF" || currency == "UYW" ? 4 : 2
    }

    private static let without: Set = [
        "BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "UYI", "VND", "VUV", "XAF", "XOF",
        "XPF",
    ]
    private static let thousandths: Set = ["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"]
}
