import Contracts
import Foundation
import Testing

@Suite("Writing JSON")
struct JSONWriterTests {
    @Test("Every character up to U+07FF and some beyond comes back, also through Foundation")
    func textRoundTrips() throws {
        var text = "\u{FFFF}\u{10000}😀\u{10FFFF}"
        for number in 1..<UInt32(0x800) {
            if let scalar = Unicode.Scalar(number) { text.unicodeScalars.append(scalar) }
        }
        let bytes = JSONWriter.object { $0.field("a", text) }
        #expect(try JSONDocument.object(bytes).string("a", atMost: 4000) == text)
        let theirs = try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: String]
        #expect(theirs?["a"].map { Array($0.utf8) } == Array(text.utf8))
    }

    @Test("Quotes, backslashes and control characters are escaped, nothing else")
    func escapesAreFew() {
        let bytes = JSONWriter.object { $0.field("a", "\"\\/\n\u{1F}é") }
        #expect(String(decoding: bytes, as: UTF8.self) == #"{"a":"\"\\/\u000a\u001fé"}"#)
    }

    @Test("Commas stand between fields and elements only", arguments: [Int64.min, -1, 0, 1, .max])
    func fieldsAreSeparated(number: Int64) {
        let bytes = JSONWriter.object { json in
            json.field("absent", nil as String?)
            json.object("empty") { _ in }
            json.field("number", number)
            json.array("list") { list in
                list.element(number)
                list.element("x")
                list.element { $0.field("yes", true) }
                list.element { _ in }
            }
            json.field("texts", texts: [])
            json.field("raw", json: Array("[1]".utf8))
            json.field("at", Instant(milliseconds: 0))
        }
        let expected =
            #"{"empty":{},"number":\#(number),"list":[\#(number),"x",{"yes":true},{}],"texts":[],"raw":[1],"#
            + #""at":"1970-01-01T00:00:00.000Z"}"#
        #expect(String(decoding: bytes, as: UTF8.self) == expected)
    }
}
