public import Contracts
import Crypto
import Foundation

/// The keys that wrap the keys of buyers: they come from the environment and are written down nowhere.
///
/// - Source: DESIGN, "Intake", personal data; RFC 5116, AES-256-GCM with a random nonce of 96 bits.
public struct MasterKeys: Sendable {
    private static let byteCount = 32
    /// Wraps every new key.
    private let currentID: String
    private let keys: [String: SymmetricKey]

    /// Reads `id:base64,id:base64`: the first one wraps, all of them unwrap, so that one can follow another.
    ///
    /// - Throws: `Fault` that says what is wrong and quotes nothing of a key.
    public init(_ text: String) throws(Fault) {
        var keys: [String: SymmetricKey] = [:]
        var currentID: String?
        for (index, part) in text.split(separator: ",", omittingEmptySubsequences: false).enumerated() {
            let halves = part.trimmingCharacters(in: .whitespaces).split(separator: ":", maxSplits: 1)
            guard halves.count == 2 else { throw Fault("key \(index + 1) is not 'id:base64'") }
            let id = String(halves[0])
            guard id.count <= 40, id.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || "-_.".contains($0)) })
            else { throw Fault("the id of key \(index + 1) may hold 40 of a-z 0-9 . _ - at most") }
            guard let bytes = Data(base64Encoded: String(halves[1])), bytes.count == Self.byteCount else {
                throw Fault("key \(id) is not base64 of \(Self.byteCount) bytes")
            }
            guard keys.updateValue(SymmetricKey(data: bytes), forKey: id) == nil else {
                throw Fault("key \(id) is there twice")
            }
            currentID = currentID ?? id
        }
        guard let currentID else { throw Fault("names no key") }
        self.currentID = currentID
        self.keys = keys
    }

    /// A new random key for one buyer.
    public func makeKey(of buyerID: String) -> WrappedKey {
        guard let master = keys[currentID] else { preconditionFailure("master key \(currentID) is gone") }
        let key = SymmetricKey(size: .bits256)
        let bytes = unsafe key.withUnsafeBytes { unsafe Array($0) }
        return WrappedKey(masterKeyID: currentID, text: Sealed.seal(bytes, under: master, bound: Array(buyerID.utf8)))
    }

    /// 32 hexadecimal digits that are the same for the same text under the same first key; another first key makes others.
    ///
    /// - Source: HMAC-SHA256 (RFC 2104) under a key of its own, derived from the one that wraps.
    public func fingerprint(of text: String) -> String {
        guard let master = keys[currentID] else { preconditionFailure("master key \(currentID) is gone") }
        let derived = HMAC<Crypto.SHA256>.authenticationCode(for: Array("tributary fingerprints".utf8), using: master)
        let code = HMAC<Crypto.SHA256>.authenticationCode(for: Array(text.utf8), using: SymmetricKey(data: derived))
        return Hexadecimal.text(Array(code).prefix(16))
    }

    /// The key of a buyer.
    ///
    /// - Throws: `Fault` when its master key is not here, or when it was wrapped for somebody else or changed since.
    public func open(_ wrapped: WrappedKey, of buyerID: String) throws(Fault) -> BuyerKey {
        guard let master = keys[wrapped.masterKeyID] else {
            throw Fault("the key of the buyer is wrapped by master key \(wrapped.masterKeyID), which is not here")
        }
        let bytes = try Sealed.open(wrapped.text, under: master, bound: Array(buyerID.utf8))
        guard bytes.count == Self.byteCount else { throw Fault("the key of the buyer has \(bytes.count) bytes") }
        return BuyerKey(key: SymmetricKey(data: bytes))
    }
}

/// A buyer's key as it may be stored and told.
public struct WrappedKey: Sendable, Equatable {
    public let masterKeyID: String
    /// Base64 of nonce, ciphertext and tag.
    public let text: String

    public init(masterKeyID: String, text: String) {
        self.masterKeyID = masterKeyID
        self.text = text
    }
}
