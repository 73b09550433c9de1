/// A payment for an order, told by the channel; `paymentID` is unique within the channel.
public struct ChannelPayment: Message, Equatable {
    public static let type = "channel.payment.v1"

    public enum Status: String, CaseIterable, Sendable {
        case succeeded, failed
    }

    public let channel: String
    public let externalOrderID: String
    public let paymentID: String
    public let status: Status
    public let amount: Int64
    public let currency: String
    public let method: String?
    /// Absent on a failed payment; else the message's own time counts.
    public let paidAt: Instant?

    public init(
        channel: String, externalOrderID: String, paymentID: String, status: Status, amount: Int64,
        currency: String = "CNY", method: String? = nil, paidAt: Instant? = nil
    ) {
        self.channel = channel
        self.externalOrderID = externalOrderID
        self.paymentID = paymentID
        self.status = status
        self.amount = amount
        self.currency = currency
        self.method = method
        self.paidAt = paidAt
    }

    public init(_ json: JSONObject) throws(Fault) {
        channel = try json.channel()
        externalOrderID = try json.externalID("externalOrderId")
        paymentID = try json.externalID("paymentId")
        status = try json.word("status")
        amount = try json.amount("amount")
        currency = try json.currency()
        method = try json.stringIfPresent("method")
        paidAt = try json.instantIfPresent("paidAt")
    }

    public func write(to json: inout JSONWriter) {
        json.field("channel", channel)
        json.field("externalOrderId", externalOrderID)
        json.field("paymentId", paymentID)
        json.field("status", status.rawValue)
        json.field("amount", amount)
        json.field("currency", currency)
        json.field("method", method)
        json.field("paidAt", paidAt)
    }
}
