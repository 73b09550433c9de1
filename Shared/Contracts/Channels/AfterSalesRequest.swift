/// The buyer wants money back, a return or an exchange.
///
/// - Errors: `Fault` when a line stands twice, or when neither lines nor an amount say what is wanted.
public struct AfterSalesRequest: Message, Equatable {
    public static let type = "channel.after-sales.request.v1"

    public enum Kind: String, CaseIterable, Sendable {
        case refund, `return` = "return", exchange, reship
        case priceAdjustment = "price-adjustment"
    }

    public let channel: String
    public let externalOrderID: String
    public let externalCaseID: String
    public let kind: Kind
    public let reason: String?
    public let lines: [Line]
    /// Absent: the full share of the lines' units.
    public let amount: Int64?
    public let requestedAt: Instant
    public let note: String?

    public init(
        channel: String, externalOrderID: String, externalCaseID: String, kind: Kind, reason: String? = nil,
        lines: [Line] = [], amount: Int64? = nil, requestedAt: Instant, note: String? = nil
    ) {
        self.channel = channel
        self.externalOrderID = externalOrderID
        self.externalCaseID = externalCaseID
        self.kind = kind
        self.reason = reason
        self.lines = lines
        self.amount = amount
        self.requestedAt = requestedAt
        self.note = note
    }

    public init(_ json: JSONObject) throws(Fault) {
        channel = try json.channel()
        externalOrderID = try json.externalID("externalOrderId")
        externalCaseID = try json.externalID("externalCaseId")
        kind = try json.word("kind")
        reason = try json.textIfPresent("reason")
        lines = try json.readListIfPresent("lines")
        amount = try json.amountIfPresent("amount")
        requestedAt = try json.instant("requestedAt")
        note = try json.textIfPresent("note")
        guard !lines.isEmpty || amount != nil else { throw Fault("is missing", field: "lines") }
        var seen: Set<String> = []
        for (index, line) in lines.enumerated() where !seen.insert(line.lineID).inserted {
            throw Fault("stands twice", field: "lines[\(index)].lineId")
        }
    }

    public func write(to json: inout JSONWriter) {
        json.field("channel", channel)
        json.field("externalOrderId", externalOrderID)
        json.field("externalCaseId", externalCaseID)
        json.field("kind", kind.rawValue)
        json.field("reason", reason)
        json.field("lines", list: lines)
        json.field("amount", amount)
        json.field("requestedAt", requestedAt)
        json.field("note", note)
    }

    /// Units of one order line.
    public struct Line: JSONCoded, Equatable {
        public let lineID: String
        public let quantity: Int64
        /// What the buyer wants instead; absent on an exchange: the same again.
        public let exchangeSku: String?

        public init(lineID: String, quantity: Int64, exchangeSku: String? = nil) {
            self.lineID = lineID
            self.quantity = quantity
            self.exchangeSku = exchangeSku
        }

        public init(_ json: JSONObject) throws(Fault) {
            lineID = try json.externalID("lineId")
            quantity = try json.quantity("quantity")
            exchangeSku = try json.externalIDIfPresent("exchangeSku")
        }

        public func write(to json: inout JSONWriter) {
            json.field("lineId", lineID)
            json.field("quantity", quantity)
            json.field("exchangeSku", exchangeSku)
        }
    }
}
