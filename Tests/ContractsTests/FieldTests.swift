import Contracts
import Testing

@Suite("Bounded fields")
struct FieldTests {
    private func fault(_ value: String, _ read: (JSONObject) throws(Fault) -> Void) throws -> Fault? {
        let json = try JSONDocument.object(Array("{\"x\":\(value)}".utf8))
        do throws(Fault) {
            try read(json)
            return nil
        } catch {
            return error
        }
    }

    @Test(
        "An amount is 0 to below 10^12",
        arguments: [
            ("0", nil), ("999999999999", nil), ("-1", "x -1 is negative"),
            ("1000000000000", "x 1000000000000 is not below 10^12"), ("1.5", "is not a whole number"),
            ("null", "is missing"),
        ] as [(String, String?)])
    func amountIsBounded(value: String, reason: String?) throws {
        let fault = try fault(value) { (json) throws(Fault) in _ = try json.amount("x") }
        #expect(fault == reason.map { Fault($0, field: "x") })
    }

    @Test(
        "A quantity is 1 to below 10^12",
        arguments: [
            ("1", nil), ("999999999999", nil), ("0", "x 0 is not positive"), ("-1", "x -1 is not positive"),
            ("1000000000000", "x 1000000000000 is not below 10^12"),
        ] as [(String, String?)])
    func quantityIsBounded(value: String, reason: String?) throws {
        let fault = try fault(value) { (json) throws(Fault) in _ = try json.quantity("x") }
        #expect(fault == reason.map { Fault($0, field: "x") })
    }

    @Test(
        "A rate is 0 to 10000 basis points",
        arguments: [
            ("0", nil), ("10000", nil), ("-1", "x -1 is not within 0 to 10000"),
            ("10001", "x 10001 is not within 0 to 10000"),
        ] as [(String, String?)])
    func rateIsBounded(value: String, reason: String?) throws {
        let fault = try fault(value) { (json) throws(Fault) in _ = try json.basisPoints("x") }
        #expect(fault == reason.map { Fault($0, field: "x") })
    }

    @Test("An id of ours has its alphabet and 64 characters")
    func ownIDIsBounded() throws {
        let long = String(repeating: "a", count: 64)
        for id in ["aZ09._:/-", long] {
            #expect(try fault("\"\(id)\"") { (json) throws(Fault) in _ = try json.ownID("x") } == nil)
        }
        for id in ["", long + "a", "a b", "中", "a,b", "a;b", "a@b"] {
            #expect(try fault("\"\(id)\"") { (json) throws(Fault) in _ = try json.ownID("x") }?.field == "x")
        }
    }

    @Test("A channel holds no slash, which would let two orders share a key")
    func channelHoldsNoSlash() throws {
        #expect(
            try fault("\"a/b\"") { (json) throws(Fault) in _ = try json.channel("x") } == Fault("holds a /", field: "x")
        )
    }

    @Test("An id of others is 1 to 200 characters, kept as it comes")
    func externalIDIsBounded() throws {
        #expect(try fault("\" 订单 1 \"") { (json) throws(Fault) in _ = try json.externalID("x") } == nil)
        for id in ["", String(repeating: "中", count: 201)] {
            #expect(try fault("\"\(id)\"") { (json) throws(Fault) in _ = try json.externalID("x") }?.field == "x")
        }
    }

    @Test("A currency is three capital letters; absent means CNY")
    func currencyIsACode() throws {
        #expect(try JSONDocument.object(Array("{}".utf8)).currency() == "CNY")
        for code in ["cny", "CN", "CNYY", "人民币", ""] {
            #expect(try fault("\"\(code)\"") { (json) throws(Fault) in _ = try json.currency("x") }?.field == "x")
        }
    }

    @Test(
        "Degrees are exact and written shortest",
        arguments: [
            ("30.274085", 30_274_085, "30.274085"), ("-0.5", -500_000, "-0.5"), ("90", 90_000_000, "90"),
            ("90.000000", 90_000_000, "90"), ("0.0000019", 1, "0.000001"), ("-0", 0, "0"),
            ("120.050", 120_050_000, "120.05"),
        ] as [(String, Int64, String)])
    func degreesAreExact(text: String, microdegrees: Int64, written: String) {
        #expect(Degrees(text)?.microdegrees == microdegrees)
        #expect(Degrees(text)?.text == written)
    }

    @Test(
        "What is no place on earth is refused",
        arguments: ["90.000001", "-91", "1e1", "\"x\"", "\"1.\"", "\"+1\"", "\"\"", "true"])
    func otherDegreesAreRefused(value: String) throws {
        let fault = try fault(value) { (json) throws(Fault) in _ = try json.degreesIfPresent("x", limit: 90) }
        #expect(fault?.field == "x")
    }
}
