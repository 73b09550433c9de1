/// The payment provider answers a refund of ours.
public struct RefundResult: Message, Equatable {
    public static let type = "payment.refund.result.v1"

    public enum Status: String, CaseIterable, Sendable {
        case succeeded, failed
    }

    public let refundID: String
    public let status: Status
    public let reason: String?
    public let at: Instant

    public init(refundID: String, status: Status, reason: String? = nil, at: Instant) {
        self.refundID = refundID
        self.status = status
        self.reason = reason
        self.at = at
    }

    public init(_ json: JSONObject) throws(Fault) {
        refundID = try json.ownID("refundId")
        status = try json.word("status")
        reason = try json.textIfPresent("reason")
        at = try json.instant("at")
    }

    public func write(to json: inout JSONWriter) {
        json.field("refundId", refundID)
        json.field("status", status.rawValue)
        json.field("reason", reason)
        json.field("at", at)
    }
}
