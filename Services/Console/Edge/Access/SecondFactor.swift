import ConsoleDomain
import Contracts
import Crypto
import Foundation

/// The secret that an authenticator program and this one share.
struct SecondFactor: Sendable {
    let secret: [UInt8]

    /// 160 bits, as long as the hash.
    ///
    /// - Source: RFC 4226 section 4, R6.
    static func make() -> SecondFactor { SecondFactor(secret: Secret.bytes(20)) }

    func code(_ step: Int64, digits: Int = OneTimeCode.digits) -> String {
        let mac = HMAC<Insecure.SHA1>.authenticationCode(
            for: OneTimeCode.counter(step), using: SymmetricKey(data: secret))
        return OneTimeCode.code(Array(mac), digits: digits)
    }

    /// The step of a right code that is newer than the last one used.
    func step(of code: String, at now: Instant, after lastStep: Int64?) -> Int64? {
        OneTimeCode.step(of: code, at: now, after: lastStep) { self.code($0) }
    }

    /// What programs read out of a picture or a link.
    ///
    /// - Source: Google Authenticator, "Key Uri Format".
    func link(user: String) -> String {
        let name = "Tributary:\(user)".addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? user
        return "otpauth://totp/\(name)?secret=\(Base32.text(secret))&issuer=Tributary"
    }

    /// In groups of four, for typing.
    var groups: String {
        let text = Array(Base32.text(secret))
        return stride(from: 0, to: text.count, by: 4).map { String(text[$0..<min($0 + 4, text.count)]) }
            .joined(separator: " ")
    }
}

/// Codes that stand in for a lost second factor; each counts once.
enum RecoveryCodes {
    static let count = 10

    /// 50 bits each, written as two groups of five characters.
    static func make() -> [String] {
        (0..<count).map { _ in
            let text = Base32.text(Secret.bytes(7)).prefix(10).lowercased()
            return "\(text.prefix(5))-\(text.suffix(5))"
        }
    }

    static func hash(_ code: String) -> [UInt8] {
        Secret.hash(code.lowercased().filter { $0.isLetter || $0.isNumber })
    }
}
