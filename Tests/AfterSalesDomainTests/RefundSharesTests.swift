import Contracts
import Support
import Testing

@testable import AfterSalesDomain

@Suite("Shares of refunds")
struct RefundSharesTests {
    /// An exact fraction; products stay far below 2^127.
    struct Fraction: Equatable {
        let numerator: Int128
        let denominator: Int128

        /// Half-up of the fraction without division of rounded values: floor(x + 1/2).
        var halfUp: Int64 { Int64((2 * numerator + denominator) / (2 * denominator)) }
    }

    /// What units `1 … upTo` of a line are worth, computed apart from the code under test.
    static func worth(_ line: PlacedLine, upTo units: Int64) -> Int64 {
        Fraction(numerator: Int128(line.paid) * Int128(units), denominator: Int128(line.quantity)).halfUp
    }

    @Test(arguments: 0..<20)
    func anySequenceOfUnshippedRefundsSumsToWhatWasPaid(seed: Int) {
        var random = SeededRandom(seed: UInt64(seed))
        for _ in 0..<1000 {
            var account = OrderAccount.random(&random)
            let total = account.placed.total
            var number = 0
            var sum: Int64 = 0
            while let items = account.randomItems(&random) {
                number += 1
                let given = account.givenBack(countsOpen: false)
                guard let shares = account.shares(of: items, after: given) else {
                    Issue.record("seed \(seed): \(items) are refused")
                    return
                }
                for (item, share) in zip(items, shares.lines) {
                    let line = account.placed.lines.first { $0.lineID == item.lineID }!
                    let before = given[item.lineID]?.units ?? 0
                    let exact = Self.worth(line, upTo: before + item.quantity) - Self.worth(line, upTo: before)
                    #expect(share == exact)
                }
                sum += shares.total
                #expect(sum <= total)
                account.payBack(items, shares, number)
            }
            #expect(sum == total)
        }
    }

    @Test(arguments: 20..<25)
    func askingForLessNeverGivesMore(seed: Int) {
        var random = SeededRandom(seed: UInt64(seed))
        for _ in 0..<200 {
            var account = OrderAccount.random(&random)
            var number = 0
            var sum: Int64 = 0
            while let items = account.randomItems(&random) {
                number += 1
                guard let whole = account.shares(of: items, after: account.givenBack(countsOpen: false)) else { return }
                let asked = whole.total == 0 ? 0 : Int64(random.next() % UInt64(whole.total + 1))
                let shares = whole.reduced(to: asked)
                #expect(shares.total == asked)
                #expect(zip(shares.lines, whole.lines).allSatisfy { $0 >= 0 && $0 <= $1 + 1 })
                sum += shares.total
                account.payBack(items, shares, number)
            }
            #expect(sum <= account.placed.total)
        }
    }

    @Test func freightStaysWhenAnythingEverLeft() throws {
        var account = OrderAccount(placed: .sample(lines: [.sample(quantity: 2)], freight: 800), followsPlatform: false)
        let items = [CaseItem(lineID: "1", sku: "SKU-1", quantity: 2)]
        #expect(try #require(account.shares(of: items, after: [:])).freight == 800)
        account.dispatches = [Dispatch(shipmentID: "S1", lineID: "1", quantity: 1)]
        #expect(try #require(account.shares(of: items, after: [:])).freight == 0)
    }

    @Test func freightStaysWhileUnitsRemain() throws {
        let account = OrderAccount(placed: .sample(lines: [.sample(quantity: 2)], freight: 800), followsPlatform: false)
        let items = [CaseItem(lineID: "1", sku: "SKU-1", quantity: 1)]
        #expect(try #require(account.shares(of: items, after: [:])).total == 10_000)
    }

    @Test func moreUnitsThanALineHasHaveNoShare() {
        let account = OrderAccount(placed: .sample(lines: [.sample(quantity: 2)]), followsPlatform: false)
        #expect(account.shares(of: [CaseItem(lineID: "1", sku: "SKU-1", quantity: 3)], after: [:]) == nil)
    }

    @Test func goodwillLowersWhatALineGivesLater() throws {
        var account = OrderAccount(placed: .sample(lines: [.sample()]), followsPlatform: false)
        account.payBack(
            [CaseItem(lineID: "1", sku: "SKU-1", quantity: 0)], RefundShares(lines: [2000], freight: 0), 1)
        let items = [CaseItem(lineID: "1", sku: "SKU-1", quantity: 1)]
        #expect(try #require(account.shares(of: items, after: account.givenBack(countsOpen: false))).total == 8000)
    }
}
