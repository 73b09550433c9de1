import Contracts
import Testing

@Suite("Amounts with their point")
struct CurrencyDigitsTests {
    @Test(arguments: [("CNY", 2), ("USD", 2), ("JPY", 0), ("CLP", 0), ("KWD", 3), ("OMR", 3), ("CLF", 4), ("ZZZ", 2)])
    func currencyHasItsDigits(currency: String, digits: Int) { #expect(CurrencyDigits.of(currency) == digits) }

    @Test(arguments: [
        (123_450, 2, "1234.50"), (-5, 2, "-0.05"), (0, 2, "0.00"), (7, 0, "7"), (-1234, 3, "-1.234"), (1, 3, "0.001"),
        (Int64.min, 2, "-92233720368547758.08"),
    ])
    func amountIsWrittenWithItsDigits(amount: Int64, digits: Int, text: String) {
        #expect(decimalText(amount, digits: digits) == text)
    }
}
