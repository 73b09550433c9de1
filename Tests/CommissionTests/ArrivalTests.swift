import CommissionDomain
import Contracts
import Pipeline
import Support
import Testing

@testable import Commission

@Suite("Arrival in any order and number")
struct ArrivalTests {
    private static let orderFacts: [any Fact] = [
        OrderPlaced.sold([.sample(), .sample("2", sku: "SKU-2", quantity: 3)]), OrderConfirmed.sample(),
        OrderAttributionChanged.sample(.sample(chain: [ChainLink(memberID: "M9"), ChainLink(memberID: "M1")])),
        OrderCompleted.sample(),
    ]
    private static let caseFacts: [any Fact] = [
        CaseOpened.sample(), CaseRefunded.sample(3333), CaseRefunded.sample(number: 2, 10_000, of: "2"),
        CaseClosed.sample(),
    ]

    /// Every way to mix two sequences without changing the order within either: 8! / (4! · 4!) = 70.
    private static let mixes: [[any Fact]] = mix(orderFacts[...], caseFacts[...])

    private static func mix(_ left: ArraySlice<any Fact>, _ right: ArraySlice<any Fact>) -> [[any Fact]] {
        guard let first = left.first, let second = right.first else { return [Array(left + right)] }
        return mix(left.dropFirst(), right).map { [first] + $0 } + mix(left, right.dropFirst()).map { [second] + $0 }
    }

    /// What each account holds in the end, without zeros.
    private func balances(_ scene: CommissionScene) -> [LedgerAccount: Int64] {
        let accounts = Set(scene.journals.flatMap(\.entries).map(\.account))
        return Dictionary(uniqueKeysWithValues: accounts.map { ($0, scene.balance($0)) }).filter { $0.value != 0 }
    }

    @Test(arguments: [true, false]) func everyMixEndsAlike(settlesBetween: Bool) throws {
        #expect(Self.mixes.count == 70)
        for mix in Self.mixes {
            let scene = try CommissionScene()
            for fact in mix {
                scene.harness.publish(fact)
                if settlesBetween { try scene.harness.settle() }
            }
            try scene.harness.settle()
            try scene.harness.advance(by: .days(8))
            // Line 1 has 6,667 of 10,000 left, line 2 20,000 of 30,000: 1000 − 333 + 3000 − 1000, and half of it above.
            #expect(scene.available("M9") == 2667 && scene.available("M1") == 1333)
            #expect(
                balances(scene) == [
                    .available(member: "M9"): 2667, .available(member: "M1"): 1333, .retained: 4000, .expense: -8000,
                ])
            #expect(scene.harness.database.waiting.isEmpty && scene.harness.database.deadLetters.isEmpty)
        }
    }

    @Test(arguments: [true, false]) func tenDeliveriesBookOnce(haveOneID: Bool) throws {
        let scene = try CommissionScene()
        for (number, fact) in (Self.orderFacts + Self.caseFacts).enumerated() {
            for delivery in 0..<10 {
                scene.harness.publish(fact, id: haveOneID ? "fact-\(number)" : "fact-\(number)-\(delivery)")
            }
        }
        try scene.harness.settle()
        try scene.harness.advance(by: .days(8))
        #expect(scene.available("M9") == 2667 && scene.available("M1") == 1333)
        let journals = scene.journals
        #expect(Set(journals.map { "\($0.kind) \($0.cause)" }).count == journals.count)
        #expect(scene.harness.facts(CommissionMatured.self).count == 1)
        #expect(scene.harness.database.deadLetters.isEmpty)
    }
}
