import Contracts
import Support
import Testing

@testable import FulfilmentDomain

@Suite("Choosing a carrier")
struct TariffTests {
    static let hangzhou = WarehousePlace(warehouse: "hangzhou", country: "CN", province: "浙江省")

    @Test(
        arguments: [
            (Region(country: "CN", province: "浙江省"), CarrierTariff.Zone.sameProvince),
            (Region(country: "CN", province: "广东省"), .domestic), (nil, .domestic), (Region(country: "CN"), .domestic),
            (Region(country: "CN", province: "新疆维吾尔自治区"), .remote), (Region(country: "CN", province: "西藏自治区"), .remote),
            (Region(country: "CN", province: "香港特别行政区"), .abroad), (Region(country: "SG"), .abroad),
        ] as [(Region?, CarrierTariff.Zone)])
    func theRegionGivesTheZone(region: Region?, zone: CarrierTariff.Zone) {
        #expect(CarrierTariff.Zone(from: Self.hangzhou, to: region) == zone)
    }

    @Test(arguments: [(0, 500), (1, 500), (1000, 500), (1001, 600), (2000, 600), (30_000, 3400)] as [(Int64, Int64)])
    func begunKilogramsCountWhole(grams: Int64, cost: Int64) {
        #expect(CarrierTariff.sandbox[0].cost(ofGrams: grams) == cost)
    }

    @Test(
        arguments: [
            (CarrierTariff.Zone.sameProvince, 1000, "yto"), (.sameProvince, 6000, "yto"), (.sameProvince, 6001, "zto"),
            (.sameProvince, 30_000, "zto"), (.sameProvince, 30_001, "sf"), (.domestic, 500, "zto"),
            (.domestic, 10_000, "zto"), (.domestic, 11_000, "sf"), (.domestic, 12_000, "sf"), (.remote, 1000, "ems"),
            (.remote, 30_000, "ems"), (.remote, 30_001, "sf"), (.abroad, 1000, "ems"), (.abroad, 30_001, "sf"),
        ] as [(CarrierTariff.Zone, Int64, String)])
    func theCheapestCarrierIsTaken(zone: CarrierTariff.Zone, grams: Int64, carrier: String) {
        #expect(CarrierTariff.sandbox.cheapest(forGrams: grams, zone)?.carrier == carrier)
    }

    @Test func everyZoneTakesEveryWeight() {
        for zone in CarrierTariff.Zone.allCases {
            #expect(CarrierTariff.sandbox.cheapest(forGrams: .max / 100_000, zone)?.carrier == "sf")
        }
    }

    private static let table =
        #"{"tariffs":[{"carrier":"jd","zone":"domestic","firstKilogram":700,"furtherKilogram":300,"#
        + #""promiseDays":2,"maximumGrams":20000},{"carrier":"sf","zone":"domestic","firstKilogram":1500,"#
        + #""furtherKilogram":200,"promiseDays":1}]}"#

    @Test func aMallsOwnTableCounts() throws {
        let tariffs = try CarrierTariff.table(Array(Self.table.utf8))
        #expect(
            tariffs.map { String(decoding: $0.jsonBytes, as: UTF8.self) }.joined(separator: ",")
                == String(Self.table.dropFirst(12).dropLast(2)))
        let rules = FulfilmentRules(calendar: .shanghai, tariffs: tariffs)
        #expect(rules.carrier(forGrams: 1000, .domestic, at: .sample) == ("jd", 2))
        #expect(rules.carrier(forGrams: 20_001, .domestic, at: .sample) == ("sf", 1))
        #expect(
            rules.carrier(forGrams: 1000, .remote, at: .sample) == ("ems", nil), "nobody has a price, nobody promises")
        let labelled = FulfilmentRules(calendar: .shanghai, labelledCarriers: ["sf"], tariffs: tariffs)
        #expect(labelled.carrier(forGrams: 1000, .domestic, at: .sample) == ("sf", 1))
        #expect(labelled.carrier(forGrams: 1000, .remote, at: .sample) == ("sf", nil))
    }

    @Test(
        arguments: [
            (#"{"tariffs":[]}"#, "tariffs"), ("{}", "tariffs"),
            (table.replacing("jd", with: "pigeon"), "tariffs[0].carrier"),
            (table.replacing("jd", with: "sf"), "tariffs[1].zone"),
            (table.replacing("1500", with: "-1"), "tariffs[1].firstKilogram"),
            (table.replacing("domestic", with: "moon"), "tariffs[0].zone"),
        ])
    func aWrongTableNamesItsField(text: String, field: String) {
        let fault = #expect(throws: Fault.self) { try CarrierTariff.table(Array(text.utf8)) }
        #expect(fault?.field == field)
    }
}
