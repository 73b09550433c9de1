import FulfilmentProviders
import Testing

/// Reference values by Python's hashlib, base64 and urllib over the same bytes.
@Suite("Signing requests to aggregators")
struct SigningTests {
    private static let query =
        Array(#"{"com":"yuantong","num":"YT9693083639795","phone":"","from":"","to":"","resultv2":"4"}"#.utf8)
    private static let track = Array("{'OrderCode':'','ShipperCode':'SF','LogisticCode':'589707398027'}".utf8)

    @Test func kuaidi100SignsInCapitals() {
        #expect(
            Signing.kuaidi100Query(Self.query, key: "KEY123", customer: "CUSTOMER456")
                == "50B18DC50813D95CE3F01197FE665481")
        #expect(
            Signing.kuaidi100Label(Self.query, timestamp: "1760000000000", key: "KEY123", secret: "SECRET789")
                == "CA65D62DE039959AEAF2C5010D22D29F")
        #expect(Signing.kuaidi100Push(Self.query, salt: "SALT") == "693DEEBF07E1E15D8AE07A4BC3A7498A")
    }

    @Test func kdniaoSignsInBase64() {
        let sign = Signing.kdniao(Self.track, key: "56da2cf8-c8a2-44b2-b6fa-476cd7d1ba17")
        #expect(sign == "ZjcxM2NmY2MxY2ZhNGZkOTY3YjIwM2VlOGE1ZTZlNDY=")
        #expect(Signing.formEncoded(sign) == "ZjcxM2NmY2MxY2ZhNGZkOTY3YjIwM2VlOGE1ZTZlNDY%3D")
        #expect(
            Signing.kdniao(Array(#"{"收件人":"杭州"}"#.utf8), key: "k") == "ZjE4MjA0YzFhYjIyMjMxOTg4NjY4ODBmM2U5NTgyMWU=")
    }

    @Test func oneByteMoreIsAnotherSignature() {
        #expect(
            Signing.kuaidi100Push(Self.query + [10], salt: "SALT") != Signing.kuaidi100Push(Self.query, salt: "SALT"))
    }

    @Test(arguments: [
        ("AB", "AB", false, true), ("ab", "AB", false, false), ("ab", "AB", true, true), ("A", "AB", true, false),
        ("", "", false, true), ("AC", "AB", true, false),
    ])
    func signaturesAreComparedWhole(given: String, right: String, ignoresCase: Bool, isEqual: Bool) {
        #expect(Signing.matches(given, right, ignoresCase: ignoresCase) == isEqual)
    }

    @Test func aFormKeepsItsMarks() {
        #expect(Signing.formEncoded("a b&c=d+é") == "a%20b%26c%3Dd%2B%C3%A9")
    }
}
