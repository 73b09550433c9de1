/// Asks to pay out what a member has available.
public struct RequestPayout: HeadedCommand, Equatable {
    public static let topic = Topic.commands(of: "commission")
    public static let type = "tributary.commission.commands.RequestPayout.v1"

    public let head: CommandHead
    public let memberID: String
    public let amount: Int64
    public let currency: String

    public var key: String { memberID }

    public init(head: CommandHead, memberID: String, amount: Int64, currency: String) {
        self.head = head
        self.memberID = memberID
        self.amount = amount
        self.currency = currency
    }

    public init(_ json: JSONObject) throws(Fault) {
        head = try CommandHead(json)
        memberID = try json.string("memberId")
        amount = try json.integer("amount")
        currency = try json.string("currency")
    }

    public func write(to json: inout JSONWriter) {
        head.write(to: &json)
        json.field("memberId", memberID)
        json.field("amount", amount)
        json.field("currency", currency)
    }
}
