/// What a carrier is called here, by aggregators and by platforms: the one place of these codes.
///
/// - Source: the aggregators' public lists of companies; platforms' as widely used by their connectors, to be checked
///   with each platform's own list when a shop is connected. `nil`: not known, the platform is told our name.
public struct CarrierCodes: Equatable, Sendable {
    /// Ours.
    public let carrier: String
    public let name: String
    public let kuaidi100: String
    public let kdniao: String
    private let platforms: [String: String]

    private init(
        _ carrier: String, _ name: String, _ kuaidi100: String, _ kdniao: String, _ platforms: [String: String]
    ) {
        self.carrier = carrier
        self.name = name
        self.kuaidi100 = kuaidi100
        self.kdniao = kdniao
        self.platforms = platforms
    }

    /// - Parameter platform: As in `catalog.channel.v1`: `taobao`, `jd`, `douyin`, `pinduoduo`, `wechat-shop`, `shopify`.
    public func code(on platform: String) -> String? {
        switch platform {
        // These two took over the words of an aggregator.
        case "douyin": platforms[platform] ?? kuaidi100
        case "wechat-shop", "wechat-mini": platforms[platform] ?? kdniao
        default: platforms[platform]
        }
    }

    public static let all = [
        CarrierCodes(
            "sf", "顺丰速运", "shunfeng", "SF",
            ["taobao": "SF", "jd": "467", "pinduoduo": "44", "shopify": "SF Express"]),
        CarrierCodes("zto", "中通快递", "zhongtong", "ZTO", ["taobao": "ZTO", "jd": "1499", "pinduoduo": "115"]),
        CarrierCodes("yto", "圆通速递", "yuantong", "YTO", ["taobao": "YTO", "jd": "463", "pinduoduo": "85"]),
        CarrierCodes("sto", "申通快递", "shentong", "STO", ["taobao": "STO", "jd": "470", "pinduoduo": "1"]),
        CarrierCodes("yunda", "韵达速递", "yunda", "YD", ["taobao": "YUNDA", "jd": "1327", "pinduoduo": "121"]),
        CarrierCodes("jd", "京东快递", "jd", "JD", ["jd": "2087", "pinduoduo": "120"]),
        CarrierCodes("jt", "极兔速递", "jtexpress", "JTSD", ["jd": "773574", "pinduoduo": "384"]),
        CarrierCodes("ems", "EMS", "ems", "EMS", ["taobao": "EMS", "jd": "465", "pinduoduo": "118", "shopify": "EMS"]),
        CarrierCodes(
            "china-post", "邮政快递包裹", "youzhengguonei", "YZPY",
            ["taobao": "POSTB", "jd": "2170", "pinduoduo": "132", "shopify": "China Post"]),
        CarrierCodes("deppon", "德邦快递", "debangkuaidi", "DBL", ["taobao": "DBKD", "jd": "3046", "pinduoduo": "131"]),
        CarrierCodes("ups", "UPS", "ups", "UPS", ["shopify": "UPS"]),
        CarrierCodes("fedex", "FedEx", "fedex", "FEDEX_GJ", ["shopify": "FedEx"]),
        CarrierCodes("dhl", "DHL", "dhl", "DHL", ["shopify": "DHL Express"]),
    ]

    public static func of(_ carrier: String) -> CarrierCodes? { all.first { $0.carrier == carrier } }

    /// Ours, by an aggregator's code; one that is not in the list stays as it is, in small letters.
    public static func carrier(kuaidi100 code: String) -> String {
        all.first { $0.kuaidi100 == code }?.carrier ?? code.lowercased()
    }

    public static func carrier(kdniao code: String) -> String {
        all.first { $0.kdniao == code }?.carrier ?? code.lowercased()
    }
}
