import Contracts
import Crypto
import Foundation
import Testing

@testable import IntakeEdge

@Suite("Signatures of posts")
struct SignatureTests {
    private static let id = "msg_p5jXN8AQM9LWM0D4loKWxJek"
    private static let body = Array(#"{"test": 2432232314}"#.utf8)
    private static let published = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
    private static let wrong = "v1,Ceo5qEr07ixe2NLpvHk3FH9bwy/WavXrAFQ/9tdO6mc="

    private func isStandard(
        _ list: String, id: String = Self.id, timestamp: String = "1614265330", body: [UInt8] = Self.body,
        secrets: [String] = [Samples.secret]
    ) -> Bool {
        Signature.isStandard(
            list, id: id, timestamp: timestamp, body: body, secrets: secrets.compactMap(ChannelAccess.standardKey))
    }

    /// - Source: standard-webhooks, libraries/go, `TestSymmetricWebhookSign`.
    @Test func publishedVectorIsAccepted() { #expect(isStandard(Self.published)) }

    @Test(arguments: [
        (Self.wrong, false), ("v1,", false), ("", false), (Self.published.replacing("v1,", with: "v2,"), false),
        (Self.published.replacing("v1,", with: ""), false), ("\(Self.wrong) v2,\(Self.wrong) \(Self.published)", true),
        ("v1a,hnO3f9T8Ytu9HwrXslvumlUpqtNVqkhqw/enGzPCXe5BdqzCInXqYXFymVJaA7AZdpXwVLPo3mNl8EM+m7TBAg==", false),
        (String(Self.published.dropLast(4)), false),
        (String(repeating: "\(Self.wrong) ", count: 10) + Self.published, false),
    ]) func oneGoodSignatureOfTheListIsEnough(list: String, isGood: Bool) { #expect(isStandard(list) == isGood) }

    @Test func everySignedPartCounts() {
        #expect(!isStandard(Self.published, id: Self.id + "x"))
        #expect(!isStandard(Self.published, timestamp: "1614265331"))
        #expect(!isStandard(Self.published, body: Self.body + [0x20]))
        #expect(!isStandard(Self.published, secrets: [Samples.otherSecret]))
        #expect(!isStandard(Self.published, secrets: []))
    }

    @Test func oldAndNewSecretBothCountWhileOneIsReplaced() {
        #expect(isStandard(Self.published, secrets: [Samples.otherSecret, Samples.secret]))
        #expect(isStandard(Self.published, secrets: [Samples.secret, Samples.otherSecret]))
    }

    @Test(arguments: [
        ("1795000000", true), ("1794999700", true), ("1794999699", false), ("1795000300", true), ("1795000301", false),
        ("", false), ("-1", false), ("+1795000000", false), ("1795000000.0", false), ("0x6afd", false),
        ("99999999999999999999", false),
    ]) func timeIsWithinFiveMinutes(text: String, isTimely: Bool) {
        #expect(Signature.isTimely(text, at: Samples.now) == isTimely)
    }

    /// - Source: RFC 4231, test case 2; the second was made by `openssl dgst -sha256 -hmac … -binary | base64`.
    @Test(arguments: [
        ("Jefe", "what do ya want for nothing?", "W9zBRr9gdU5qBCQmCJV1x1oAPwidJzmDnexYuWTsOEM="),
        (
            Samples.shopifySecret, #"{"id":820982911946154508,"test":false}"#,
            "sQX/OFE0p7yWsEdDMU2ovP1rqqtFnC+qiUpNfNRCfTs="
        ),
    ]) func platformsSignTheBodyAlone(secret: String, body: String, signature: String) {
        let keys = [SymmetricKey(data: Array("another".utf8)), SymmetricKey(data: Array(secret.utf8))]
        #expect(Signature.isPlatform(signature, body: Array(body.utf8), secrets: keys))
        #expect(!Signature.isPlatform(signature, body: Array((body + " ").utf8), secrets: keys))
        #expect(!Signature.isPlatform(signature, body: Array(body.utf8), secrets: [keys[0]]))
        #expect(!Signature.isPlatform("not base64", body: Array(body.utf8), secrets: keys))
        #expect(!Signature.isPlatform("", body: Array(body.utf8), secrets: keys))
    }
}
