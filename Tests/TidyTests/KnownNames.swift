import Contracts

/// The names that texts in the sources may hold.
enum KnownNames {
    static let topics = Set(Topic.all.map(\.name))

    /// Message types, which look like topics.
    static let types = Set(InboundTypes.all.map { $0.type }).union(OutboundTypes.all.map { $0.type }).union(native)

    /// What platforms send in their own form.
    ///
    /// - Source: CONTRACTS section 2.
    private static let native: Set = [
        "shopify.order.v1", "woocommerce.order.v1", "taobao.trade.v1", "jd.order.v1", "douyin.order.v1",
        "pinduoduo.order.v1", "wechat-shop.order.v1", "kuaidi100.push.v1", "kdniao.push.v1",
    ]
}
