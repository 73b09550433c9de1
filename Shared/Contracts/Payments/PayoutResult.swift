/// The payment provider answers a payout of ours.
public struct PayoutResult: Message, Equatable {
    public static let type = "payment.payout.result.v1"

    public enum Status: String, CaseIterable, Sendable {
        case succeeded, failed
    }

    public let payoutID: String
    public let status: Status
    public let reason: String?
    public let at: Instant

    public init(payoutID: String, status: Status, reason: String? = nil, at: Instant) {
        self.payoutID = payoutID
        self.status = status
        self.reason = reason
        self.at = at
    }

    public init(_ json: JSONObject) throws(Fault) {
        payoutID = try json.ownID("payoutId")
        status = try json.word("status")
        reason = try json.textIfPresent("reason")
        at = try json.instant("at")
    }

    public func write(to json: inout JSONWriter) {
        json.field("payoutId", payoutID)
        json.field("status", status.rawValue)
        json.field("reason", reason)
        json.field("at", at)
    }
}
