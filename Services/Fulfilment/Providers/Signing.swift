import Contracts
import Crypto
import Foundation

/// How an aggregator proves who sends: a digest over exactly the bytes that are sent, with a secret behind them.
///
/// Bytes that are signed and then written anew are another text, and the signature is refused; so both are made once.
/// - Source: Kuaidi100's and KDNiao's public API documents.
public enum Signing {
    /// Kuaidi100's queries: MD5 of `param`, key and customer, in capitals.
    public static func kuaidi100Query(_ param: [UInt8], key: String, customer: String) -> String {
        hexadecimal(param + Array(key.utf8) + Array(customer.utf8)).uppercased()
    }

    /// Kuaidi100's electronic waybills and their cancellation: MD5 of `param`, the time, key and secret, in capitals.
    ///
    /// - Parameter timestamp: Milliseconds since 1970, as it is sent in the field `t`.
    public static func kuaidi100Label(_ param: [UInt8], timestamp: String, key: String, secret: String) -> String {
        hexadecimal(param + Array(timestamp.utf8) + Array(key.utf8) + Array(secret.utf8)).uppercased()
    }

    /// What Kuaidi100 sends with a push: MD5 of `param` and the salt of the subscription, in capitals.
    public static func kuaidi100Push(_ param: [UInt8], salt: String) -> String {
        hexadecimal(param + Array(salt.utf8)).uppercased()
    }

    /// KDNiao's `DataSign`, not yet percent-encoded: Base64 of the small hexadecimal MD5 of the data and the key.
    public static func kdniao(_ requestData: [UInt8], key: String) -> String {
        Data(hexadecimal(requestData + Array(key.utf8)).utf8).base64EncodedString()
    }

    /// As a value stands in `application/x-www-form-urlencoded`.
    public static func formEncoded(_ text: String) -> String { formEncoded(Array(text.utf8)) }

    static func formEncoded(_ bytes: [UInt8]) -> String {
        var encoded = ""
        for byte in bytes {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"):
                encoded.unicodeScalars.append(Unicode.Scalar(byte))
            default: encoded += "%" + Hexadecimal.text([byte]).uppercased()
            }
        }
        return encoded
    }

    /// Whether two signatures are equal, in a time that does not tell where they differ.
    ///
    /// - Parameter ignoresCase: Kuaidi100's documents show capitals, some of its servers send small letters.
    public static func matches(_ given: String, _ right: String, ignoresCase: Bool = false) -> Bool {
        let given = Array((ignoresCase ? given.uppercased() : given).utf8)
        let right = Array(right.utf8)
        guard given.count == right.count else { return false }
        return zip(given, right).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }

    private static func hexadecimal(_ bytes: [UInt8]) -> String {
        Hexadecimal.text(Array(Insecure.MD5.hash(data: bytes)))
    }
}
