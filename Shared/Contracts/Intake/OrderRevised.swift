/// What an order consists of, costs or goes to is no longer what `OrderPlaced` said.
///
/// - Shape: the present values, also of what stayed; everything that `OrderPlaced` says beside them still holds. A
///   `reservation` above the one before asks for stock under it.
/// - Units: minor units of the order's currency.
public struct OrderRevised: Fact, Equatable {
    public static let topic = Topic.intakeOrders
    public static let type = "tributary.intake.orders.OrderRevised.v1"

    public let orderID: OrderID
    public let cause: RevisionCause
    public let reservation: Int64
    public let region: Region?
    public let fingerprints: Fingerprints?
    public let weightGrams: Int64
    public let lines: [PlacedLine]
    public let goodsTotal: Int64
    public let freight: Int64
    public let total: Int64
    public let receivable: Int64
    /// Absent when the catalogue did it.
    public let actor: String?
    public let reason: String
    public let revisedAt: Instant
    public var version: Int64

    public var key: String { orderID.text }

    public init(
        orderID: OrderID, cause: RevisionCause, reservation: Int64, region: Region? = nil,
        fingerprints: Fingerprints? = nil, weightGrams: Int64, lines: [PlacedLine], goodsTotal: Int64, freight: Int64,
        total: Int64, receivable: Int64, actor: String? = nil, reason: String, revisedAt: Instant, version: Int64 = 0
    ) {
        self.orderID = orderID
        self.cause = cause
        self.reservation = reservation
        self.region = region
        self.fingerprints = fingerprints
        self.weightGrams = weightGrams
        self.lines = lines
        self.goodsTotal = goodsTotal
        self.freight = freight
        self.total = total
        self.receivable = receivable
        self.actor = actor
        self.reason = reason
        self.revisedAt = revisedAt
        self.version = version
    }

    public init(_ json: JSONObject) throws(Fault) {
        orderID = try json.orderID()
        version = try json.integer("version")
        cause = try json.word("cause")
        reservation = try json.integer("reservation")
        region = try json.readIfPresent("region")
        fingerprints = try json.readIfPresent("fingerprints")
        weightGrams = try json.integer("weightGrams")
        lines = try json.readList("lines")
        goodsTotal = try json.integer("goodsTotal")
        freight = try json.integer("freight")
        total = try json.integer("total")
        receivable = try json.integer("receivable")
        actor = try json.stringIfPresent("actor")
        reason = try json.string("reason", atMost: 2000)
        revisedAt = try json.instant("revisedAt")
    }

    public func write(to json: inout JSONWriter) {
        json.field("orderId", orderID)
        json.field("version", version)
        json.field("cause", cause.rawValue)
        json.field("reservation", reservation)
        json.field("region", region)
        json.field("fingerprints", fingerprints)
        json.field("weightGrams", weightGrams)
        json.field("lines", list: lines)
        json.field("goodsTotal", goodsTotal)
        json.field("freight", freight)
        json.field("total", total)
        json.field("receivable", receivable)
        json.field("actor", actor)
        json.field("reason", reason)
        json.field("revisedAt", revisedAt)
    }
}

/// What made an order another one than was placed.
public enum RevisionCause: String, CaseIterable, Sendable {
    case price
    /// A channel's SKU was matched with ours.
    case sku
    case address
    /// The platform that the order came from changed it.
    case platform
}

extension OrderPlaced {
    /// The order as it is after a revision; its version is then that of the revision.
    public func revised(by revision: OrderRevised) -> OrderPlaced {
        OrderPlaced(
            orderID: orderID, kind: kind, replaces: replaces, caseID: caseID, reservation: reservation,
            channel: channel, terminal: terminal, campaign: campaign, externalOrderID: externalOrderID,
            placedAt: placedAt, currency: currency, buyerID: buyerID, region: revision.region,
            fingerprints: revision.fingerprints, weightGrams: revision.weightGrams, lines: revision.lines,
            goodsTotal: revision.goodsTotal, freight: revision.freight, tax: tax, fees: fees, total: revision.total,
            receivable: revision.receivable, paymentTerms: paymentTerms, delivery: delivery, shipBy: shipBy,
            historical: historical, attribution: attribution, contest: contest, version: revision.version)
    }
}
