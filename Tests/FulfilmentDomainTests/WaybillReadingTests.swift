import Testing

@testable import FulfilmentDomain

@Suite("Reading waybill numbers")
struct WaybillReadingTests {
    /// Numbers that carriers and tracking libraries print as examples.
    static let examples: [(number: String, carrier: String, format: String)] = [
        ("1Z5R89390357567127", "ups", "ups-1z"), ("1Z879E930346834440", "ups", "ups-1z"),
        ("1Z410E7W0392751591", "ups", "ups-1z"), ("1Z8V92A70367203024", "ups", "ups-1z"),
        ("1Z999AA10123456784", "ups", "ups-1z"), ("986578788855", "fedex", "fedex-express-12"),
        ("477179081230", "fedex", "fedex-express-12"), ("7905 3531 2317", "fedex", "fedex-express-12"),
        ("974367662710", "fedex", "fedex-express-12"), ("0414 4176 0228 964", "fedex", "fedex-ground-15"),
        ("5682 8361 0012 000", "fedex", "fedex-ground-15"), ("568283610012734", "fedex", "fedex-ground-15"),
        ("9611020987654312345672", "fedex", "fedex-ground-96"), ("61299998820821171811", "fedex", "fedex-smartpost"),
        ("9261292700768711948021", "fedex", "fedex-smartpost"),
        ("1001921334250001000300779017972697", "fedex", "fedex-express-34"),
        ("1002297871540001000300790695517286", "fedex", "fedex-express-34"),
        ("9622001560001234567100794808390594", "fedex", "fedex-express-34"), ("3318810025", "dhl", "dhl-express"),
        ("73891051146", "dhl", "dhl-express"), ("8487135506", "dhl", "dhl-express"),
        ("1099255990", "dhl", "dhl-express"), ("EE123456785CN", "ems", "s10"), ("RB123456785CN", "china-post", "s10"),
        ("rb 123 456 785 gb", "post", "s10"),
    ]

    @Test(arguments: examples.map(\.number))
    func publicExamplesAreValid(number: String) throws {
        let example = try #require(Self.examples.first { $0.number == number })
        let reading = WaybillReading(of: number)
        #expect(reading.carrier == example.carrier)
        #expect(reading.format == example.format)
        #expect(reading.checkDigit == .valid)
        #expect(reading.isValid)
    }

    /// Every other last digit is wrong; S10's 5 and FedEx Express's 0 stand for two remainders, not for two digits.
    @Test(arguments: examples.map(\.number).filter { !$0.uppercased().hasSuffix("CN") && !$0.hasSuffix("gb") })
    func anotherCheckDigitIsInvalid(number: String) {
        for digit in "0123456789" where digit != number.last {
            let reading = WaybillReading(of: number.dropLast() + String(digit))
            #expect(reading.checkDigit == .invalid, "\(number) with \(digit)")
            #expect(!reading.isValid)
        }
    }

    @Test(arguments: [
        "1Z5R89390357567128", "996578788855", "1001901781990001000300617767839438", "9261292700768711948020",
        "568283610012732", "9622001560001234567100794808390595", "3318810010", "3318810034", "RB123456786GB",
    ])
    func publicCounterexamplesAreInvalid(number: String) {
        #expect(WaybillReading(of: number).checkDigit == .invalid)
    }

    @Test(arguments: [
        ("SF1234567890123", "sf"), ("YT1234567890123", "yto"), ("JT1234567890123", "jt"), ("JD0012345678901", "jd"),
        ("JDVA01234567890", "jd"), ("78123456789012", "zto"), ("771234567890123", "sto"), ("4312345678901", "yunda"),
        ("DPK123456789012", "deppon"), ("1012345678901", "ems"), ("9812345678901", "china-post"),
    ])
    func shapesWithoutAPublicRuleAreHints(number: String, carrier: String) {
        let reading = WaybillReading(of: number)
        #expect(reading.carrier == carrier)
        #expect(reading.checkDigit == .none)
        #expect(reading.isValid)
    }

    @Test func theStatedCarrierSettlesWhatSeveralCarriersShare() {
        #expect(WaybillReading(of: "996578788855").carrier == "fedex")
        #expect(WaybillReading(of: "996578788855", carrier: "sf").isValid)
        #expect(!WaybillReading(of: "996578788855", carrier: "fedex").isValid)
        #expect(WaybillReading(of: "EE123456789CN", carrier: "ems").checkDigit == .invalid)
    }

    @Test(arguments: ["", "?", "SF", "1Z", "顺丰123", "12345", "1Z5R893903575671277", String(repeating: "9", count: 200)])
    func whatNobodyWritesIsNobodys(number: String) {
        #expect(WaybillReading(of: number) == .unknown)
        #expect(!WaybillReading(of: number).isValid)
    }
}
