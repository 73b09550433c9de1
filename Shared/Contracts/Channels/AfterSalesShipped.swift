/// The buyer has sent the goods back.
public struct AfterSalesShipped: Message, Equatable {
    public static let type = "channel.after-sales.shipped.v1"

    public let channel: String
    public let externalOrderID: String
    public let externalCaseID: String
    public let carrier: String
    public let waybill: String
    public let shippedAt: Instant
    /// What the buyer paid for sending them, in minor units.
    public let freight: Int64?

    public init(
        channel: String, externalOrderID: String, externalCaseID: String, carrier: String, waybill: String,
        shippedAt: Instant, freight: Int64? = nil
    ) {
        self.channel = channel
        self.externalOrderID = externalOrderID
        self.externalCaseID = externalCaseID
        self.carrier = carrier
        self.waybill = waybill
        self.shippedAt = shippedAt
        self.freight = freight
    }

    public init(_ json: JSONObject) throws(Fault) {
        channel = try json.channel()
        externalOrderID = try json.externalID("externalOrderId")
        externalCaseID = try json.externalID("externalCaseId")
        carrier = try json.ownID("carrier")
        waybill = try json.externalID("waybill")
        shippedAt = try json.instant("shippedAt")
        freight = try json.amountIfPresent("freight")
    }

    public func write(to json: inout JSONWriter) {
        json.field("channel", channel)
        json.field("externalOrderId", externalOrderID)
        json.field("externalCaseId", externalCaseID)
        json.field("carrier", carrier)
        json.field("waybill", waybill)
        json.field("shippedAt", shippedAt)
        json.field("freight", freight)
    }
}
