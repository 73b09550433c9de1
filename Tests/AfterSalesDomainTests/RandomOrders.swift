import Contracts
import Support

@testable import AfterSalesDomain

/// The same numbers for the same seed on every machine (SplitMix64).
struct SeededRandom: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var bits = state
        bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
        bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
        return bits ^ (bits >> 31)
    }
}

extension OrderAccount {
    /// A paid order of one to four lines of one to nine units, with prices that seldom divide evenly.
    static func random(_ random: inout SeededRandom) -> OrderAccount {
        let lines = (1...Int.random(in: 1...4, using: &random)).map { number in
            let quantity = Int64.random(in: 1...9, using: &random)
            let price = Int64.random(in: 0...3_000, using: &random)
            return PlacedLine.sample(
                "\(number)", quantity: quantity, unitPrice: price,
                discount: Int64.random(in: 0...price * quantity, using: &random))
        }
        let freight = Int64.random(in: 0...1500, using: &random)
        var account = OrderAccount(placed: .sample(lines: lines, freight: freight), followsPlatform: false)
        account.isPaid = true
        account.payments = [ReceivedPayment(paymentID: "P-1", amount: account.placed.total)]
        return account
    }

    /// Some of the units that are left; `nil` when none are.
    func randomItems(_ random: inout SeededRandom) -> [CaseItem]? {
        let given = givenBack(countsOpen: true)
        var items: [CaseItem] = []
        for line in placed.lines {
            let left = line.quantity - (given[line.lineID]?.units ?? 0)
            guard left > 0, Bool.random(using: &random) else { continue }
            let quantity = Int64.random(in: 1...left, using: &random)
            items.append(CaseItem(lineID: line.lineID, sku: line.sku, quantity: quantity))
        }
        if !items.isEmpty { return items }
        guard let line = placed.lines.first(where: { $0.quantity > (given[$0.lineID]?.units ?? 0) }) else { return nil }
        return [CaseItem(lineID: line.lineID, sku: line.sku, quantity: 1)]
    }

    /// Puts a case down whose money went back.
    mutating func payBack(_ items: [CaseItem], _ shares: RefundShares, _ number: Int) {
        var items = items
        for index in items.indices { items[index].refund = shares.lines[index] }
        cases.append(
            AfterSalesCase(
                caseID: "\(orderID)-A\(number)", externalCaseID: "AS-\(number)", kind: .refund, reason: "test",
                state: .closed, outcome: .refunded, items: items, amount: shares.total, freight: shares.freight))
    }
}
