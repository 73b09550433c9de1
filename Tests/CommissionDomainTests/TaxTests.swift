import Contracts
import Testing

@testable import CommissionDomain

/// - Source: 国家税务总局公告2018年第61号, table of the prepayment rates for income from labour.
@Suite("Tax on payouts")
struct TaxTests {
    private static func policy(_ mode: TaxPolicy.Mode) -> TaxPolicy {
        TaxPolicy(
            mode: mode, fixedUpTo: 400_000, fixedAllowance: 80_000, allowanceBasisPoints: 2000,
            brackets: [
                .init(above: 0, rateBasisPoints: 2000, quickDeduction: 0),
                .init(above: 2_000_000, rateBasisPoints: 3000, quickDeduction: 200_000),
                .init(above: 5_000_000, rateBasisPoints: 4000, quickDeduction: 700_000),
            ])
    }

    /// In yuan: 800 → 0; 2,000 → 240; 4,000 → 640; 5,000 → 800; 25,000 → 4,000; 30,000 → 5,200; 100,000 → 25,000.
    @Test(
        arguments: [
            (80_000, 0), (80_003, 1), (200_000, 24_000), (400_000, 64_000), (500_000, 80_000), (2_500_000, 400_000),
            (3_000_000, 520_000), (10_000_000, 2_500_000),
        ] as [(Int64, Int64)])
    func paymentIsTaxedByTheTable(amount: Int64, tax: Int64) {
        #expect(
            Self.policy(.perPayment).withheld(from: amount, before: YearIncome(year: 2026, amount: 9_999_999)) == tax)
    }

    @Test func cumulativeTaxIsThatOfTheSum() {
        var income = YearIncome(year: 2026)
        for amount in [100_000, 300_000, 1_000_000, 4_000_000] as [Int64] {
            income.tax += Self.policy(.cumulative).withheld(from: amount, before: income)
            income.amount += amount
            #expect(income.tax == Self.policy(.perPayment).withheld(from: income.amount, before: nil))
        }
    }

    /// A larger allowance may make the tax of the sum fall: nothing is paid back then, and never more taken than paid.
    @Test func cumulativeTaxIsNeitherNegativeNorMoreThanThePayment() {
        let before = YearIncome(year: 2026, amount: 100_000, tax: 90_000)
        #expect(Self.policy(.cumulative).withheld(from: 1000, before: before) == 0)
        let untaxed = YearIncome(year: 2026, amount: 9_000_000, tax: 0)
        #expect(Self.policy(.cumulative).withheld(from: 1000, before: untaxed) == 1000)
    }

    @Test(arguments: [
        (#"{"mode":"per-payment"}"#, "brackets"),
        (#"{"mode":"sometimes"}"#, "mode"),
        (#"{"mode":"off","fixedUpTo":5,"fixedAllowance":6}"#, "fixedAllowance"),
        (
            #"{"mode":"cumulative","brackets":[{"above":5,"rateBasisPoints":1},{"above":5,"rateBasisPoints":2}]}"#,
            "brackets[1].above"
        ),
    ])
    func nonsenseIsRefused(text: String, field: String) throws {
        let fault = #expect(throws: Fault.self) { try TaxPolicy(JSONDocument.object(Array(text.utf8))) }
        #expect(fault?.field == field)
    }
}
