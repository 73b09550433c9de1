import Contracts
import Support
import Testing

@testable import FulfilmentDomain

@Suite("Packing parcels")
struct PackingTests {
    static func line(_ quantity: Int64, grams: Int64, id: String = "1") -> ShipmentLine {
        ShipmentLine(lineID: id, sku: "SKU-\(id)", quantity: quantity, unitWeightGrams: grams)
    }

    /// Pieces of each line in each parcel.
    static func pack(_ lines: [ShipmentLine], maximumParcels: Int = 20) -> [[Int64]] {
        packParcels(lines, maximumParcels: maximumParcels).map { $0.map(\.quantity) }
    }

    @Test(
        arguments: [
            ([line(2, grams: 250)], [[2]]),
            ([line(3, grams: 10_000)], [[3]]),
            ([line(4, grams: 10_000)], [[3], [1]]),
            ([line(1, grams: 30_000), line(1, grams: 1, id: "2")], [[1], [1]]),
            ([line(1, grams: 20_000), line(3, grams: 5000, id: "2")], [[1, 2], [1]]),
            ([line(2, grams: 31_000)], [[1], [1]]),
            ([line(1, grams: 31_000), line(1, grams: 100, id: "2")], [[1], [1]]),
            ([line(1_000_000, grams: 0)], [[1_000_000]]),
            ([line(0, grams: 100)], []),
            ([], []),
        ] as [([ShipmentLine], [[Int64]])])
    func aParcelStaysWithinItsLimit(lines: [ShipmentLine], parcels: [[Int64]]) {
        #expect(Self.pack(lines) == parcels)
    }

    private static let rules = [
        "SKU-1": PackingRule(alone: true), "SKU-2": PackingRule(group: "frozen"), "SKU-3": PackingRule(group: "frozen"),
        "SKU-4": PackingRule(piecesPerParcel: 2),
    ]

    @Test(
        arguments: [
            ([("1", 1), ("5", 1)], ["1", "5"]), ([("2", 1), ("5", 1), ("3", 2), ("6", 1)], ["2 33", "5 6"]),
            ([("4", 5)], ["44", "44", "4"]), ([("5", 1), ("4", 3), ("6", 1)], ["5 44", "4 6"]),
            ([("1", 2), ("2", 1), ("5", 1)], ["11", "2", "5"]),
        ] as [([(String, Int64)], [String])])
    func itemsTravelAsTheyWantTo(pieces: [(String, Int64)], parcels: [String]) {
        let lines = pieces.map { Self.line($1, grams: 100, id: $0) }
        let packed = packParcels(lines, rules: Self.rules).map { parcel in
            parcel.map { String(repeating: $0.lineID, count: Int($0.quantity)) }.joined(separator: " ")
        }
        #expect(packed == parcels)
    }

    /// Random lines and wishes: nothing is lost, and within the number of parcels every wish is kept.
    @Test func noPieceIsLostAndEveryWishIsKept() {
        var random = SplitMix(seed: 7)
        for _ in 0..<2000 {
            let lines = (1...6).map { id in
                Self.line(
                    Int64.random(in: 1...9, using: &random), grams: Int64.random(in: 0...9000, using: &random),
                    id: "\(id)")
            }
            let parcels = packParcels(lines, rules: Self.rules, maximumParcels: 100)
            for line in lines {
                let packed = parcels.joined().filter { $0.lineID == line.lineID }.reduce(0) { $0 + $1.quantity }
                #expect(packed == line.quantity)
            }
            for parcel in parcels {
                let skus = Set(parcel.map(\.sku))
                #expect(!skus.contains("SKU-1") || skus.count == 1)
                #expect(skus.isDisjoint(with: ["SKU-2", "SKU-3"]) || skus.isSubset(of: ["SKU-2", "SKU-3"]))
                #expect(parcel.reduce(0) { $0 + ($1.sku == "SKU-4" ? $1.quantity : 0) } <= 2)
                #expect(parcel.reduce(0) { $0 + $1.weightGrams } <= 30_000)
            }
        }
    }

    @Test func aPlanFollowsTheCatalogue() throws {
        var domain = DomainState(.sample(quantities: [2, 1], phase: .placed))
        try domain.take(.item(.sample(sku: "SKU-1", packing: PackingRule(piecesPerParcel: 1))))
        domain.load([.item("SKU-2")])
        try domain.take(.orderConfirmed(.sample(lines: [.sample(quantity: 2), .sample("2", sku: "SKU-2")])))
        #expect(domain.order.shipments.map { $0.lines.map(\.quantity) } == [[1], [1, 1]])
    }

    @Test func theLastParcelTakesWhatIsLeft() {
        #expect(Self.pack([Self.line(100, grams: 20_000)], maximumParcels: 3) == [[1], [1], [98]])
    }

    @Test func hugeQuantitiesDoNotOverflow() {
        let lines = (0..<500).map { Self.line(999_999_999_999, grams: .max, id: "\($0)") }
        let parcels = packParcels(lines)
        #expect(parcels.count == 20)
        #expect(parcels.joined().reduce(0) { $0 + $1.quantity } == 500 * 999_999_999_999)
        #expect(parcels[19].reduce(Int64(0)) { $0 + $1.weightGrams } > 0)
    }
}
