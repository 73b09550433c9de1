import Contracts
import Foundation
import InventoryDomain
import Support

/// Random orders over random warehouses with the route that inventory takes, one JSON object a line, so that a solver can
/// say what the best route is.
enum RouteBench {
    private struct Unreadable: Error { let fault: Fault }

    static func write(count: Int, warehouses: ClosedRange<Int>, seed: UInt64) throws {
        var random = SplitMix(seed: seed)
        for _ in 0..<count {
            let lines = Int.random(in: 1...20, using: &random)
            let instance = instance(Int.random(in: warehouses, using: &random), lines: lines, &random)
            let routing = try trial(instance).answer().routing
            let line = JSONWriter.object { writer in
                writer.field("instance", json: instance)
                writer.field("routing", routing)
            }
            print(String(decoding: line, as: UTF8.self))
        }
    }

    /// The time of an order of three lines over ten warehouses.
    static func time(count: Int) throws {
        var random = SplitMix(seed: 1)
        let trials = try (0..<count).map { _ in try trial(instance(10, lines: 3, &random)) }
        let start = ContinuousClock.now
        let parcels = trials.reduce(Int64(0)) { $0 + ($1.answer().routing?.parcels ?? 0) }
        let each = (ContinuousClock.now - start) / .microseconds(1) / Double(count)
        print("{\"routes\":\(count),\"parcels\":\(parcels),\"microsecondsEach\":\(String(format: "%.1f", each))}")
    }

    private static func trial(_ instance: [UInt8]) throws -> RouteTrial {
        do throws(Fault) {
            return try RouteTrial(JSONDocument.object(instance))
        } catch {
            throw Unreadable(fault: error)
        }
    }

    /// Warehouses all over China with little of each item, so that many orders need several.
    private static func instance(_ warehouses: Int, lines: Int, _ random: inout SplitMix) -> [UInt8] {
        let names = (0..<warehouses).map { "w\(10 + $0)" }
        let skus = (0..<lines).map { "S\($0)" }
        return JSONWriter.object { json in
            json.field(
                "warehouses",
                list: names.map { name in
                    CatalogWarehouse(
                        warehouse: name,
                        latitude: Degrees(microdegrees: .random(in: 20_000_000...48_000_000, using: &random)),
                        longitude: Degrees(microdegrees: .random(in: 85_000_000...130_000_000, using: &random)),
                        priority: .random(in: 1...3, using: &random),
                        handlingCost: .random(in: 100...500, using: &random),
                        costPerKgPer100Km: .random(in: 20...60, using: &random))
                })
            json.field(
                "items",
                list: skus.map { CatalogItem(sku: $0, weightGrams: .random(in: 50...3000, using: &random)) })
            var wanted: [Int64] = []
            json.array("stock") { rows in
                for sku in skus {
                    let held = names.map { _ in max(0, Int64.random(in: -2...4, using: &random)) }
                    wanted.append(max(1, min(held.reduce(0, +), .random(in: 1...5, using: &random))))
                    for (name, pieces) in zip(names, held) {
                        // A SKU that nobody has would be a shortage, not a route.
                        let least: Int64 = name == names[0] && held.allSatisfy { $0 == 0 } ? 1 : 0
                        rows.element { row in
                            row.field("sku", sku)
                            row.field("warehouse", name)
                            row.field("onHand", max(pieces, least))
                        }
                    }
                }
            }
            json.object("order") { order in
                order.field("region", Region(country: "CN", province: "北京市"))
                order.array("lines") { list in
                    for (number, sku) in skus.enumerated() {
                        list.element { line in
                            line.field("lineId", "\(number)")
                            line.field("sku", sku)
                            line.field("quantity", wanted[number])
                        }
                    }
                }
            }
        }
    }
}
