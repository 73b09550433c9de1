import Testing

@testable import ConsoleDomain

@Suite("Amounts as people write them")
struct DecimalTextTests {
    @Test(arguments: [
        ("12.5", 1250), ("12", 1200), ("1,234.50", 123_450), ("¥0.01", 1), ("-3.10", -310), ("8.5%", 850), ("0", 0),
    ])
    func amountIsRead(text: String, expected: Int64) { #expect(DecimalText.read(text, digits: 2) == expected) }

    @Test(arguments: ["", "x", "1.234", ".5", "1.2.3", "--1", "12345678901234"])
    func whatIsNoAmountIsNone(text: String) { #expect(DecimalText.read(text, digits: 2) == nil) }
}
