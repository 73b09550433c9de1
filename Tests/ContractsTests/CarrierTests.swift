import Contracts
import Support
import Testing

@Suite("Carriers of the catalogue")
struct CarrierTests {
    private func read(_ text: String) throws -> CatalogCarrier {
        try CatalogCarrier(JSONDocument.object(Array(text.utf8)))
    }

    private static func carrier(_ tariff: String, more: String = "") -> String {
        #"{"carrier":"sf","tariffs":[\#(tariff)]\#(more)}"#
    }

    private static let domestic = #"{"zone":"domestic","firstKilogram":900,"furtherKilogram":0,"promiseDays":0}"#

    @Test func whatIsLeftOutHasItsUsualValue() throws {
        let carrier = try read(Self.carrier(Self.domestic))
        #expect(carrier.name == "顺丰速运" && carrier.active && carrier.effectiveFrom == nil)
        #expect(
            carrier.tariffs == [.init(zone: .domestic, firstKilogram: 900, furtherKilogram: 0, promiseDays: 0)])
    }

    @Test func sampleComesBackFromJSON() throws {
        let sample = CatalogCarrier.sample(effectiveFrom: .sample)
        #expect(try CatalogCarrier(JSONDocument.object(sample.jsonBytes)) == sample)
    }

    @Test func inactiveCarrierNeedsNoTariff() throws {
        #expect(try read(#"{"carrier":"sf","active":false}"#).tariffs == [])
    }

    @Test(
        arguments: [
            (carrier(domestic).replacing("\"sf\"", with: "\"pigeon\""), "carrier"),
            (#"{"tariffs":[]}"#, "carrier"), (#"{"carrier":"sf"}"#, "tariffs"), (carrier(""), "tariffs"),
            (carrier(domestic + "," + domestic), "tariffs[1].zone"),
            (carrier(domestic.replacing("domestic", with: "moon")), "tariffs[0].zone"),
            (carrier(domestic.replacing("900", with: "-1")), "tariffs[0].firstKilogram"),
            (carrier(domestic.replacing("900", with: "9.5")), "tariffs[0].firstKilogram"),
            (carrier(#"{"zone":"domestic","firstKilogram":1,"promiseDays":1}"#), "tariffs[0].furtherKilogram"),
            (carrier(domestic.replacing("\"promiseDays\":0", with: "\"promiseDays\":366")), "tariffs[0].promiseDays"),
            (carrier(domestic.replacing("}", with: #","maximumGrams":0}"#)), "tariffs[0].maximumGrams"),
            (carrier(domestic, more: #","active":1"#), "active"),
            (carrier(domestic, more: #","effectiveFrom":"soon""#), "effectiveFrom"),
        ])
    func wrongCarrierNamesItsField(text: String, field: String) {
        let fault = #expect(throws: Fault.self) { try read(text) }
        #expect(fault?.field == field)
    }

    @Test func unknownCarrierIsToldWhichThereAre() {
        let fault = #expect(throws: Fault.self) { try read(#"{"carrier":"pigeon"}"#) }
        #expect(fault?.reason.hasPrefix("is none of sf, zto, yto") == true)
    }
}
