import HTTPTypes

/// The headers that the edge reads and writes beside HTTP's own.
///
/// - Source: Standard Webhooks 1.0; CloudEvents 1.0.2, HTTP protocol binding; Shopify and WooCommerce, webhook headers.
extension HTTPField.Name {
    static let webhookID = Self.named("webhook-id")
    static let webhookTimestamp = Self.named("webhook-timestamp")
    static let webhookSignature = Self.named("webhook-signature")
    static let shopifySignature = Self.named("x-shopify-hmac-sha256")
    static let shopifyID = Self.named("x-shopify-webhook-id")
    static let shopifyTopic = Self.named("x-shopify-topic")
    static let shopifyTime = Self.named("x-shopify-triggered-at")
    static let wooCommerceSignature = Self.named("x-wc-webhook-signature")
    static let wooCommerceID = Self.named("x-wc-webhook-delivery-id")
    static let wooCommerceTopic = Self.named("x-wc-webhook-topic")
    static let eventVersion = Self.named("ce-specversion")
    static let eventType = Self.named("ce-type")
    static let eventTime = Self.named("ce-time")
    static let traceparent = Self.named("traceparent")

    private static func named(_ text: String) -> Self {
        guard let name = Self(text) else { preconditionFailure("\(text) is no header's name") }
        return name
    }
}
