public import Contracts

/// What people have done to an order: corrections, payments they entered, commands that were answered.
public struct OrderHandling: JSONCoded, Equatable {
    static let rememberedCommands = 100
    /// SKUs of lines that are neither item nor listing nor matched.
    public internal(set) var unmatchedSkus: [String]
    /// Who gave the order to whom, oldest first.
    public internal(set) var corrections: [AttributionCorrection]
    /// By hand, oldest first; those that a second person must enter too among them.
    public internal(set) var payments: [EnteredPayment]
    /// The newest at most: a command that comes again changes nothing.
    public private(set) var commandIDs: [String]

    public init() {
        unmatchedSkus = []
        corrections = []
        payments = []
        commandIDs = []
    }

    public init(_ json: JSONObject) throws(Fault) {
        unmatchedSkus = try json.texts("unmatchedSkus")
        corrections = try json.readList("corrections", atMost: 10_000)
        payments = try json.readList("payments", atMost: 10_000)
        commandIDs = try json.texts("commandIds")
    }

    public func write(to json: inout JSONWriter) {
        json.field("unmatchedSkus", texts: unmatchedSkus)
        json.field("corrections", list: corrections)
        json.field("payments", list: payments)
        json.field("commandIds", texts: commandIDs)
    }

    public var isEmpty: Bool { self == OrderHandling() }

    mutating func remember(_ commandID: String) {
        commandIDs.append(commandID)
        if commandIDs.count > Self.rememberedCommands { commandIDs.removeFirst() }
    }

    /// What people entered without a second person.
    var singlyEntered: Int64 { payments.reduce(0) { $1.isCounted && $1.approvedBy == nil ? $0 + $1.amount : $0 } }

    var awaitsApproval: Bool { payments.contains { !$0.isCounted } }
}

/// A person gave an order to another distributor, or to none.
public struct AttributionCorrection: JSONCoded, Equatable {
    public let commandID: String
    public let actor: String
    public let reason: String
    public let at: Instant
    public let before: Attribution?
    public let after: Attribution?

    public init(
        commandID: String, actor: String, reason: String, at: Instant, before: Attribution?, after: Attribution?
    ) {
        self.commandID = commandID
        self.actor = actor
        self.reason = reason
        self.at = at
        self.before = before
        self.after = after
    }

    public init(_ json: JSONObject) throws(Fault) {
        commandID = try json.string("commandId")
        actor = try json.string("actor")
        reason = try json.string("reason", atMost: 2000)
        at = try json.instant("at")
        before = try json.readIfPresent("before")
        after = try json.readIfPresent("after")
    }

    public func write(to json: inout JSONWriter) {
        json.field("commandId", commandID)
        json.field("actor", actor)
        json.field("reason", reason)
        json.field("at", at)
        json.field("before", before)
        json.field("after", after)
    }
}

/// A payment that a person entered.
public struct EnteredPayment: JSONCoded, Equatable {
    public let paymentID: String
    public let amount: Int64
    public let method: String?
    public let proof: String
    public let paidAt: Instant
    public let enteredBy: String
    public internal(set) var approvedBy: String?
    /// False while a second person must enter it too.
    public internal(set) var isCounted: Bool

    public init(
        paymentID: String, amount: Int64, method: String?, proof: String, paidAt: Instant, enteredBy: String,
        approvedBy: String? = nil, isCounted: Bool
    ) {
        self.paymentID = paymentID
        self.amount = amount
        self.method = method
        self.proof = proof
        self.paidAt = paidAt
        self.enteredBy = enteredBy
        self.approvedBy = approvedBy
        self.isCounted = isCounted
    }

    public init(_ json: JSONObject) throws(Fault) {
        paymentID = try json.string("paymentId")
        amount = try json.integer("amount")
        method = try json.stringIfPresent("method")
        proof = try json.string("proof", atMost: 2000)
        paidAt = try json.instant("paidAt")
        enteredBy = try json.string("enteredBy")
        approvedBy = try json.stringIfPresent("approvedBy")
        isCounted = try json.bool("counted", default: false)
    }

    public func write(to json: inout JSONWriter) {
        json.field("paymentId", paymentID)
        json.field("amount", amount)
        json.field("method", method)
        json.field("proof", proof)
        json.field("paidAt", paidAt)
        json.field("enteredBy", enteredBy)
        json.field("approvedBy", approvedBy)
        json.field("counted", isCounted)
    }
}
