import Contracts
import Support
import Testing

@testable import InventoryDomain

@Suite("Routing an order")
struct RoutingTests {
    private static let catalog: [CatalogWarehouse] = [
        .sample(),
        .sample(
            warehouse: "beijing", province: "北京市", latitude: Degrees(microdegrees: 39_904_000),
            longitude: Degrees(microdegrees: 116_407_000), priority: 2),
        .sample(
            warehouse: "guangzhou", province: "广东省", latitude: Degrees(microdegrees: 23_129_000),
            longitude: Degrees(microdegrees: 113_264_000), priority: 3),
    ]

    private func route(
        _ wanted: [(String, Int64)], _ levels: [String: [String: Int64]], to province: String = "浙江省",
        _ catalog: [CatalogWarehouse] = catalog
    ) -> Route {
        let lines = wanted.enumerated().map { StockRequest.Line(lineID: "\($0)", sku: $1.0, quantity: $1.1) }
        return routeOrder(
            lines, from: Warehouses(catalog, to: .sample(province: province)),
            stocks: { sku in
                Stock(sku: sku, levels: (levels[sku] ?? [:]).mapValues { StockLevel(onHand: $0) })
            }, items: { .sample(sku: $0, weightGrams: 1000) })
    }

    private func parcels(_ route: Route) -> [String] {
        route.allotments.map { "\($0.lineID) \($0.quantity) \($0.sku) \($0.warehouse)" }
    }

    @Test func nearestOfThoseThatHaveAllIsChosen() {
        let all: [String: Int64] = ["hangzhou": 9, "beijing": 9, "guangzhou": 9]
        #expect(parcels(route([("A", 2)], ["A": all])) == ["0 2 A hangzhou"])
        #expect(parcels(route([("A", 2)], ["A": all], to: "天津市")) == ["0 2 A beijing"])
        #expect(parcels(route([("A", 2)], ["A": all], to: "海南省")) == ["0 2 A guangzhou"])
    }

    @Test func oneFarParcelBeatsTwoNearOnes() {
        let route = route(
            [("A", 1), ("B", 1)],
            ["A": ["hangzhou": 1, "guangzhou": 1], "B": ["beijing": 1, "guangzhou": 1]])
        #expect(parcels(route) == ["0 1 A guangzhou", "1 1 B guangzhou"])
        #expect(route.routing.rejected == ["hangzhou: has 0 of 1 B", "beijing: has 0 of 1 A"])
    }

    @Test func orderIsSplitOnlyWhenNoneHasEverything() {
        let route = route([("A", 5)], ["A": ["hangzhou": 3, "beijing": 2, "guangzhou": 2]])
        #expect(parcels(route) == ["0 3 A hangzhou", "0 2 A guangzhou"])
        #expect(route.routing.parcels == 2)
        #expect(route.routing.why.hasPrefix("2 parcels, as none alone has everything"))
    }

    @Test func priorityDecidesBetweenEqualCosts() {
        let twins = [CatalogWarehouse.sample(warehouse: "a", priority: 2), .sample(warehouse: "b", priority: 1)]
        let route = route([("A", 1)], ["A": ["a": 1, "b": 1]], twins)
        #expect(parcels(route) == ["0 1 A b"])
        #expect(route.routing.rejected == ["a: costs the same, its priority is not smaller"])
    }

    @Test func costIsHandlingAndWeightTimesWayRoundedOnce() {
        // 3 kg over 1 km: 300 + 45 × 3 × 0.009 = 301.2.
        let route = route([("A", 3)], ["A": ["hangzhou": 3]])
        #expect(route.routing.cost == 301)
        #expect(route.routing.why == "one parcel from hangzhou (0 km)")
    }

    @Test func warehouseSendsOnlyToItsRegions() {
        let catalog = [
            CatalogWarehouse.sample(warehouse: "a", regions: ["上海"]),
            .sample(warehouse: "b", active: false), .sample(warehouse: "c", regions: ["浙江", "上海"]),
        ]
        let warehouses = Warehouses(catalog, to: .sample())
        #expect(warehouses.eligible.map(\.id) == ["c"])
        #expect(warehouses.ineligible == ["a: does not send to 浙江省", "b: is not active"])
        #expect(Warehouses(catalog, to: nil).eligible == [])
    }

    @Test func unknownPlaceIsAThousandKilometresFar() {
        let warehouses = Warehouses([.sample()], to: Region(country: "DE", province: "Bayern"))
        #expect(warehouses.eligible.map(\.metres) == [1_000_000])
    }

    @Test func gatheringFromManyWarehousesFindsARoute() {
        let catalog = (10..<40).map { CatalogWarehouse.sample(warehouse: "w\($0)", priority: Int64($0)) }
        let levels = Dictionary(uniqueKeysWithValues: catalog.map { ($0.warehouse, Int64(2)) })
        let route = route([("A", 7)], ["A": levels], catalog)
        #expect(route.routing.parcels == 4)
        #expect(route.allotments.reduce(0) { $0 + $1.quantity } == 7)
    }

    /// Every way to divide the pieces is tried for a thousand small orders.
    @Test func noOtherSplitHasFewerParcelsOrCostsLess() throws {
        var random = SeededGenerator(seed: 7)
        for round in 0..<1000 {
            let candidates = (0..<Int.random(in: 1...3, using: &random)).map { number in
                Warehouses.Candidate(
                    id: "w\(number)", priority: .random(in: 0...2, using: &random),
                    handlingCost: .random(in: 0...300, using: &random),
                    costPerKgPer100Km: .random(in: 0...50, using: &random),
                    metres: .random(in: 0...3_000_000, using: &random))
            }
            let skus = (0..<Int.random(in: 1...2, using: &random)).map { number in
                RoutedSKU(
                    sku: "S\(number)", pieces: .random(in: 1...3, using: &random),
                    gramsPerPiece: .random(in: 0...900, using: &random),
                    free: candidates.map { _ in .random(in: 0...3, using: &random) })
            }
            let best = bruteForce(skus, candidates)
            let plan = chooseWarehouses(for: skus, from: candidates)
            #expect((plan == nil) == (best == nil), "round \(round)")
            guard let plan, let best else { continue }
            try #require(plan.members.count == best.parcels && plan.exactCost == best.cost, "round \(round)")
        }
    }

    /// Every set of twelve warehouses is tried for forty orders of several items.
    @Test func searchOverManyWarehousesFindsWhatTryingAllSetsFinds() throws {
        var random = SeededGenerator(seed: 11)
        for round in 0..<40 {
            let candidates = (10..<22).map { number in
                Warehouses.Candidate(
                    id: "w\(number)", priority: .random(in: 0...2, using: &random),
                    handlingCost: .random(in: 0...300, using: &random),
                    costPerKgPer100Km: .random(in: 10...50, using: &random),
                    metres: .random(in: 0...3_000_000, using: &random))
            }
            let skus = (0..<5).map { number in
                RoutedSKU(
                    sku: "S\(number)", pieces: .random(in: 1...4, using: &random),
                    gramsPerPiece: .random(in: 100...900, using: &random),
                    free: candidates.map { _ in .random(in: -6...3, using: &random) }.map { max(0, $0) })
            }
            let all = (1..<(1 << 12)).lazy.map { set in candidates.indices.filter { set >> $0 & 1 == 1 } }
            let best = all.compactMap { divide(skus, among: $0, candidates) }.min {
                ($0.members.count, $0.exactCost) < ($1.members.count, $1.exactCost)
            }
            let plan = chooseWarehouses(for: skus, from: candidates)
            #expect(plan?.members.count == best?.members.count, "round \(round)")
            #expect(plan?.exactCost == best?.exactCost, "round \(round)")
        }
    }

    private func bruteForce(
        _ skus: [RoutedSKU], _ candidates: [Warehouses.Candidate]
    ) -> (parcels: Int, cost: Int128)? {
        var splits: [[[Int64]]] = [[]]
        for sku in skus {
            let rows = Self.rows(of: sku.pieces, sku.free[...])
            splits = splits.flatMap { split in rows.map { split + [$0] } }
        }
        return splits.map { split in
            let used = candidates.indices.filter { index in split.contains { $0[index] > 0 } }
            var cost = used.reduce(Int128(0)) { $0 + Int128(candidates[$1].handlingCost) * 100_000_000 }
            for (sku, row) in zip(skus, split) {
                for index in used {
                    cost += Int128(row[index] * sku.gramsPerPiece) * candidates[index].costPerGram
                }
            }
            return (used.count, cost)
        }.min { ($0.0, $0.1) < ($1.0, $1.1) }
    }

    private static func rows(of pieces: Int64, _ free: ArraySlice<Int64>) -> [[Int64]] {
        guard let first = free.first else { return pieces == 0 ? [[]] : [] }
        return (0...min(pieces, first)).flatMap { given in
            rows(of: pieces - given, free.dropFirst()).map { [given] + $0 }
        }
    }
}
