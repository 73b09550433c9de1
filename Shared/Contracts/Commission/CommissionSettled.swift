/// The statement of one member for one period.
///
/// - Units: minor units.
public struct CommissionSettled: Fact, Equatable {
    public static let topic = Topic.commissionEntries
    public static let type = "tributary.commission.entries.CommissionSettled.v1"

    public let memberID: String
    /// A month of the business time zone: `2026-11`.
    public let period: String
    public let currency: String
    /// Matured, of the member's whole team.
    public let turnover: Int64
    public let matured: Int64
    public let reversed: Int64
    public let teamBonus: Int64
    /// By persons, signed.
    public let adjusted: Int64
    /// What can be withdrawn at the end; negative for a debt.
    public let payable: Int64
    public let settledAt: Instant
    public var version: Int64

    public var key: String { memberID }

    public init(
        memberID: String, period: String, currency: String, turnover: Int64, matured: Int64, reversed: Int64,
        teamBonus: Int64, adjusted: Int64, payable: Int64, settledAt: Instant, version: Int64 = 0
    ) {
        self.memberID = memberID
        self.period = period
        self.currency = currency
        self.turnover = turnover
        self.matured = matured
        self.reversed = reversed
        self.teamBonus = teamBonus
        self.adjusted = adjusted
        self.payable = payable
        self.settledAt = settledAt
        self.version = version
    }

    public init(_ json: JSONObject) throws(Fault) {
        memberID = try json.string("memberId")
        version = try json.integer("version")
        period = try json.string("period")
        currency = try json.string("currency")
        turnover = try json.integer("turnover")
        matured = try json.integer("matured")
        reversed = try json.integer("reversed")
        teamBonus = try json.integer("teamBonus")
        adjusted = try json.integer("adjusted")
        payable = try json.integer("payable")
        settledAt = try json.instant("settledAt")
    }

    public func write(to json: inout JSONWriter) {
        json.field("memberId", memberID)
        json.field("version", version)
        json.field("period", period)
        json.field("currency", currency)
        json.field("turnover", turnover)
        json.field("matured", matured)
        json.field("reversed", reversed)
        json.field("teamBonus", teamBonus)
        json.field("adjusted", adjusted)
        json.field("payable", payable)
        json.field("settledAt", settledAt)
    }
}
