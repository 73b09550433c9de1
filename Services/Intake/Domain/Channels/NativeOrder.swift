public import Contracts

/// The native order types that intake reads, each by its adapter.
///
/// - Source: CONTRACTS section 2, `channel.orders.v1`.
public enum NativeOrder: String, CaseIterable, Sendable {
    case shopify = "shopify.order.v1"
    case wooCommerce = "woocommerce.order.v1"
    case taobao = "taobao.trade.v1"
    case jd = "jd.order.v1"
    case douyin = "douyin.order.v1"
    case pinduoduo = "pinduoduo.order.v1"
    case weChatShop = "wechat-shop.order.v1"

    /// Reads a payload of this type.
    ///
    /// - Parameter channel: The shop it came from: a platform does not know our name for it.
    /// - Throws: `Fault` naming the platform's own path.
    public func read(_ json: JSONObject, channel: String) throws(Fault) -> ChannelSnapshot {
        switch self {
        case .shopify: try ShopifyOrder.read(json, channel: channel)
        case .wooCommerce: try WooCommerceOrder.read(json, channel: channel)
        case .taobao: try TaobaoTrade.read(json, channel: channel)
        case .jd: try JDOrder.read(json, channel: channel)
        case .douyin: try DouyinOrder.read(json, channel: channel)
        case .pinduoduo: try PinduoduoOrder.read(json, channel: channel)
        case .weChatShop: try WeChatShopOrder.read(json, channel: channel)
        }
    }

    /// Reads a payload whose record key is `channel/externalOrderId`; what follows the channel must be the order's id.
    func read(_ json: JSONObject, key: String) throws(Fault) -> ChannelSnapshot {
        let parts = key.split(separator: "/", maxSplits: 1)
        guard parts.count == 2, let channel = parts.first.map(String.init), Self.isChannel(channel) else {
            throw Fault("is not channel/externalOrderId", field: "key")
        }
        let snapshot = try read(json, channel: channel)
        guard snapshot.order.externalOrderID == parts[1] else {
            throw Fault("names another order than the payload", field: "key")
        }
        return snapshot
    }

    private static func isChannel(_ text: String) -> Bool {
        text.utf8.count <= 64
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                    UInt8(ascii: ":"):
                    true
                default: false
                }
            }
    }
}
