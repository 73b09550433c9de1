import Contracts
@testable import InventoryDomain
import Support
import Testing

/// Two pieces a day are expected, and three a day are enough at the service level; lead time 3 days, review 2.
@Suite("Buying in") struct ReviewStockTests {
    private static func forecast(historyDays: Int64 = 30, test: ForecastTest? = nil) -> DemandForecast {
        let days: ClosedRange<Int64> = 1...28
        return DemandForecast(
            sku: "SKU-1", day: CivilDay(year: 2026, month: 11, day: 28), historyDays: historyDays, method: "ses",
            expected: days.map { _ in 2000 }, low80: [], high80: [], low95: [], high95: [],
            needed: days.map { $0 * 3000 }, serviceLevel: 9500, test: test)
    }

    private static func item(
        pack: Int64 = 1, minimum: Int64 = 0, safety: Int64 = 0, reorderPoint: Int64? = nil, active: Bool = true
    ) -> CatalogItem {
        .sample(
            leadTimeDays: 3, reviewDays: 2, packSize: pack, minimumOrder: minimum, safetyStock: safety,
            reorderPoint: reorderPoint, active: active)
    }

    private static func decide(
        _ stock: Stock, _ item: CatalogItem = item(), _ forecast: DemandForecast? = forecast()
    ) -> Decision<InventoryChange> {
        var state = State<InventoryAggregate>()
        state.load(.stock("SKU-1"), .stock(stock))
        state.load(.item("SKU-1"), .item(item))
        state.load(.forecast("SKU-1"), forecast.map(InventoryAggregate.forecast))
        return reviewStock(of: "SKU-1", given: state, at: .sample)
    }

    private static func stock(
        _ onHand: Int64, incoming: Int64 = 0, waiting: Int64 = 0, isLow: Bool = false, suggestion: Suggestion? = nil
    ) -> Stock {
        Stock(
            sku: "SKU-1", levels: ["hangzhou": StockLevel(onHand: onHand)], incoming: ["PO-1": incoming],
            backorders: waiting > 0 ? [Backorder(orderID: .sample, lineID: "1", quantity: waiting)] : [],
            isLow: isLow, suggestion: suggestion)
    }

    private static func suggested(_ decision: Decision<InventoryChange>) -> ReplenishmentSuggested? {
        decision.facts.compactMap { $0 as? ReplenishmentSuggested }.first
    }

    /// Five days need 15 pieces. The last day to order is the one from which three days' demand still is there.
    @Test(
        arguments: [
            (15, 0, 0, nil, nil), (14, 0, 0, 1, 29), (12, 0, 0, 3, 29), (11, 0, 0, 4, 28), (0, 0, 0, 15, 28),
            (0, 15, 0, nil, nil), (0, 14, 0, 1, 29), (20, 0, 5, nil, nil), (20, 0, 6, 1, 29), (0, 0, 4, 19, 28),
        ] as [(Int64, Int64, Int64, Int64?, Int?)])
    func missingPiecesAreSuggested(onHand: Int64, incoming: Int64, waiting: Int64, quantity: Int64?, day: Int?) {
        let fact = Self.suggested(Self.decide(Self.stock(onHand, incoming: incoming, waiting: waiting)))
        #expect(fact?.quantity == quantity)
        #expect(fact?.orderBy == day.map { CivilDay(year: 2026, month: 11, day: $0) })
    }

    @Test(arguments: [(1, 0, 15), (6, 0, 18), (5, 0, 15), (1, 20, 20), (6, 20, 24)] as [(Int64, Int64, Int64)])
    func packsAreWholeAndTheSuppliersMinimumIsKept(pack: Int64, minimum: Int64, quantity: Int64) {
        let fact = Self.suggested(Self.decide(Self.stock(0), Self.item(pack: pack, minimum: minimum)))
        #expect(fact?.quantity == quantity)
    }

    @Test func suggestionTellsWhatItCameFrom() throws {
        let fact = try #require(Self.suggested(Self.decide(Self.stock(4, incoming: 1), Self.item(pack: 6, safety: 2))))
        #expect(fact.available == 2 && fact.incoming == 1 && fact.coverDays == 5)
        #expect(fact.expectedDemand == 10 && fact.neededDemand == 15 && fact.serviceLevel == 9500)
        #expect(fact.method == "ses")
        #expect(
            fact.why == "In 5 days (lead time 3, review 2) 10 pieces are expected and at 95 % no more than 15; 3 are "
                + "there or on order: 12 missing.")
    }

    @Test func sameSuggestionIsMadeOnce() {
        let again = Self.stock(0, suggestion: Suggestion(id: "2026-11-28-15", quantity: 15))
        #expect(Self.suggested(Self.decide(again)) == nil)
        let former = Self.stock(0, suggestion: Suggestion(id: "2026-11-27-15", quantity: 15))
        #expect(Self.suggested(Self.decide(former))?.suggestionID == "2026-11-28-15")
    }

    @Test func fewDaysOrNoForecastOrAnInactiveItemSuggestNothing() {
        #expect(Self.suggested(Self.decide(Self.stock(0), Self.item(), Self.forecast(historyDays: 13))) == nil)
        #expect(Self.suggested(Self.decide(Self.stock(0), Self.item(), Self.forecast(historyDays: 14))) != nil)
        #expect(Self.suggested(Self.decide(Self.stock(0), Self.item(), nil)) == nil)
        #expect(Self.suggested(Self.decide(Self.stock(0), Self.item(active: false))) == nil)
    }

    @Test func suggestionSaysWhenTheBaselineWouldHaveBeenNearer() throws {
        func accuracy(_ rmsse: Int64) -> ForecastAccuracy {
            ForecastAccuracy(wape: nil, mase: nil, rmsse: rmsse, bias: nil)
        }
        let worse = ForecastTest(method: "ses", days: 56, accuracy: accuracy(9000), baseline: accuracy(8000))
        let better = ForecastTest(method: "ses", days: 56, accuracy: accuracy(8000), baseline: accuracy(9000))
        #expect(
            try #require(Self.suggested(Self.decide(Self.stock(0), Self.item(), Self.forecast(test: worse)))).why
                .contains("look twice"))
        #expect(
            try !#require(Self.suggested(Self.decide(Self.stock(0), Self.item(), Self.forecast(test: better)))).why
                .contains("look twice"))
    }

    /// Six pieces are expected in the lead time: at six or below an order comes too late.
    @Test(
        arguments: [
            (7, nil, false, nil), (6, nil, false, "days-of-cover 6"), (6, 6, false, "reorder-point 6"),
            (6, 5, false, "days-of-cover 6"), (9, 9, false, "reorder-point 9"), (7, nil, true, nil),
            (8, nil, true, "recovered 6"),
        ] as [(Int64, Int64?, Bool, String?)])
    func coverShorterThanTheLeadTimeIsLow(onHand: Int64, point: Int64?, isLow: Bool, told: String?) {
        let decision = Self.decide(Self.stock(onHand, isLow: isLow), Self.item(reorderPoint: point))
        let facts = decision.facts.compactMap { fact -> String? in
            if let low = fact as? StockLow { return "\(low.reason.rawValue) \(low.threshold)" }
            return (fact as? StockRecovered).map { "recovered \($0.threshold)" }
        }
        #expect(facts == (told.map { [$0] } ?? []))
    }
}
