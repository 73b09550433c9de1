import Contracts
import Crypto
import HTTPTypes

/// A post that its channel has signed.
struct Delivery: Sendable {
    /// The message's id, unique over all channels: the pipeline's inbox handles it once.
    let messageID: String
    /// The type that the way of signing fixes; `nil` when the message says its own.
    let type: String?

    /// Finds out by which scheme a post is signed, and checks it.
    ///
    /// - Throws: `Problem.unauthorised`, the same for an unknown channel and a wrong signature.
    static func authenticate(
        _ headers: HTTPFields, _ body: [UInt8], _ access: ChannelAccess?, at now: Instant
    ) throws(Problem) -> Delivery {
        guard let access else { throw .unauthorised("signature does not match") }
        if let list = headers[.webhookSignature] { return try standard(list, headers, body, access, now) }
        if let text = headers[.shopifySignature] { return try shopify(text, headers, body, access) }
        if let text = headers[.wooCommerceSignature] { return try wooCommerce(text, headers, body, access) }
        throw .unauthorised("is missing", field: "webhook-signature")
    }

    private static func standard(
        _ list: String, _ headers: HTTPFields, _ body: [UInt8], _ access: ChannelAccess, _ now: Instant
    ) throws(Problem) -> Delivery {
        let id = try id(headers, .webhookID)
        guard let timestamp = headers[.webhookTimestamp] else {
            throw .unauthorised("is missing", field: "webhook-timestamp")
        }
        guard Signature.isTimely(timestamp, at: now) else {
            throw .unauthorised("is not within 5 minutes of now", field: "webhook-timestamp")
        }
        guard Signature.isStandard(list, id: id, timestamp: timestamp, body: body, secrets: access.secrets) else {
            throw .unauthorised("signature does not match")
        }
        return Delivery(messageID: "edge/\(access.channel)/\(id)", type: nil)
    }

    /// Shopify repeats a delivery under the same id; topics whose payload is the whole order are taken.
    private static func shopify(
        _ text: String, _ headers: HTTPFields, _ body: [UInt8], _ access: ChannelAccess
    ) throws(Problem) -> Delivery {
        let id = try id(headers, .shopifyID)
        guard Signature.isPlatform(text, body: body, secrets: access.shopify) else {
            throw .unauthorised("signature does not match")
        }
        try check(headers, .shopifyTopic, among: NativeTypes.shopifyTopics)
        return Delivery(messageID: "edge/\(access.channel)/\(id)", type: NativeTypes.shopify)
    }

    /// WooCommerce makes a delivery's id of the webhook and the second alone, so two orders of one second share it: the
    /// body belongs to the message's id here, and no post is refused for another body.
    ///
    /// - Source: WooCommerce, `WC_Webhook::get_new_delivery_id`.
    private static func wooCommerce(
        _ text: String, _ headers: HTTPFields, _ body: [UInt8], _ access: ChannelAccess
    ) throws(Problem) -> Delivery {
        let id = try id(headers, .wooCommerceID)
        guard Signature.isPlatform(text, body: body, secrets: access.wooCommerce) else {
            throw .unauthorised("signature does not match")
        }
        try check(headers, .wooCommerceTopic, among: NativeTypes.wooCommerceTopics)
        let digest = Hexadecimal.text(Crypto.SHA256.hash(data: body).prefix(16))
        return Delivery(messageID: "edge/\(access.channel)/\(id)-\(digest)", type: NativeTypes.wooCommerce)
    }

    /// 1 to 200 visible ASCII characters.
    private static func id(_ headers: HTTPFields, _ name: HTTPField.Name) throws(Problem) -> String {
        guard let id = headers[name] else { throw .unauthorised("is missing", field: name.canonicalName) }
        guard 1...200 ~= id.utf8.count, id.utf8.allSatisfy({ 0x21...0x7E ~= $0 }) else {
            throw .unauthorised("is not 1 to 200 visible ASCII characters", field: name.canonicalName)
        }
        return id
    }

    private static func check(
        _ headers: HTTPFields, _ name: HTTPField.Name, among topics: Set<String>
    ) throws(Problem) {
        guard let topic = headers[name], topics.contains(topic) else {
            throw .invalid(Fault("is none of \(topics.sorted().joined(separator: ", "))", field: name.canonicalName))
        }
    }
}
