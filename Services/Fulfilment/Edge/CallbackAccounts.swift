import Contracts
import FulfilmentProviders

/// By what aggregators prove that a push is theirs.
///
/// - Shape: `{"kuaidi100": {"salts": ["…"]}, "kdniao": {"businessId": "1237100", "keys": ["…"]}}`; one of them at least,
///   at most five secrets of a kind, of 8 characters or more: while one is replaced, old and new both count.
struct CallbackAccounts: Sendable {
    /// Of Kuaidi100's subscriptions.
    let salts: [String]
    /// KDNiao's `AppKey`.
    let keys: [String]
    /// KDNiao's `EBusinessID`; its answers name it.
    let businessID: String

    /// - Throws: `Fault` naming the field, never a secret.
    init(_ text: [UInt8]) throws(Fault) {
        let json = try JSONDocument.object(text)
        let kuaidi100 = try json.objectIfPresent("kuaidi100")
        let kdniao = try json.objectIfPresent("kdniao")
        salts = try kuaidi100.map { (account) throws(Fault) in try Self.secrets(account, "salts") } ?? []
        keys = try kdniao.map { (account) throws(Fault) in try Self.secrets(account, "keys") } ?? []
        businessID = try kdniao?.string("businessId", atMost: 50) ?? ""
        guard !salts.isEmpty || !keys.isEmpty else { throw Fault("is missing", field: "kuaidi100") }
    }

    private static func secrets(_ json: JSONObject, _ name: StaticString) throws(Fault) -> [String] {
        var secrets: [String] = []
        for value in try json.values(name, atMost: 5) {
            let secret = try value.string()
            guard secret.utf8.count >= 8 else { throw Fault("is shorter than 8 characters", field: value.path) }
            secrets.append(secret)
        }
        guard !secrets.isEmpty else { throw json.fault("is empty", field: name) }
        return secrets
    }

    func signed(kuaidi100 sign: String, _ param: [UInt8]) -> Bool {
        salts.contains { Signing.matches(sign, Signing.kuaidi100Push(param, salt: $0), ignoresCase: true) }
    }

    /// - Parameter sign: As it was in the form; some servers encode it once more.
    func signed(kdniao sign: String, _ requestData: [UInt8]) -> Bool {
        keys.contains { key in
            let right = Signing.kdniao(requestData, key: key)
            return Signing.matches(sign, right) || Signing.matches(sign, Signing.formEncoded(right))
        }
    }
}
