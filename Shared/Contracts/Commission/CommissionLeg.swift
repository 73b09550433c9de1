/// What one member earns on one line.
///
/// - Shape: an order has at most 5,000 legs.
/// - Units: minor units; a rate in basis points. Either a rate or an amount per unit is given; of a margin neither.
public struct CommissionLeg: JSONCoded, Equatable {
    public let memberID: String
    /// Steps above the buyer's distributor, who is level 1.
    public let level: Int64
    public let kind: LegKind
    public let lineID: String
    /// What the rate applies to.
    public let base: Int64
    public let rateBasisPoints: Int64?
    public let amountPerUnit: Int64?
    public let amount: Int64
    /// The arithmetic, for people.
    public let why: String

    public init(
        memberID: String, level: Int64, kind: LegKind, lineID: String, base: Int64, rateBasisPoints: Int64? = nil,
        amountPerUnit: Int64? = nil, amount: Int64, why: String
    ) {
        self.memberID = memberID
        self.level = level
        self.kind = kind
        self.lineID = lineID
        self.base = base
        self.rateBasisPoints = rateBasisPoints
        self.amountPerUnit = amountPerUnit
        self.amount = amount
        self.why = why
    }

    public init(_ json: JSONObject) throws(Fault) {
        memberID = try json.string("memberId")
        level = try json.integer("level")
        kind = try json.word("kind")
        lineID = try json.string("lineId")
        base = try json.integer("base")
        rateBasisPoints = try json.integerIfPresent("rateBasisPoints")
        amountPerUnit = try json.integerIfPresent("amountPerUnit")
        amount = try json.integer("amount")
        why = try json.string("why", atMost: 2000)
    }

    public func write(to json: inout JSONWriter) {
        json.field("memberId", memberID)
        json.field("level", level)
        json.field("kind", kind.rawValue)
        json.field("lineId", lineID)
        json.field("base", base)
        json.field("rateBasisPoints", rateBasisPoints)
        json.field("amountPerUnit", amountPerUnit)
        json.field("amount", amount)
        json.field("why", why)
    }
}

/// By which rule a leg is earned.
public enum LegKind: String, CaseIterable, Sendable {
    case level
    /// The own rate less the highest already paid below (级差).
    case differential
    /// For a peer in the line below (平级奖).
    case peer
    case `self`
    /// What the level below pays for the goods, less what the member itself pays (拿货价).
    case margin
}
