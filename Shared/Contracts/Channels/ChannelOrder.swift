/// An order as a channel sends it; a platform sends the whole order again after every change.
///
/// - Shape: at most 500 lines; `total` is what the buyer owes.
/// - Units: minor units (分) of `currency`.
/// - Errors: a `Fault` of `check` when lines or sums disagree.
/// - Source: CONTRACTS section 2.
public struct ChannelOrder: Message, Equatable {
    public static let type = "channel.order.v1"

    public enum PaymentTerms: String, CaseIterable, Sendable {
        case prepaid, cashOnDelivery = "cash-on-delivery"
    }

    public enum Delivery: String, CaseIterable, Sendable {
        case express, pickup, local, virtual
    }

    public let channel: String
    public let externalOrderID: String
    /// Where the buyer ordered: `mini-program`, `app`, a till.
    public let terminal: String?
    public let campaign: String?
    /// When the channel last changed it; of two snapshots the older is ignored.
    public let modifiedAt: Instant?
    public let placedAt: Instant
    public let currency: String
    public let buyer: Buyer?
    public let shipTo: Address?
    public let referral: Referral?
    public let lines: [Line]
    /// What is taken off beside the lines' own discounts.
    public let orderDiscount: Int64
    public let freight: Int64
    public let tax: Int64
    /// Prices hold the tax already, so that it is not added to the total.
    public let taxIncluded: Bool
    public let fees: [Fee]
    public let total: Int64
    /// Explains the sums; it need not be complete.
    public let discounts: [Discount]
    public let paymentTerms: PaymentTerms
    /// A payment already made; `tenders` reads it together with `payments`.
    public let payment: Payment?
    /// Several payments already made.
    public let payments: [Payment]
    public let delivery: Delivery
    public let shipBy: Instant?
    /// An imported finished order: no stock, timers, commission or notices.
    public let historical: Bool
    public let note: String?

    public init(
        channel: String, externalOrderID: String, terminal: String? = nil, campaign: String? = nil,
        modifiedAt: Instant? = nil, placedAt: Instant, currency: String = "CNY", buyer: Buyer? = nil,
        shipTo: Address? = nil, referral: Referral? = nil, lines: [Line], orderDiscount: Int64 = 0,
        freight: Int64 = 0, tax: Int64 = 0, taxIncluded: Bool = true, fees: [Fee] = [], total: Int64,
        discounts: [Discount] = [], paymentTerms: PaymentTerms = .prepaid, payment: Payment? = nil,
        payments: [Payment] = [], delivery: Delivery = .express, shipBy: Instant? = nil, historical: Bool = false,
        note: String? = nil
    ) {
        self.channel = channel
        self.externalOrderID = externalOrderID
        self.terminal = terminal
        self.campaign = campaign
        self.modifiedAt = modifiedAt
        self.placedAt = placedAt
        self.currency = currency
        self.buyer = buyer
        self.shipTo = shipTo
        self.referral = referral
        self.lines = lines
        self.orderDiscount = orderDiscount
        self.freight = freight
        self.tax = tax
        self.taxIncluded = taxIncluded
        self.fees = fees
        self.total = total
        self.discounts = discounts
        self.paymentTerms = paymentTerms
        self.payment = payment
        self.payments = payments
        self.delivery = delivery
        self.shipBy = shipBy
        self.historical = historical
        self.note = note
    }

    public init(_ json: JSONObject) throws(Fault) {
        channel = try json.channel()
        externalOrderID = try json.externalID("externalOrderId")
        terminal = try json.stringIfPresent("terminal")
        campaign = try json.stringIfPresent("campaign")
        modifiedAt = try json.instantIfPresent("modifiedAt")
        placedAt = try json.instant("placedAt")
        currency = try json.currency()
        buyer = try json.readIfPresent("buyer")
        shipTo = try json.readIfPresent("shipTo")
        referral = try json.readIfPresent("referral")
        lines = try json.readList("lines")
        orderDiscount = try json.amountIfPresent("orderDiscount") ?? 0
        freight = try json.amountIfPresent("freight") ?? 0
        tax = try json.amountIfPresent("tax") ?? 0
        taxIncluded = try json.bool("taxIncluded", default: true)
        fees = try json.readListIfPresent("fees")
        total = try json.amount("total")
        discounts = try json.readListIfPresent("discounts")
        paymentTerms = try json.wordIfPresent("paymentTerms") ?? .prepaid
        payment = try json.readIfPresent("payment")
        payments = try json.readListIfPresent("payments")
        delivery = try json.wordIfPresent("delivery") ?? .express
        shipBy = try json.instantIfPresent("shipBy")
        historical = try json.bool("historical", default: false)
        note = try json.textIfPresent("note")
        try check()
    }

    public func write(to json: inout JSONWriter) {
        json.field("channel", channel)
        json.field("externalOrderId", externalOrderID)
        json.field("terminal", terminal)
        json.field("campaign", campaign)
        json.field("modifiedAt", modifiedAt)
        json.field("placedAt", placedAt)
        json.field("currency", currency)
        json.field("buyer", buyer)
        json.field("shipTo", shipTo)
        json.field("referral", referral)
        json.field("lines", list: lines)
        json.field("orderDiscount", orderDiscount)
        json.field("freight", freight)
        json.field("tax", tax)
        json.field("taxIncluded", taxIncluded)
        json.field("fees", list: fees)
        json.field("total", total)
        json.field("discounts", list: discounts)
        json.field("paymentTerms", paymentTerms.rawValue)
        json.field("payment", payment)
        json.field("payments", list: payments)
        json.field("delivery", delivery.rawValue)
        json.field("shipBy", shipBy)
        json.field("historical", historical)
        json.field("note", note)
    }
}
