import Foundation
import Testing

@Suite("ops calc of waybills and signatures")
struct CalcParcelTests {
    @Test(arguments: [
        ("1Z5R89390357567127", 0, #"{"carrier":"ups","format":"ups-1z","checkDigit":"valid","valid":true}"#),
        ("1Z5R89390357567128", 65, #"{"carrier":"ups","format":"ups-1z","checkDigit":"invalid","valid":false}"#),
        ("sf 1234567890123", 0, #"{"carrier":"sf","format":"sf","checkDigit":"none","valid":true}"#),
        ("?", 65, #"{"carrier":null,"format":null,"checkDigit":"none","valid":false}"#),
    ])
    func aNumberIsRead(number: String, status: Int32, line: String) throws {
        let (ended, output) = try CalcProgram.run(["waybill", number, "--json"])
        #expect(ended == status)
        #expect(String(decoding: output, as: UTF8.self) == line + "\n")
    }

    @Test func theStatedCarrierDecides() throws {
        #expect(try CalcProgram.run(["waybill", "996578788855"]).status == 65)
        #expect(try CalcProgram.run(["waybill", "996578788855", "--carrier", "sf"]).status == 0)
    }

    /// The bytes of the file are signed as they are.
    @Test func aRequestIsSigned() throws {
        let data = "{'OrderCode':'','ShipperCode':'SF','LogisticCode':'589707398027'}"
        let key = "56da2cf8-c8a2-44b2-b6fa-476cd7d1ba17"
        let (status, output) = try CalcProgram.run(
            ["sign", "--provider", "kdniao", "--file", "-", "--key", key, "--json"], data)
        #expect(status == 0)
        let line = #"{"sign":"ZjcxM2NmY2MxY2ZhNGZkOTY3YjIwM2VlOGE1ZTZlNDY=","#
        #expect(String(decoding: output, as: UTF8.self).hasPrefix(line))
        #expect(try CalcProgram.run(["sign", "--provider", "kuaidi100", "--file", "-"], data).status == 64)
        let push = ["sign", "--provider", "kuaidi100", "--kind", "push", "--salt", "s", "--file", "-"]
        #expect(try CalcProgram.run(push, data).output != CalcProgram.run(push, data + "\n").output)
    }
}
