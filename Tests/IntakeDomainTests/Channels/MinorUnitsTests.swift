import Contracts
import Foundation
import Support
import Testing

@testable import IntakeDomain

@Suite("Decimal amounts")
struct MinorUnitsTests {
    @Test(
        arguments: [
            ("25.10", "CNY", 2510), ("25.1", "CNY", 2510), ("1.0", "CNY", 100), ("0", "CNY", 0),
            ("-10.00", "CNY", -1000),
            ("7.0000", "CNY", 700), ("0.07", "USD", 7), ("1000", "JPY", 1000), ("1000.00", "JPY", 1000),
            ("1.234", "KWD", 1234), ("1.2", "KWD", 1200), ("9999999999.99", "CNY", 999_999_999_999),
            ("+3.5", "CNY", 350), ("0000012", "CNY", 1200),
        ] as [(String, String, Int64)])
    func aTextIsItsExactAmount(text: String, currency: String, amount: Int64) {
        #expect(MinorUnits(currency: currency).read(text) == .amount(amount))
    }

    @Test(
        arguments: [
            ("25.101", "CNY"), ("0.5", "JPY"), ("1.2345", "KWD"), ("10000000000.00", "CNY"), ("", "CNY"), (".", "CNY"),
            (".5", "CNY"), ("5.", "CNY"), ("1e3", "CNY"), ("1,000.00", "CNY"), ("--1", "CNY"), ("1-", "CNY"),
            ("¥1", "CNY"), ("1 ", "CNY"), ("NaN", "CNY"), ("1.2.3", "CNY"), ("99999999999999999999999", "CNY"),
        ])
    func anythingElseIsRefused(text: String, currency: String) {
        guard case .refused = MinorUnits(currency: currency).read(text) else {
            Issue.record("\(text) was read")
            return
        }
    }

    @Test func randomAmountsAgreeWithFoundationsDecimal() throws {
        var random = SplitMix(seed: 7)
        for _ in 0..<5000 {
            let digits = [0, 2, 3, 4][Int(random.next() % 4)]
            let whole = random.next() % 10_000_000
            let text = "\(whole)." + String(random.next() % 10_000_000).suffix(Int(random.next() % 5) + 1)
            let exact = try #require(Decimal(string: text)) * pow(Decimal(10), digits)
            var rounded = Decimal()
            var copy = exact
            unsafe NSDecimalRound(&rounded, &copy, 0, .down)
            let reading = MinorUnits(digits: digits).read(text)
            if rounded == exact {
                #expect(reading == .amount(Int64(truncating: rounded as NSDecimalNumber)), "\(text) \(digits)")
            } else {
                #expect(reading == .refused("has more than \(digits) digits behind the point"), "\(text) \(digits)")
            }
        }
    }
}

@Suite("Times without a zone")
struct PlainTimeTests {
    @Test func everyTimeAgreesWithTheOneThatNamesItsZone() {
        var random = SplitMix(seed: 11)
        for _ in 0..<20_000 {
            let part = { (limit: UInt64) in "\(random.next() % limit + 100)".suffix(2) }
            let text = "\(1970 + random.next() % 200)-\(part(15))-\(part(35)) \(part(26)):\(part(62)):\(part(62))"
            #expect(Instant(plain: text, hoursEast: 8) == Instant(rfc3339: text + "+08:00"), "\(text)")
            #expect(Instant(plain: text, hoursEast: 0) == Instant(rfc3339: text + "Z"), "\(text)")
        }
    }

    @Test(arguments: [
        "2026-02-29 10:00:00", "2026-11-22 24:00:00", "2026-11-22", "2026/11/22 10:00:00", "2026-11-22 10:00:0x",
    ])
    func whatIsNoTimeIsNone(text: String) { #expect(Instant(plain: text, hoursEast: 8) == nil) }
}
