/// A shop, platform or agent that sends orders.
///
/// - Shape: an absent clock means the default of the service that runs it. With `platform` the platform decides and we
///   follow: no payment timeout, no automatic receipt, no refund of ours.
public struct CatalogChannel: Message, Equatable {
    public static let type = "catalog.channel.v1"

    public enum Kind: String, CaseIterable, Sendable {
        case miniProgram = "mini-program", marketplace, agent, web
    }

    public enum AttributionMode: String, CaseIterable, Sendable {
        case firstBind = "first-bind", days, lastClick = "last-click", code, agent
    }

    /// Who decides: we or the platform.
    public enum Side: String, CaseIterable, Sendable {
        case own, platform
    }

    public let channel: String
    /// Absent: the channel's id.
    public let name: String
    public let kind: Kind
    /// The distributor of an agent's channel.
    public let memberID: String?
    public let paymentTimeoutMinutes: Int64?
    public let autoReceiveAfterDeliveryDays: Int64?
    public let autoReceiveAfterShipmentDays: Int64?
    public let afterSalesDays: Int64?
    public let attributionMode: AttributionMode
    /// How long a binding holds when the mode is `days`.
    public let bindingDays: Int64?
    public let platform: String?
    public let shopName: String?
    /// Who takes and pays back the money.
    public let money: Side
    public let clocks: Side
    public let afterSales: Side
    public let holds: HoldRules?
    /// A payment entered by hand above this amount counts when a second person has entered it too; absent: never.
    public let secondApprovalAbove: Int64?
    /// Absent: unshipped and small refunds are approved, everything else is asked.
    public let afterSalesRules: [AfterSalesRule]?
    public let active: Bool
    /// Absent: the record's time.
    public let effectiveFrom: Instant?

    public init(
        channel: String, name: String? = nil, kind: Kind, memberID: String? = nil,
        paymentTimeoutMinutes: Int64? = nil, autoReceiveAfterDeliveryDays: Int64? = nil,
        autoReceiveAfterShipmentDays: Int64? = nil, afterSalesDays: Int64? = nil,
        attributionMode: AttributionMode = .firstBind, bindingDays: Int64? = nil, platform: String? = nil,
        shopName: String? = nil, money: Side = .own, clocks: Side = .own, afterSales: Side = .own,
        holds: HoldRules? = nil, secondApprovalAbove: Int64? = nil, afterSalesRules: [AfterSalesRule]? = nil,
        active: Bool = true, effectiveFrom: Instant? = nil
    ) {
        self.channel = channel
        self.name = name ?? channel
        self.kind = kind
        self.memberID = memberID
        self.paymentTimeoutMinutes = paymentTimeoutMinutes
        self.autoReceiveAfterDeliveryDays = autoReceiveAfterDeliveryDays
        self.autoReceiveAfterShipmentDays = autoReceiveAfterShipmentDays
        self.afterSalesDays = afterSalesDays
        self.attributionMode = attributionMode
        self.bindingDays = bindingDays
        self.platform = platform
        self.shopName = shopName
        self.money = money
        self.clocks = clocks
        self.afterSales = afterSales
        self.holds = holds
        self.secondApprovalAbove = secondApprovalAbove
        self.afterSalesRules = afterSalesRules
        self.active = active
        self.effectiveFrom = effectiveFrom
    }

    public init(_ json: JSONObject) throws(Fault) {
        channel = try json.channel()
        name = try json.textIfPresent("name") ?? channel
        kind = try json.word("kind")
        memberID = try json.ownIDIfPresent("memberId")
        paymentTimeoutMinutes = try json.integerIfPresent("paymentTimeoutMinutes", within: 0...527_040)
        autoReceiveAfterDeliveryDays = try json.daysIfPresent("autoReceiveAfterDeliveryDays")
        autoReceiveAfterShipmentDays = try json.daysIfPresent("autoReceiveAfterShipmentDays")
        afterSalesDays = try json.daysIfPresent("afterSalesDays")
        attributionMode = try json.wordIfPresent("attributionMode") ?? .firstBind
        bindingDays = try json.daysIfPresent("bindingDays")
        platform = try json.stringIfPresent("platform")
        shopName = try json.textIfPresent("shopName")
        money = try json.wordIfPresent("money") ?? .own
        clocks = try json.wordIfPresent("clocks") ?? .own
        afterSales = try json.wordIfPresent("afterSales") ?? .own
        holds = try json.readIfPresent("holds")
        secondApprovalAbove = try json.amountIfPresent("secondApprovalAbove")
        afterSalesRules = json.value("afterSalesRules") == nil ? nil : try json.readList("afterSalesRules", atMost: 50)
        active = try json.bool("active", default: true)
        effectiveFrom = try json.instantIfPresent("effectiveFrom")
    }

    public func write(to json: inout JSONWriter) {
        json.field("channel", channel)
        json.field("name", name)
        json.field("kind", kind.rawValue)
        json.field("memberId", memberID)
        json.field("paymentTimeoutMinutes", paymentTimeoutMinutes)
        json.field("autoReceiveAfterDeliveryDays", autoReceiveAfterDeliveryDays)
        json.field("autoReceiveAfterShipmentDays", autoReceiveAfterShipmentDays)
        json.field("afterSalesDays", afterSalesDays)
        json.field("attributionMode", attributionMode.rawValue)
        json.field("bindingDays", bindingDays)
        json.field("platform", platform)
        json.field("shopName", shopName)
        json.field("money", money.rawValue)
        json.field("clocks", clocks.rawValue)
        json.field("afterSales", afterSales.rawValue)
        json.field("holds", holds)
        json.field("secondApprovalAbove", secondApprovalAbove)
        if let afterSalesRules { json.field("afterSalesRules", list: afterSalesRules) }
        json.field("active", active)
        json.field("effectiveFrom", effectiveFrom)
    }
}
