extension Formats {
    /// Digits behind the point in amounts of a currency.
    ///
    /// - Source: ISO 4217.
    func decimals(_ currency: String) -> Int {
        switch currency {
        case "JPY", "KRW", "VND": 0
        case "KWD", "BHD": 3
        default: 2
        }
    }
}
