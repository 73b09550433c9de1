public import Contracts
import Crypto

/// What seals and opens the personal data of one buyer; it lives in memory alone.
public struct BuyerKey: Sendable {
    /// How it seals, as `PartiesRecorded` names it.
    public static let scheme = "aes-256-gcm"
    let key: SymmetricKey

    /// Base64 of nonce, ciphertext and tag; it opens for this order alone.
    public func seal(_ bytes: [UInt8], of orderID: OrderID) -> String {
        Sealed.seal(bytes, under: key, bound: Array(orderID.text.utf8))
    }

    /// The same for something of a distributor.
    public func seal(_ bytes: [UInt8], ofMember memberID: String) -> String {
        Sealed.seal(bytes, under: key, bound: Array("member/\(memberID)".utf8))
    }

    /// - Throws: As for an order.
    public func open(_ text: String, ofMember memberID: String) throws(Fault) -> [UInt8] {
        try Sealed.open(text, under: key, bound: Array("member/\(memberID)".utf8))
    }

    /// - Throws: `Fault` when it is not base64, was sealed under another key or for another order, or was changed.
    public func open(_ text: String, of orderID: OrderID) throws(Fault) -> [UInt8] {
        try Sealed.open(text, under: key, bound: Array(orderID.text.utf8))
    }
}
