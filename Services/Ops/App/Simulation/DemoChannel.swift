import Contracts

/// The demo's four shops; all keep money and clocks with us.
enum DemoChannel: String, CaseIterable {
    case wechatMini = "wechat-mini"
    case h5Mall = "h5-mall"
    case agentEast = "agent-east"
    case tiktokLive = "tiktok-live"

    var kind: CatalogChannel.Kind {
        switch self {
        case .wechatMini, .tiktokLive: .miniProgram
        case .h5Mall: .web
        case .agentEast: .agent
        }
    }

    var catalog: CatalogChannel {
        CatalogChannel(
            channel: rawValue, name: name, kind: kind, memberID: self == .agentEast ? DemoMembers.agent : nil,
            paymentTimeoutMinutes: 30, autoReceiveAfterDeliveryDays: 7, autoReceiveAfterShipmentDays: 10,
            afterSalesDays: 7, attributionMode: attribution, effectiveFrom: DemoScript.beginning)
    }

    private var name: String {
        switch self {
        case .wechatMini: "微信小程序"
        case .h5Mall: "H5 商城"
        case .agentEast: "华东代理"
        case .tiktokLive: "抖音直播"
        }
    }

    private var attribution: CatalogChannel.AttributionMode {
        switch self {
        case .wechatMini: .firstBind
        case .h5Mall: .code
        case .agentEast: .agent
        case .tiktokLive: .lastClick
        }
    }
}
