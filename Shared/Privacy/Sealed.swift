import Contracts
import Crypto
import Foundation

/// AES-256-GCM, its nonce, ciphertext and tag in this order as one base64 text.
///
/// - Source: NIST SP 800-38D; checked against the vectors of McGrew and Viega.
enum Sealed {
    static let nonceByteCount = 12

    /// - Parameter bound: What it belongs to; it opens only together with the same.
    static func seal(
        _ bytes: [UInt8], under key: SymmetricKey, bound: [UInt8], nonce: AES.GCM.Nonce = AES.GCM.Nonce()
    ) -> String {
        do {
            let box = try AES.GCM.seal(bytes, using: key, nonce: nonce, authenticating: bound)
            return (Data(box.nonce) + box.ciphertext + box.tag).base64EncodedString()
        } catch {
            preconditionFailure("\(bytes.count) bytes cannot be sealed under \(key.bitCount) bits: \(error)")
        }
    }

    static func open(_ text: String, under key: SymmetricKey, bound: [UInt8]) throws(Fault) -> [UInt8] {
        guard let bytes = Data(base64Encoded: text) else { throw Fault("is not base64") }
        do {
            return Array(try AES.GCM.open(AES.GCM.SealedBox(combined: bytes), using: key, authenticating: bound))
        } catch {
            // The library's own error says no more than this.
            throw Fault("does not open: sealed under another key or for something else, or changed since")
        }
    }
}
