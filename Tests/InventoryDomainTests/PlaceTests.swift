import Testing

@testable import InventoryDomain

@Suite("Distances")
struct PlaceTests {
    @Test(
        arguments: [
            ("北京市", "上海市", 1067), ("浙江省", "浙江", 0), ("新疆维吾尔自治区", "黑龙江省", 3050), ("广东省", "北京", 1889),
        ] as [(String, String, Int64)])
    func provincesLieAsFarApartAsOnTheGlobe(from: String, to: String, kilometres: Int64) throws {
        let metres = try #require(Provinces.place(from)).metres(to: #require(Provinces.place(to)))
        #expect(abs(metres - kilometres * 1000) <= 15_000, "\(metres) m")
    }

    @Test func halfTheGlobeIsItsHalfCircumference() {
        let metres = Place(latitude: 0, longitude: 0).metres(to: Place(latitude: 0, longitude: 180_000_000))
        #expect(abs(metres - 20_015_115) < 10)
    }

    @Test func everyProvinceStandsOnce() {
        #expect(Provinces.seats.count == 34)
        for seat in Provinces.seats { #expect(Provinces.seats.filter { seat.name.hasPrefix($0.name) }.count == 1) }
        #expect(Provinces.place("Bayern") == nil)
    }
}
