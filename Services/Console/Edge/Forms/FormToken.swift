import Crypto

/// What shows that a form was made by this site for this browser.
///
/// It is bound to a cookie and masked anew in each page, so that the length of a compressed page tells nothing of it.
///
/// - Source: OWASP, "Cross-Site Request Forgery Prevention"; Gluck, Harris, Prado, "BREACH".
enum FormToken {
    static func make(for cookie: String) -> String {
        let secret = secret(of: cookie)
        let mask = Secret.bytes(secret.count)
        return Secret.text(mask + zip(mask, secret).map { $0 ^ $1 })
    }

    static func matches(_ token: String?, _ cookie: String) -> Bool {
        let secret = secret(of: cookie)
        guard let bytes = token.flatMap(Secret.bytes(of:)), bytes.count == 2 * secret.count else { return false }
        let unmasked = zip(bytes.prefix(secret.count), bytes.suffix(secret.count)).map { $0 ^ $1 }
        return Secret.equal(unmasked, secret)
    }

    private static func secret(of cookie: String) -> [UInt8] { Secret.hash("form token of \(cookie)") }
}
