public import Contracts

/// What a channel promised when an order came: its clocks, and who holds the money.
///
/// Kept with the order, so that a later change of the channel does not move what is under way.
/// - Source: DESIGN section 4, "Auto"; CONTRACTS, `catalog.channel.v1`.
public struct ChannelTerms: JSONCoded, Equatable {
    public let paymentTimeoutMinutes: Int64
    /// From delivery to automatic receipt.
    public let receiptAfterDeliveryDays: Int64
    /// From shipment to automatic receipt, when no delivery is heard of.
    public let receiptAfterShipmentDays: Int64
    public let afterSalesDays: Int64
    public let money: CatalogChannel.Side
    public let clocks: CatalogChannel.Side
    /// Of payments entered by hand; `nil` asks for no second person.
    public let secondApprovalAbove: Int64?
    /// Where orders come from that want to hear back; `nil` for channels of our own.
    public let platform: String?

    public init(
        paymentTimeoutMinutes: Int64 = 30, receiptAfterDeliveryDays: Int64 = 7, receiptAfterShipmentDays: Int64 = 10,
        afterSalesDays: Int64 = 7, money: CatalogChannel.Side = .own, clocks: CatalogChannel.Side = .own,
        secondApprovalAbove: Int64? = nil, platform: String? = nil
    ) {
        self.paymentTimeoutMinutes = paymentTimeoutMinutes
        self.receiptAfterDeliveryDays = receiptAfterDeliveryDays
        self.receiptAfterShipmentDays = receiptAfterShipmentDays
        self.afterSalesDays = afterSalesDays
        self.money = money
        self.clocks = clocks
        self.secondApprovalAbove = secondApprovalAbove
        self.platform = platform
    }

    /// The channel's own values, else the defaults; what does not travel by express is received after two days.
    public init(_ channel: CatalogChannel, delivery: DeliveryKind) {
        let isExpress = delivery == .express
        self.init(
            paymentTimeoutMinutes: channel.paymentTimeoutMinutes ?? 30,
            receiptAfterDeliveryDays: isExpress ? channel.autoReceiveAfterDeliveryDays ?? 7 : 2,
            receiptAfterShipmentDays: isExpress ? channel.autoReceiveAfterShipmentDays ?? 10 : 2,
            afterSalesDays: channel.afterSalesDays ?? 7, money: channel.money, clocks: channel.clocks,
            secondApprovalAbove: channel.secondApprovalAbove, platform: channel.platform)
    }

    public init(_ json: JSONObject) throws(Fault) {
        paymentTimeoutMinutes = try json.integer("paymentTimeoutMinutes")
        receiptAfterDeliveryDays = try json.integer("receiptAfterDeliveryDays")
        receiptAfterShipmentDays = try json.integer("receiptAfterShipmentDays")
        afterSalesDays = try json.integer("afterSalesDays")
        money = try json.word("money")
        clocks = try json.word("clocks")
        secondApprovalAbove = try json.integerIfPresent("secondApprovalAbove")
        platform = try json.stringIfPresent("platform")
    }

    public func write(to json: inout JSONWriter) {
        json.field("paymentTimeoutMinutes", paymentTimeoutMinutes)
        json.field("receiptAfterDeliveryDays", receiptAfterDeliveryDays)
        json.field("receiptAfterShipmentDays", receiptAfterShipmentDays)
        json.field("afterSalesDays", afterSalesDays)
        json.field("money", money.rawValue)
        json.field("clocks", clocks.rawValue)
        json.field("secondApprovalAbove", secondApprovalAbove)
        json.field("platform", platform)
    }
}
