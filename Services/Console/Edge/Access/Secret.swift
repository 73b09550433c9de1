import Crypto
import Foundation

/// Tokens that a program of ours makes up and that only their holder knows.
enum Secret {
    static func bytes(_ count: Int) -> [UInt8] {
        var generator = SystemRandomNumberGenerator()
        return (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
    }

    /// 256 bits as text of 43 characters.
    static func token() -> String { text(bytes(32)) }

    /// What is kept of a token.
    static func hash(_ token: String) -> [UInt8] { Array(Crypto.SHA256.hash(data: Array(token.utf8))) }

    /// Takes as long for a near miss as for any other.
    static func equal(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        guard left.count == right.count else { return false }
        return zip(left, right).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }

    /// base64url without padding.
    ///
    /// - Source: RFC 4648 section 5.
    static func text(_ bytes: [UInt8]) -> String {
        Data(bytes).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }

    static func bytes(of text: String) -> [UInt8]? {
        let base64 = text.replacing("-", with: "+").replacing("_", with: "/")
        let padding = String(repeating: "=", count: (4 - base64.utf8.count % 4) % 4)
        return Data(base64Encoded: base64 + padding).map(Array.init)
    }
}
