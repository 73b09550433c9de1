/// A platform that decides after-sales itself has decided a case.
public struct AfterSalesResult: Message, Equatable {
    public static let type = "channel.after-sales.result.v1"

    public enum Status: String, CaseIterable, Sendable {
        case refunded, rejected, withdrawn
    }

    public let channel: String
    public let externalOrderID: String
    public let externalCaseID: String
    public let status: Status
    /// What the platform paid back.
    public let amount: Int64?
    public let lines: [Line]
    public let at: Instant

    public init(
        channel: String, externalOrderID: String, externalCaseID: String, status: Status, amount: Int64? = nil,
        lines: [Line] = [], at: Instant
    ) {
        self.channel = channel
        self.externalOrderID = externalOrderID
        self.externalCaseID = externalCaseID
        self.status = status
        self.amount = amount
        self.lines = lines
        self.at = at
    }

    public init(_ json: JSONObject) throws(Fault) {
        channel = try json.channel()
        externalOrderID = try json.externalID("externalOrderId")
        externalCaseID = try json.externalID("externalCaseId")
        status = try json.word("status")
        amount = try json.amountIfPresent("amount")
        lines = try json.readListIfPresent("lines")
        at = try json.instant("at")
    }

    public func write(to json: inout JSONWriter) {
        json.field("channel", channel)
        json.field("externalOrderId", externalOrderID)
        json.field("externalCaseId", externalCaseID)
        json.field("status", status.rawValue)
        json.field("amount", amount)
        json.field("lines", list: lines)
        json.field("at", at)
    }

    /// Units of one order line.
    public struct Line: JSONCoded, Equatable {
        public let lineID: String
        public let quantity: Int64

        public init(lineID: String, quantity: Int64) {
            self.lineID = lineID
            self.quantity = quantity
        }

        public init(_ json: JSONObject) throws(Fault) {
            lineID = try json.externalID("lineId")
            quantity = try json.quantity("quantity")
        }

        public func write(to json: inout JSONWriter) {
            json.field("lineId", lineID)
            json.field("quantity", quantity)
        }
    }
}
