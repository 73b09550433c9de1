import Contracts

/// A customer of the data set as a buyer in China: one channel, one address, mostly one distributor.
struct DemoCustomer {
    let id: String
    let channel: DemoChannel
    private let place: (province: String, city: String)
    private let seller: String?

    init(_ id: String, seed: UInt64) {
        self.id = id
        var random = SeededRandom(seed: seed, "customer \(id)")
        channel = DemoChannel.allCases[random.number(below: DemoChannel.allCases.count)]
        place = Self.places[random.number(below: Self.places.count)]
        let drawn = DemoMembers.sellers[random.number(below: DemoMembers.sellers.count)]
        // One in ten came by themselves.
        seller = random.number(below: 10) == 0 ? nil : drawn
    }

    var externalBuyerID: String { "cd-\(id)" }

    /// The code in the buyer's link, where the channel attributes by code.
    var referralCode: String? { channel == .h5Mall ? seller : nil }

    var buyer: ChannelOrder.Buyer {
        ChannelOrder.Buyer(externalBuyerID: externalBuyerID, name: "顾客 \(id)", phone: phone)
    }

    var address: ChannelOrder.Address {
        ChannelOrder.Address(
            name: "顾客 \(id)", phone: phone, province: place.province, city: place.city, district: "城区",
            street: "唱片路 \(id) 号")
    }

    /// Who brought the buyer, where the channel attributes by bindings.
    var binding: OutgoingRecord? {
        guard let seller, channel == .wechatMini || channel == .tiktokLive else { return nil }
        let key = "\(channel.rawValue)/\(externalBuyerID)"
        let binding = DistributionBinding(
            channel: channel.rawValue, externalBuyerID: externalBuyerID, memberID: seller,
            boundAt: DemoScript.beginning, source: channel == .wechatMini ? .link : .live)
        return OutgoingRecord(
            binding, on: .distributionBindings, key: key, id: "demo/binding/\(key)", source: "/ops/demo")
    }

    private var phone: String {
        "139" + String(repeating: "0", count: max(0, 8 - id.count)) + id.suffix(8)
    }

    private static let places = [
        ("浙江省", "杭州市"), ("上海市", "上海市"), ("江苏省", "南京市"), ("广东省", "广州市"), ("广东省", "深圳市"),
        ("福建省", "厦门市"), ("四川省", "成都市"), ("重庆市", "重庆市"), ("湖北省", "武汉市"), ("陕西省", "西安市"),
        ("北京市", "北京市"), ("天津市", "天津市"), ("山东省", "济南市"), ("辽宁省", "沈阳市"), ("河南省", "郑州市"),
    ]
}
