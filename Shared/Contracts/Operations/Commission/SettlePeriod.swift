/// Draws up the statements of a period.
public struct SettlePeriod: HeadedCommand, Equatable {
    public static let topic = Topic.commands(of: "commission")
    public static let type = "tributary.commission.commands.SettlePeriod.v1"

    public let head: CommandHead
    /// `nil` means every member; the key is then `*`.
    public let memberID: String?
    /// A month of the business time zone: `2026-11`.
    public let period: String

    public var key: String { memberID ?? "*" }

    public init(head: CommandHead, memberID: String? = nil, period: String) {
        self.head = head
        self.memberID = memberID
        self.period = period
    }

    public init(_ json: JSONObject) throws(Fault) {
        head = try CommandHead(json)
        memberID = try json.stringIfPresent("memberId")
        period = try json.string("period")
    }

    public func write(to json: inout JSONWriter) {
        head.write(to: &json)
        json.field("memberId", memberID)
        json.field("period", period)
    }
}
