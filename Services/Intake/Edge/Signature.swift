import Contracts
import Crypto
import Foundation

/// The two ways in which channels sign what they post; both compare in constant time.
enum Signature {
    /// How far a sender's clock may be off.
    static let toleranceMilliseconds: Int64 = 5 * 60 * 1000
    /// Of one request; more are not looked at.
    static let maximumCount = 10

    /// Standard Webhooks: HMAC-SHA256 of `id.timestamp.body`, any `v1` of the list by any of the secrets.
    ///
    /// - Parameters:
    ///   - list: `v1,<base64>` entries between spaces; other versions are passed over.
    ///   - timestamp: Seconds since 1970 as decimal digits.
    /// - Source: Standard Webhooks 1.0, "Signature scheme" and "Verifying signatures".
    static func isStandard(
        _ list: String, id: String, timestamp: String, body: [UInt8], secrets: [SymmetricKey]
    ) -> Bool {
        let given = list.split(separator: " ").prefix(maximumCount).compactMap { entry in
            entry.hasPrefix("v1,") ? Data(base64Encoded: String(entry.dropFirst(3))) : nil
        }
        guard !given.isEmpty else { return false }
        return secrets.contains { secret in
            var code = HMAC<Crypto.SHA256>(key: secret)
            code.update(data: Array("\(id).\(timestamp).".utf8))
            code.update(data: body)
            let expected = code.finalize()
            // `==` of an authentication code takes as long for a near miss as for any other.
            return given.contains { expected == $0 }
        }
    }

    /// Whether a sender's time is a whole number of seconds within the tolerance.
    static func isTimely(_ timestamp: String, at now: Instant) -> Bool {
        guard 1...12 ~= timestamp.utf8.count, timestamp.utf8.allSatisfy({ 48...57 ~= $0 }),
            let seconds = Int64(timestamp)
        else { return false }
        return abs(now.milliseconds - seconds * 1000) <= toleranceMilliseconds
    }

    /// Shopify and WooCommerce: base64 of HMAC-SHA256 of the body alone.
    ///
    /// - Source: Shopify, "Deliver webhooks through HTTPS"; WooCommerce, `WC_Webhook::generate_signature`.
    static func isPlatform(_ text: String, body: [UInt8], secrets: [SymmetricKey]) -> Bool {
        guard let given = Data(base64Encoded: text) else { return false }
        return secrets.contains {
            HMAC<Crypto.SHA256>.isValidAuthenticationCode(given, authenticating: body, using: $0)
        }
    }
}
