import Contracts
import Crypto
import Foundation
import Testing

@testable import Privacy

@Suite("Sealed bytes")
struct SealedTests {
    struct Vector: Sendable {
        let key: String
        let plain: String
        let bound: String
        let nonce: String
        let cipher: String
        let tag: String
    }

    /// - Source: McGrew and Viega, "The Galois/Counter Mode of Operation", appendix B, test cases 13, 14 and 16.
    static let vectors = [
        Vector(
            key: String(repeating: "0", count: 64), plain: "", bound: "", nonce: String(repeating: "0", count: 24),
            cipher: "", tag: "530f8afbc74536b9a963b4f1c4cb738b"),
        Vector(
            key: String(repeating: "0", count: 64), plain: String(repeating: "0", count: 32), bound: "",
            nonce: String(repeating: "0", count: 24), cipher: "cea7403d4d606b6e074ec5d3baf39d18",
            tag: "d0d1c8a799996bf0265b98b5d48ab919"),
        Vector(
            key: String(repeating: "feffe9928665731c6d6a8f9467308308", count: 2),
            plain: """
                d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72\
                1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39
                """,
            bound: "feedfacedeadbeeffeedfacedeadbeefabaddad2", nonce: "cafebabefacedbaddecaf888",
            cipher: """
                522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa\
                8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662
                """,
            tag: "76fc6ece0f4e1768cddf8853bb2d551b"),
    ]

    @Test(arguments: vectors) func sealsAsTheStandardSays(_ vector: Vector) throws {
        let key = SymmetricKey(data: bytes(vector.key))
        let sealed = Sealed.seal(
            bytes(vector.plain), under: key, bound: bytes(vector.bound),
            nonce: try AES.GCM.Nonce(data: bytes(vector.nonce)))
        #expect(sealed == Data(bytes(vector.nonce + vector.cipher + vector.tag)).base64EncodedString())
        #expect(try Sealed.open(sealed, under: key, bound: bytes(vector.bound)) == bytes(vector.plain))
    }

    @Test func aBitChangedAnywhereIsFound() throws {
        let key = SymmetricKey(size: .bits256)
        let sealed = try #require(Data(base64Encoded: Sealed.seal([1, 2, 3], under: key, bound: [4])))
        for bit in 0..<sealed.count * 8 {
            var changed = sealed
            changed[bit / 8] ^= 1 << UInt8(bit % 8)
            #expect(throws: Fault.self) {
                try Sealed.open(changed.base64EncodedString(), under: key, bound: [4])
            }
        }
    }

    @Test(arguments: ["", "AAAA", "not base64!", "打开"]) func whatWasNeverSealedIsAFault(_ text: String) {
        #expect(throws: Fault.self) { try Sealed.open(text, under: SymmetricKey(size: .bits256), bound: []) }
    }

    private func bytes(_ hexadecimal: String) -> [UInt8] {
        let digits = Array(hexadecimal)
        return stride(from: 0, to: digits.count, by: 2).compactMap { UInt8(String(digits[$0...$0 + 1]), radix: 16) }
    }
}
