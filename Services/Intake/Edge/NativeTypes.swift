/// What platforms send in their own form, and which of their webhooks carry a whole order.
///
/// - Source: CONTRACTS section 2, `channel.orders.v1`; CHANNELS sections 6 and 7.
enum NativeTypes {
    static let shopify = "shopify.order.v1"
    static let wooCommerce = "woocommerce.order.v1"
    static let all: Set = [
        shopify, wooCommerce, "taobao.trade.v1", "jd.order.v1", "douyin.order.v1", "pinduoduo.order.v1",
        "wechat-shop.order.v1",
    ]

    /// A refund changes the order, which comes again as `orders/updated`.
    static let shopifyTopics: Set = [
        "orders/create", "orders/updated", "orders/paid", "orders/cancelled", "orders/fulfilled",
        "orders/partially_fulfilled",
    ]
    /// `order.deleted` carries nothing but an id.
    static let wooCommerceTopics: Set = ["order.created", "order.updated", "order.restored"]
}
