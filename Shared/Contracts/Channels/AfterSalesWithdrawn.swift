/// The buyer no longer wants what a case asked for.
public struct AfterSalesWithdrawn: Message, Equatable {
    public static let type = "channel.after-sales.withdrawn.v1"

    public let channel: String
    public let externalOrderID: String
    public let externalCaseID: String
    public let withdrawnAt: Instant

    public init(channel: String, externalOrderID: String, externalCaseID: String, withdrawnAt: Instant) {
        self.channel = channel
        self.externalOrderID = externalOrderID
        self.externalCaseID = externalCaseID
        self.withdrawnAt = withdrawnAt
    }

    public init(_ json: JSONObject) throws(Fault) {
        channel = try json.channel()
        externalOrderID = try json.externalID("externalOrderId")
        externalCaseID = try json.externalID("externalCaseId")
        withdrawnAt = try json.instant("withdrawnAt")
    }

    public func write(to json: inout JSONWriter) {
        json.field("channel", channel)
        json.field("externalOrderId", externalOrderID)
        json.field("externalCaseId", externalCaseID)
        json.field("withdrawnAt", withdrawnAt)
    }
}
