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
