import Contracts
import Testing

@testable import FulfilmentDomain

@Suite("Words of aggregators")
struct StatusVocabularyTests {
    @Test(
        arguments: [
            (.kuaidi100, "103", .seen(.pickedUp)), (.kuaidi100, "1002", .seen(.inTransit)),
            (.kuaidi100, "5", .seen(.outForDelivery)), (.kuaidi100, "501", .seen(.atPickupPoint)),
            (.kuaidi100, "304", .seen(.delivered)), (.kuaidi100, "203", .seen(.refused)),
            (.kuaidi100, "14", .seen(.refused)), (.kuaidi100, "6", .seen(.returning)),
            (.kuaidi100, "4", .seen(.returned)), (.kuaidi100, "205", .seen(.exception)),
            (.kuaidi100, "101", .announced), (.kuaidi100, "999", .unknown), (.kdniao, "1", .seen(.pickedUp)),
            (.kdniao, "202", .seen(.outForDelivery)), (.kdniao, "211", .seen(.atPickupPoint)),
            (.kdniao, "311", .seen(.delivered)), (.kdniao, "404", .seen(.refused)), (.kdniao, "406", .seen(.returned)),
            (.kdniao, "407", .seen(.returning)), (.kdniao, "604", .seen(.exception)), (.kdniao, "0", .announced),
            (.kdniao, "", .unknown), (.aftership, "Pending", .announced), (.aftership, "InfoReceived", .announced),
            (.aftership, "InTransit", .seen(.inTransit)), (.aftership, "OutForDelivery", .seen(.outForDelivery)),
            (.aftership, "AttemptFail", .seen(.exception)), (.aftership, "Delivered", .seen(.delivered)),
            (.aftership, "AvailableForPickup", .seen(.atPickupPoint)), (.aftership, "Exception", .seen(.exception)),
            (.aftership, "Expired", .seen(.exception)),
        ] as [(StatusVocabulary, String, StatusVocabulary.Meaning)])
    func codesMeanOneModel(vocabulary: StatusVocabulary, code: String, meaning: StatusVocabulary.Meaning) {
        #expect(vocabulary.meaning(of: code) == meaning)
    }

    @Test func whatIsNotKnownWasSeenAllTheSame() {
        #expect(StatusVocabulary.kdniao.meaning(of: "999").status == .inTransit)
        #expect(StatusVocabulary.kdniao.meaning(of: "10").status == nil)
    }

    @Test func everyCarrierHasOneNameAtEachAggregator() {
        for codes in CarrierCodes.all {
            #expect(CarrierCodes.carrier(kuaidi100: codes.kuaidi100) == codes.carrier)
            #expect(CarrierCodes.carrier(kdniao: codes.kdniao) == codes.carrier)
        }
        #expect(CarrierCodes.carrier(kuaidi100: "Kuayue") == "kuayue")
        #expect(CarrierCodes.of("yunda")?.code(on: "douyin") == "yunda")
        #expect(CarrierCodes.of("yunda")?.code(on: "pinduoduo") == "121")
        #expect(CarrierCodes.of("ups")?.code(on: "jd") == nil)
    }
}
