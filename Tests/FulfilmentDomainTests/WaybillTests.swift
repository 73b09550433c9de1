import Testing

@testable import FulfilmentDomain

@Suite("Sandbox waybills")
struct WaybillTests {
    @Test(arguments: [
        ("sf", "SF", 15), ("zto", "78", 14), ("yto", "YT", 15), ("sto", "77", 15), ("yunda", "43", 13),
        ("jd", "JD", 15), ("jt", "JT", 15), ("ems", "E", 13), ("ups", "1Z", 18), ("fedex", "7", 12), ("dhl", "3", 10),
    ])
    func numbersHaveTheShapeOfTheirCarrier(carrier: String, prefix: String, length: Int) throws {
        for index in 0..<200 {
            let number = try #require(SandboxWaybill.number(of: "ORDER-S\(index)", carrier: carrier))
            #expect(number.hasPrefix(prefix))
            #expect(number.count == length)
            let reading = WaybillReading(of: number, carrier: carrier)
            #expect(reading.checkDigit == (["ems", "ups", "fedex", "dhl"].contains(carrier) ? .valid : .none))
            #expect(reading.isValid)
        }
    }

    @Test func aNumberFollowsFromTheShipmentAlone() {
        for carrier in SandboxWaybill.carriers {
            let first = SandboxWaybill.number(of: "A-S1", carrier: carrier)
            #expect(first == SandboxWaybill.number(of: "A-S1", carrier: carrier))
            #expect(first != SandboxWaybill.number(of: "A-S2", carrier: carrier))
            #expect(first != SandboxWaybill.number(of: "A-S1", carrier: carrier, attempt: 2))
        }
    }

    @Test func aTakenNumberIsPassedOver() {
        let attempts = (1...4).map { SandboxWaybill.number(of: "A-S1", carrier: "ems", attempt: $0) }
        for taken in 0...4 {
            let free = SandboxWaybill.freeNumber(of: "A-S1", carrier: "ems") { attempts[..<taken].contains($0) }
            #expect(free == attempts[min(taken, 3)])
        }
    }

    @Test func otherCarriersGiveTheirNumbersThemselves() {
        #expect(SandboxWaybill.number(of: "A-S1", carrier: "kuayue") == nil)
    }
}
