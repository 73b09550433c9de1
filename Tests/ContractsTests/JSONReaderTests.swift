import Contracts
import Testing

@Suite("Reading JSON")
struct JSONReaderTests {
    private func read(_ text: String) throws -> JSONObject { try JSONDocument.object(Array(text.utf8)) }

    private func fault(_ body: () throws -> Void) -> Fault? {
        do {
            try body()
            return nil
        } catch {
            return error as? Fault
        }
    }

    @Test("A fault names the path of the field")
    func faultNamesPath() throws {
        let json = try read(#"{"a":{"b":[{"c":1},{"c":"x"}]},"d":true}"#)
        let second = try json.object("a").values("b")[1].object()
        #expect(fault { _ = try second.integer("c") } == Fault("is not a whole number", field: "a.b[1].c"))
        #expect(fault { _ = try second.string("e") } == Fault("is missing", field: "a.b[1].e"))
        #expect(fault { _ = try json.object("d") } == Fault("is not an object", field: "d"))
        #expect(fault { _ = try json.values("b") } == Fault("is missing", field: "b"))
    }

    @Test("An absent field and null mean the same")
    func nullIsAbsent() throws {
        let json = try read(#"{"a":null}"#)
        #expect(try json.stringIfPresent("a") == nil)
        #expect(try json.stringIfPresent("b") == nil)
        #expect(fault { _ = try json.string("a") } == Fault("is missing", field: "a"))
    }

    @Test("Of a name given twice the first counts")
    func firstOfTwoCounts() throws {
        #expect(try read(#"{"a":1,"a":2}"#).integer("a") == 1)
    }

    @Test("A name may be written with escapes")
    func escapedNameIsFound() throws {
        #expect(try read(#"{"tot\u0061l":7}"#).integer("total") == 7)
        #expect(try read(#"{"\ud800":1,"total":7}"#).integer("total") == 7)
    }

    @Test(
        "Escapes become their characters",
        arguments: [
            (#"\" \\ \/ \b\f\n\r\t"#, "\" \\ / \u{8}\u{C}\n\r\t"), (#"\u0041\u00e9\u4e2d"#, "Aé中"),
            (#"\ud83d\ude00"#, "😀"), (#"\uD83D\uDE00"#, "😀"), ("李雷", "李雷"), (#"\uffff"#, "\u{FFFF}"),
        ])
    func escapesAreRead(escaped: String, text: String) throws {
        #expect(try read("{\"a\":\"\(escaped)\"}").string("a") == text)
    }

    @Test(
        "A bad escape is refused",
        arguments: [
            #"\x"#, #"\u12"#, #"\u12g4"#, #"\u+123"#, #"\u-123"#, #"\ud800"#, #"\udc00"#, #"\ud800\u0041"#,
            #"\ud800x"#, #"\ud800\ud800"#, #"\u 123"#,
        ])
    func badEscapeIsRefused(escaped: String) throws {
        let json = try read("{\"a\":\"\(escaped)\"}")
        #expect(fault { _ = try json.string("a") } == Fault("is not well escaped", field: "a"))
    }

    @Test("U+0000 is refused, because PostgreSQL cannot store it")
    func zeroIsRefused() throws {
        let json = try read(#"{"a":"x\u0000"}"#)
        #expect(fault { _ = try json.string("a") } == Fault("holds U+0000", field: "a"))
    }

    @Test(
        "Bytes that are not UTF-8 are refused",
        arguments: [[0xFF], [0xC3], [0xED, 0xA0, 0x80], [0xC0, 0x80], [0xF4, 0x90, 0x80, 0x80]] as [[UInt8]])
    func invalidUTF8IsRefused(bytes: [UInt8]) throws {
        let json = try JSONDocument.object(Array(#"{"a":""#.utf8) + bytes + Array(#""}"#.utf8))
        #expect(fault { _ = try json.string("a") } == Fault("is not valid UTF-8", field: "a"))
    }

    @Test("A text's limit counts characters, not bytes")
    func limitCountsCharacters() throws {
        let json = try read("{\"a\":\"\(String(repeating: "中", count: 200))\"}")
        #expect(try json.string("a").count == 200)
        #expect(
            fault { _ = try json.string("a", atMost: 199) } == Fault("is not at most 199 characters long", field: "a"))
    }

    @Test(
        "Whole numbers are read exactly",
        arguments: [
            ("0", 0), ("-0", 0), ("-1", -1), ("9223372036854775807", .max), ("-9223372036854775808", .min),
            ("9007199254740993", 9_007_199_254_740_993),
        ] as [(String, Int64)])
    func wholeNumbersAreExact(text: String, number: Int64) throws {
        #expect(try read("{\"a\":\(text)}").integer("a") == number)
    }

    @Test(
        "What is no whole number of 64 bits is refused",
        arguments: ["1.0", "1e2", "9223372036854775808", "-9223372036854775809", "99999999999999999999", "\"1\""])
    func otherNumbersAreRefused(text: String) throws {
        let json = try read("{\"a\":\(text)}")
        #expect(fault { _ = try json.integer("a") }?.field == "a")
    }

    @Test(
        "What is not JSON is refused",
        arguments: [
            "", " ", "[]", "1", "{", "{}x", "{\"a\"}", "{\"a\":}", "{\"a\":1,}", "{a:1}", "{\"a\":01}", "{\"a\":1.}",
            "{\"a\":.5}", "{\"a\":+1}", "{\"a\":-}", "{\"a\":1e}", "{\"a\":tru}", "{\"a\":\"\n\"}", "{\"a\":\"x}",
            "{\"a\":\"\\", "{\"a\":NaN}", "{\"a\":[1 2]}", "{\"a\":[1,]}", "\u{FEFF}{}", "{\"a\":1]",
        ])
    func brokenTextIsRefused(text: String) {
        #expect(fault { _ = try read(text) } != nil)
    }

    @Test("32 levels are read, 33 are refused")
    func depthIsBounded() throws {
        func nested(_ levels: Int) -> String {
            "{\"a\":" + String(repeating: "[", count: levels - 1) + String(repeating: "]", count: levels - 1) + "}"
        }
        _ = try read(nested(32))
        #expect(fault { _ = try read(nested(33)) } != nil)
    }

    @Test("1 MiB is read, one byte more is refused")
    func sizeIsBounded() throws {
        func padded(_ count: Int) -> String { "{}" + String(repeating: " ", count: count - 2) }
        _ = try read(padded(1 << 20))
        #expect(fault { _ = try read(padded(1 << 20 + 1)) } != nil)
    }

    @Test("A list longer than its limit is refused")
    func listIsBounded() throws {
        let json = try read("{\"a\":[\(Array(repeating: "1", count: 501).joined(separator: ","))]}")
        #expect(fault { _ = try json.values("a") } == Fault("is not at most 500 entries long", field: "a"))
    }
}
