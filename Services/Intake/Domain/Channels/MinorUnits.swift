import Contracts

/// Reads an exact decimal text as a whole number of a currency's smallest unit; no binary floating point.
///
/// - Shape: digits, at most one point, an optional sign; no exponent. More digits than the currency has must be 0.
struct MinorUnits: Sendable, Equatable {
    /// Digits behind the point: 2 for CNY and USD, 0 for JPY, 3 for KWD.
    let digits: Int
    static let yuan = MinorUnits(digits: 2)
    /// Amounts are below this.
    static let bound: Int64 = 1_000_000_000_000

    init(digits: Int) { self.digits = digits }

    init(currency: String) { digits = CurrencyDigits.of(currency) }

    enum Reading: Equatable {
        case amount(Int64)
        /// Why the text is no amount of the currency.
        case refused(String)
    }

    func read(_ text: String) -> Reading {
        var magnitude: Int64 = 0
        var isNegative = false
        var behindPoint: Int?
        var digitCount = 0
        for (index, byte) in text.utf8.enumerated() {
            switch byte {
            case UInt8(ascii: "-") where index == 0: isNegative = true
            case UInt8(ascii: "+") where index == 0: break
            case UInt8(ascii: ".") where behindPoint == nil && digitCount > 0: behindPoint = 0
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                digitCount += 1
                if let behind = behindPoint, behind >= digits {
                    guard byte == UInt8(ascii: "0") else {
                        return .refused("has more than \(digits) digits behind the point")
                    }
                    continue
                }
                magnitude = magnitude * 10 + Int64(byte - 48)
                behindPoint = behindPoint.map { $0 + 1 }
                guard magnitude < Self.bound else { return .refused("is not below 10^12 of the smallest unit") }
            default: return .refused("is not a decimal amount")
            }
        }
        guard digitCount > 0, text.utf8.last != UInt8(ascii: ".") else { return .refused("is not a decimal amount") }
        for _ in (behindPoint ?? 0)..<max(digits, behindPoint ?? 0) { magnitude *= 10 }
        guard magnitude < Self.bound else { return .refused("is not below 10^12 of the smallest unit") }
        return .amount(isNegative ? -magnitude : magnitude)
    }
}
