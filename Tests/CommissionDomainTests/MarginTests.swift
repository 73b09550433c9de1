import Contracts
import Support
import Testing

@testable import CommissionDomain

@Suite("Margins (拿货价)")
struct MarginTests {
    private static let line = CommissionLine(lineID: "1", sku: "SKU-1", quantity: 3, commissionClass: nil, base: 30_000)

    private func shares(
        _ prices: [DistributionPlan.SupplyPrice], _ grades: [String?], levels: Int64 = 3, cap: Int64 = 10_000
    ) -> LineShares {
        let chain = grades.enumerated().map { ChainLink(memberID: "M\($0 + 1)", grade: $1) }
        let plan = DistributionPlan.sample(
            levels: (1...levels).map { .init(level: $0, rates: []) }, mode: .margin, supplyPrices: prices,
            poolCapBasisPoints: cap, acknowledgeLevels: true)
        return shareOutLine(Self.line, among: chain, by: plan)
    }

    private static let prices: [DistributionPlan.SupplyPrice] = [
        .init(sku: "SKU-1", price: 8000), .init(sku: "SKU-1", grade: "gold", price: 7000),
        .init(sku: "SKU-1", grade: "city", price: 5000), .init(sku: "SKU-2", price: 1),
    ]

    @Test func everybodyEarnsTheDifferenceToTheLevelBelow() {
        let shares = shares(Self.prices, [nil, "gold", "city"])
        #expect(shares.legs.map(\.amount) == [6000, 3000, 6000])
        #expect(shares.legs.allSatisfy { $0.kind == .margin && $0.rateBasisPoints == nil && $0.amountPerUnit == nil })
        #expect(shares.legs[1].why == "pays 7000 a piece, 21000 in all; the level below 24000")
        #expect(shares.pool == 30_000 && shares.companyShare == 15_000 && shares.remainder == 0)
    }

    /// In all nobody gets more than the goods cost above the lowest price.
    @Test func higherPriceAboveALowerOneEarnsNothingAndHidesNothing() {
        let shares = shares(Self.prices, ["gold", nil, "city"])
        #expect(shares.legs.map(\.amount) == [9000, 0, 6000])
    }

    @Test func soldBelowTheOwnPriceEarnsNothing() {
        let dear = shares([.init(sku: "SKU-1", price: 10_001)], [nil])
        #expect(dear.legs.map(\.amount) == [0] && dear.companyShare == 30_000)
    }

    @Test func whoHasNoPriceIsPassedOver() {
        let shares = shares([.init(sku: "SKU-1", grade: "city", price: 5000)], [nil, "gold", "city"])
        #expect(shares.legs.map(\.memberID) == ["M3"] && shares.legs.map(\.amount) == [15_000])
    }

    @Test func onlyLevelsOfThePlanTakePart() {
        #expect(shares(Self.prices, [nil, "gold", "city"], levels: 2).legs.map(\.amount) == [6000, 3000])
    }

    @Test func poolCutsTheFarthest() {
        #expect(shares(Self.prices, [nil, "gold", "city"], cap: 2500).legs.map(\.amount) == [6000, 1500, 0])
    }

    @Test func planWithoutPricesOrAcknowledgementIsRefused() {
        #expect(throws: Fault.self) { try checkPlan(.sample(mode: .margin)) }
        let three = DistributionPlan.sample(
            levels: (1...3).map { .init(level: $0, rates: []) }, mode: .margin, supplyPrices: Self.prices)
        #expect(throws: Fault.self) { try checkPlan(three) }
    }

    @Test func tiersThatBeginAtTheSameTurnoverAreRefused() {
        let tier = DistributionPlan.TeamTier(monthlyTurnover: 5, rateBasisPoints: 1)
        #expect(throws: Fault.self) { try checkPlan(.sample(teamTiers: [tier, tier], acknowledgeLevels: true)) }
    }
}
