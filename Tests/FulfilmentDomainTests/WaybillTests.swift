import Testing

@testable import FulfilmentDomain

@Suite("Sandbox waybills")
struct WaybillTests {
    @Test(arguments: [("sf", "SF", 15), ("zto", "78", 14), ("yto", "YT", 15), ("ems", "E", 13)])
    func numbersHaveTheShapeOfTheirCarrier(carrier: String, prefix: String, length: Int) throws {
        for index in 0..<200 {
            let number = try #require(SandboxWaybill.number(of: "ORDER-S\(index)", carrier: carrier))
            #expect(number.hasPrefix(prefix))
            #expect(number.count == length)
            if carrier == "ems" { #expect(S10.isValid(number)) }
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
