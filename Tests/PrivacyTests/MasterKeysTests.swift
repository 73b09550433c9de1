import Contracts
import Foundation
import Privacy
import Testing

@Suite("Keys of buyers")
struct MasterKeysTests {
    private static let first = Data(repeating: 1, count: 32).base64EncodedString()
    private static let second = Data(repeating: 2, count: 32).base64EncodedString()
    private let order = OrderID(
        channel: "web", externalOrderID: "1", placedAt: Instant(milliseconds: 1_700_000_000_000))
    private let other = OrderID(
        channel: "web", externalOrderID: "2", placedAt: Instant(milliseconds: 1_700_000_000_000))

    @Test func whatIsSealedForAnOrderOpensForItAlone() throws {
        let keys = try MasterKeys("k1:\(Self.first)")
        let key = try keys.open(keys.makeKey(of: "web/ann"), of: "web/ann")
        let sealed = key.seal(Array("李雷".utf8), of: order)
        #expect(try key.open(sealed, of: order) == Array("李雷".utf8))
        #expect(throws: Fault.self) { try key.open(sealed, of: other) }
        #expect(key.seal([1], of: order) != key.seal([1], of: order), "a nonce is never used twice")
    }

    /// Reference values by Python's hmac: HMAC-SHA256 under HMAC-SHA256(key, "tributary fingerprints"), 16 bytes.
    @Test func fingerprintsAreTheSameForTheSameTextUnderTheSameKey() throws {
        let keys = try MasterKeys("k1:\(Self.first)")
        #expect(keys.fingerprint(of: "phone/13800000000") == "513038cbd0d9d98384141794f5a15c7b")
        #expect(keys.fingerprint(of: "address/杭州") == "e08d62588005f6db741e475c2f2b9b0d")
        #expect(
            try MasterKeys("k2:\(Self.second)").fingerprint(of: "phone/13800000000")
                != "513038cbd0d9d98384141794f5a15c7b")
    }

    @Test func aKeyOpensForItsBuyerAlone() throws {
        let keys = try MasterKeys("k1:\(Self.first)")
        let wrapped = keys.makeKey(of: "web/ann")
        #expect(throws: Fault.self) { try keys.open(wrapped, of: "web/bob") }
        #expect(wrapped != keys.makeKey(of: "web/ann"))
    }

    @Test func aNewMasterKeyComesBesideTheFormerOne() throws {
        let wrapped = try MasterKeys("k1:\(Self.first)").makeKey(of: "web/ann")
        let both = try MasterKeys("k2:\(Self.second), k1:\(Self.first)")
        _ = try both.open(wrapped, of: "web/ann")
        #expect(both.makeKey(of: "web/ann").masterKeyID == "k2")
        let fault = #expect(throws: Fault.self) {
            try MasterKeys("k2:\(Self.second)").open(wrapped, of: "web/ann")
        }
        #expect(fault?.reason.contains("master key k1, which is not here") == true)
    }

    @Test(arguments: [
        ("", "key 1 is not 'id:base64'"), ("k1", "key 1 is not 'id:base64'"),
        ("k1:AAAA", "key k1 is not base64 of 32 bytes"), ("k1:%%%", "key k1 is not base64 of 32 bytes"),
        ("k 1:\(first)", "the id of key 1 may hold 40 of a-z 0-9 . _ - at most"),
        ("k1:\(first),", "key 2 is not 'id:base64'"), ("k1:\(first),k1:\(second)", "key k1 is there twice"),
    ])
    func aWrongSettingSaysWhatIsWrong(_ text: String, _ reason: String) {
        let fault = #expect(throws: Fault.self) { try MasterKeys(text) }
        #expect(fault?.reason == reason)
    }
}
