/// A new order as intake understood it; everybody else's work starts here.
///
/// - Shape: personal data never travels here, see `PartiesRecorded`.
/// - Units: minor units of `currency`; `weightGrams` is the sum of all pieces, 0 when unknown.
/// - Source: CONTRACTS, "Facts"; DESIGN, "Intake".
public struct OrderPlaced: Fact, Equatable {
    public static let topic = Topic.intakeOrders
    public static let type = "tributary.intake.orders.OrderPlaced.v1"

    public let orderID: OrderID
    public let kind: OrderKind
    /// The order whose goods a replacement is sent for.
    public let replaces: OrderID?
    /// The exchange that asked for a replacement.
    public let caseID: String?
    /// The number under which stock is asked for; stock facts echo it.
    public let reservation: Int64
    public let channel: String
    public let terminal: String?
    public let campaign: String?
    public let externalOrderID: String
    public let placedAt: Instant
    public let currency: String
    /// `channel/externalBuyerId`.
    public let buyerID: String?
    public let region: Region?
    public let fingerprints: Fingerprints?
    public let weightGrams: Int64
    public let lines: [PlacedLine]
    /// All lines after their own and the order's discounts, without freight.
    public let goodsTotal: Int64
    public let freight: Int64
    public let tax: Int64
    public let fees: Int64
    /// What the buyer owes.
    public let total: Int64
    /// The total and the discounts that others than the merchant bear.
    public let receivable: Int64
    public let paymentTerms: PaymentTerms
    public let delivery: DeliveryKind
    public let shipBy: Instant?
    /// Imported when it was long finished: no stock, timers, commission or notices.
    public let historical: Bool
    public let attribution: Attribution?
    /// Who could have had an order that nobody has, and why not; `attribution` has a contest of its own.
    public let contest: [Contender]
    public var version: Int64

    public var key: String { orderID.text }

    public init(
        orderID: OrderID, kind: OrderKind, replaces: OrderID? = nil, caseID: String? = nil, reservation: Int64,
        channel: String, terminal: String? = nil, campaign: String? = nil, externalOrderID: String, placedAt: Instant,
        currency: String, buyerID: String? = nil, region: Region? = nil, fingerprints: Fingerprints? = nil,
        weightGrams: Int64, lines: [PlacedLine], goodsTotal: Int64, freight: Int64, tax: Int64, fees: Int64,
        total: Int64, receivable: Int64, paymentTerms: PaymentTerms, delivery: DeliveryKind, shipBy: Instant? = nil,
        historical: Bool = false, attribution: Attribution? = nil, contest: [Contender] = [], version: Int64 = 0
    ) {
        self.orderID = orderID
        self.kind = kind
        self.replaces = replaces
        self.caseID = caseID
        self.reservation = reservation
        self.channel = channel
        self.terminal = terminal
        self.campaign = campaign
        self.externalOrderID = externalOrderID
        self.placedAt = placedAt
        self.currency = currency
        self.buyerID = buyerID
        self.region = region
        self.fingerprints = fingerprints
        self.weightGrams = weightGrams
        self.lines = lines
        self.goodsTotal = goodsTotal
        self.freight = freight
        self.tax = tax
        self.fees = fees
        self.total = total
        self.receivable = receivable
        self.paymentTerms = paymentTerms
        self.delivery = delivery
        self.shipBy = shipBy
        self.historical = historical
        self.attribution = attribution
        self.contest = contest
        self.version = version
    }

    public init(_ json: JSONObject) throws(Fault) {
        orderID = try json.orderID()
        version = try json.integer("version")
        kind = try json.word("kind")
        replaces = try json.orderIDIfPresent("replaces")
        caseID = try json.stringIfPresent("caseId", atMost: 64)
        reservation = try json.integer("reservation")
        channel = try json.string("channel")
        terminal = try json.stringIfPresent("terminal")
        campaign = try json.stringIfPresent("campaign")
        externalOrderID = try json.string("externalOrderId")
        placedAt = try json.instant("placedAt")
        currency = try json.string("currency")
        buyerID = try json.stringIfPresent("buyerId", atMost: 300)
        region = try json.readIfPresent("region")
        fingerprints = try json.readIfPresent("fingerprints")
        weightGrams = try json.integer("weightGrams")
        lines = try json.readList("lines")
        goodsTotal = try json.integer("goodsTotal")
        freight = try json.integer("freight")
        tax = try json.integer("tax")
        fees = try json.integer("fees")
        total = try json.integer("total")
        receivable = try json.integer("receivable")
        paymentTerms = try json.word("paymentTerms")
        delivery = try json.word("delivery")
        shipBy = try json.instantIfPresent("shipBy")
        historical = try json.bool("historical", default: false)
        attribution = try json.readIfPresent("attribution")
        contest = try json.readListIfPresent("contest")
    }

    public func write(to json: inout JSONWriter) {
        json.field("orderId", orderID)
        json.field("version", version)
        json.field("kind", kind.rawValue)
        json.field("replaces", replaces)
        json.field("caseId", caseID)
        json.field("reservation", reservation)
        json.field("channel", channel)
        json.field("terminal", terminal)
        json.field("campaign", campaign)
        json.field("externalOrderId", externalOrderID)
        json.field("placedAt", placedAt)
        json.field("currency", currency)
        json.field("buyerId", buyerID)
        json.field("region", region)
        json.field("fingerprints", fingerprints)
        json.field("weightGrams", weightGrams)
        json.field("lines", list: lines)
        json.field("goodsTotal", goodsTotal)
        json.field("freight", freight)
        json.field("tax", tax)
        json.field("fees", fees)
        json.field("total", total)
        json.field("receivable", receivable)
        json.field("paymentTerms", paymentTerms.rawValue)
        json.field("delivery", delivery.rawValue)
        json.field("shipBy", shipBy)
        json.field("historical", historical)
        json.field("attribution", attribution)
        if !contest.isEmpty { json.field("contest", list: contest) }
    }
}
