import Contracts
import Crypto
import Foundation

/// Who may post for one channel, and how much.
///
/// - Shape: `{"channels": [{"channel": "h5-mall", "secrets": ["whsec_…"], "shopify": ["…"], "woocommerce": ["…"],
///   "defaultType": "channel.order.v1", "ratePerSecond": 100}]}`; at least one secret, at most 5 of a kind: while one is
///   replaced, old and new both count.
/// - Source: Standard Webhooks 1.0, "Signature scheme" (secrets of 24 to 64 bytes in base64 behind `whsec_`).
struct ChannelAccess: Sendable {
    let channel: String
    /// Of Standard Webhooks.
    let secrets: [SymmetricKey]
    /// Shopify's app secrets, as their characters.
    let shopify: [SymmetricKey]
    /// WooCommerce's webhook secrets, as their characters.
    let wooCommerce: [SymmetricKey]
    /// The type of a message that does not say its own.
    let defaultType: String
    let ratePerSecond: Int64

    static let defaultRatePerSecond: Int64 = 100

    /// The channels by name.
    ///
    /// - Throws: `Fault` naming the field, never a secret.
    static func read(_ text: [UInt8]) throws(Fault) -> [String: ChannelAccess] {
        var channels: [String: ChannelAccess] = [:]
        for value in try JSONDocument.object(text).values("channels") {
            let access = try ChannelAccess(value.object())
            guard channels.updateValue(access, forKey: access.channel) == nil else {
                throw Fault("stands twice", field: "\(value.path).channel")
            }
        }
        return channels
    }

    init(_ json: JSONObject) throws(Fault) {
        channel = try json.channel()
        secrets = try Self.keys(json, "secrets", Self.standardKey)
        shopify = try Self.keys(json, "shopify", Self.plainKey)
        wooCommerce = try Self.keys(json, "woocommerce", Self.plainKey)
        defaultType = try json.stringIfPresent("defaultType") ?? ChannelOrder.type
        ratePerSecond =
            try json.integerIfPresent("ratePerSecond", within: 1...100_000) ?? Self.defaultRatePerSecond
        guard !secrets.isEmpty || !shopify.isEmpty || !wooCommerce.isEmpty else {
            throw json.fault("is missing", field: "secrets")
        }
        guard MessageKind.named(defaultType) != nil || NativeTypes.all.contains(defaultType) else {
            throw json.fault("is no type that a channel sends", field: "defaultType")
        }
    }

    private static func keys(
        _ json: JSONObject, _ name: StaticString, _ key: (String) -> SymmetricKey?
    ) throws(Fault) -> [SymmetricKey] {
        var keys: [SymmetricKey] = []
        for value in try json.valuesIfPresent(name, atMost: 5) ?? [] {
            guard let made = key(try value.string()) else {
                throw Fault("is no secret of this kind, or a weak one", field: value.path)
            }
            keys.append(made)
        }
        return keys
    }

    static func standardKey(_ text: String) -> SymmetricKey? {
        guard text.hasPrefix("whsec_"), let bytes = Data(base64Encoded: String(text.dropFirst(6))),
            24...64 ~= bytes.count
        else { return nil }
        return SymmetricKey(data: bytes)
    }

    /// A platform's secret of at least 16 characters.
    private static func plainKey(_ text: String) -> SymmetricKey? {
        text.utf8.count >= 16 ? SymmetricKey(data: Array(text.utf8)) : nil
    }
}
