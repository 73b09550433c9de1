import Contracts
import Support
import Testing

@testable import InventoryDomain

@Suite("What can be sold, and who hears of it")
struct StockTests {
    private func stock(
        _ onHand: Int64, reserved: Int64 = 0, safety: Int64? = nil, waiting: Int64 = 0,
        announced: Announcement? = nil, isDue: Bool = false, isLow: Bool = false
    ) -> Stock {
        Stock(
            sku: "SKU-1", levels: ["a": StockLevel(onHand: onHand, reserved: reserved)], safetyStock: safety,
            backorders: waiting > 0 ? [Backorder(orderID: .sample, lineID: "1", quantity: waiting)] : [],
            isLow: isLow, announced: announced, isAnnouncementDue: isDue)
    }

    @Test(
        arguments: [
            (10, 0, nil, 0, 0, 10), (10, 4, nil, 0, 0, 6), (10, 4, nil, 5, 0, 1), (10, 4, nil, 6, 0, 0),
            (10, 4, nil, 9, 0, 0), (10, 4, 1, 9, 0, 5), (10, 4, 0, 9, 2, 4), (1, 0, nil, 0, 3, 0),
        ] as [(Int64, Int64, Int64?, Int64, Int64, Int64)])
    func availableIsWhatIsFreeAndHeldBackForNobody(
        onHand: Int64, reserved: Int64, ours: Int64?, catalogs: Int64, waiting: Int64, available: Int64
    ) {
        let stock = stock(onHand, reserved: reserved, safety: ours, waiting: waiting)
        #expect(stock.available(.sample(safetyStock: catalogs)) == available)
    }

    @Test func safetyStockOfAWarehouseIsHeldBackThere() {
        let stock = Stock(
            sku: "A", levels: ["a": StockLevel(onHand: 3, safetyStock: 5), "b": StockLevel(onHand: 4, safetyStock: 1)])
        #expect(stock.available(nil) == 3)
    }

    @Test(
        arguments: [
            (nil, 0, 0, false, "needless"), (nil, 5, 0, false, "now"), (5, 5, 0, false, "needless"),
            (5, 4, 999, false, "later"), (5, 4, 1000, false, "now"), (5, 4, 999, true, "needless"),
            (5, 0, 1, false, "now"), (5, 0, 1, true, "now"), (0, 5, 1, false, "later"),
        ] as [(Int64?, Int64, Int64, Bool, String)])
    func changeIsToldAtOnceThenOncePerSecondAndNothingLeftAlwaysAtOnce(
        told: Int64?, available: Int64, millisecondsLater: Int64, isDue: Bool, expected: String
    ) {
        let announced = told.map { Announcement(available: $0, incoming: 0, at: .sample) }
        let stock = stock(available, announced: announced, isDue: isDue)
        let time =
            switch stock.announcement(nil, at: .sample + .milliseconds(millisecondsLater)) {
            case .needless: "needless"
            case .now: "now"
            case .later(let due): due == .sample + .seconds(1) ? "later" : "\(due)"
            }
        #expect(time == expected)
    }

    @Test(
        arguments: [
            (11, false, nil), (10, false, "low"), (0, false, "low"), (10, true, nil), (11, true, nil),
            (12, true, "recovered"),
        ] as [(Int64, Bool, String?)])
    func alertStandsUntilStockIsATenthAboveTheReorderPoint(available: Int64, isLow: Bool, expected: String?) {
        var stock = stock(available, isLow: isLow)
        let alert = stock.watch(.sample(reorderPoint: 10), at: .sample)
        #expect((alert is StockLow ? "low" : alert is StockRecovered ? "recovered" : nil) == expected)
        #expect(stock.isLow == (expected == "low" || (isLow && expected == nil)))
        #expect(stock.watch(nil, at: .sample) == nil)
    }

    @Test(arguments: [
        MovementName(sku: "SKU 1 2", warehouse: "a/b", movementID: "WM 7"),
        MovementName(sku: "", warehouse: "w", movementID: ""),
        MovementName(sku: "货", warehouse: "w", movementID: "单 1"),
    ])
    func movementNameCanBeReadBack(name: MovementName) {
        #expect(MovementName(name.text) == name)
    }

    @Test(arguments: ["", "x w abc", "9 w abc", "-1 w abc", "1"])
    func brokenMovementNameIsRefused(text: String) {
        #expect(MovementName(text) == nil)
    }

    @Test func stockRequestCanBeReadBack() throws {
        let request = StockRequest(
            channel: "jd", region: .sample(),
            lines: [
                .init(lineID: "1", sku: "A", quantity: 6, piecesPerUnit: 3), .init(lineID: "2", sku: "货", quantity: 1),
            ])
        #expect(try StockRequest(JSONDocument.object(request.jsonBytes)) == request)
    }
}
