public import Contracts

/// Who has asked something of an order that is under way: cases, and wishes to cancel it.
public struct OrderRequests: JSONCoded, Equatable {
    public internal(set) var cases: [OrderCase]
    /// The n-th is `orderId-C<n>`; none is ever removed.
    public internal(set) var cancels: [CancelRequest]
    /// When others than fulfilment sent the goods.
    public internal(set) var shippedElsewhereAt: Instant?

    public init(
        cases: [OrderCase] = [], cancels: [CancelRequest] = [], shippedElsewhereAt: Instant? = nil
    ) {
        self.cases = cases
        self.cancels = cancels
        self.shippedElsewhereAt = shippedElsewhereAt
    }

    public init(_ json: JSONObject) throws(Fault) {
        cases = try json.readList("cases", atMost: 10_000)
        cancels = try json.readList("cancels", atMost: 10_000)
        shippedElsewhereAt = try json.instantIfPresent("shippedElsewhereAt")
    }

    public func write(to json: inout JSONWriter) {
        json.field("cases", list: cases)
        json.field("cancels", list: cancels)
        json.field("shippedElsewhereAt", shippedElsewhereAt)
    }

    /// An open case stops the clock of the automatic receipt.
    public var hasOpenCase: Bool { cases.contains { $0.isOpened && !$0.hasEnded } }

    /// The wish that fulfilment has not answered yet.
    public var pendingCancel: CancelRequest? { cancels.first { $0.outcome == .asked } }

    /// Changes the case of this id, which may be new.
    mutating func withCase(_ caseID: String, _ change: (inout OrderCase) -> Void) {
        guard let index = cases.firstIndex(where: { $0.caseID == caseID }) else {
            var new = OrderCase(caseID: caseID)
            change(&new)
            cases.append(new)
            return
        }
        change(&cases[index])
    }

    mutating func settleCancel(_ outcome: CancelRequest.Outcome) {
        for index in cancels.indices where cancels[index].outcome == .asked { cancels[index].outcome = outcome }
    }
}

/// What intake knows of an after-sales case.
///
/// Its facts come over two topics in any order, so each is put down by itself.
public struct OrderCase: JSONCoded, Equatable {
    public let caseID: String
    /// The platform's name for it.
    public internal(set) var externalCaseID: String?
    /// The order that is sent in exchange.
    public internal(set) var replacementID: OrderID?
    public internal(set) var isOpened: Bool
    public internal(set) var hasEnded: Bool
    /// Units that fulfilment kept from leaving because of it.
    public internal(set) var stopped: [LinePieces]

    public init(
        caseID: String, externalCaseID: String? = nil, replacementID: OrderID? = nil, isOpened: Bool = false,
        hasEnded: Bool = false,
        stopped: [LinePieces] = []
    ) {
        self.caseID = caseID
        self.externalCaseID = externalCaseID
        self.replacementID = replacementID
        self.isOpened = isOpened
        self.hasEnded = hasEnded
        self.stopped = stopped
    }

    public init(_ json: JSONObject) throws(Fault) {
        caseID = try json.string("caseId")
        externalCaseID = try json.stringIfPresent("externalCaseId")
        replacementID = try json.orderIDIfPresent("replacementId")
        isOpened = try json.bool("opened", default: false)
        hasEnded = try json.bool("ended", default: false)
        stopped = try json.readList("stopped", atMost: 5000)
    }

    public func write(to json: inout JSONWriter) {
        json.field("caseId", caseID)
        json.field("externalCaseId", externalCaseID)
        json.field("replacementId", replacementID)
        json.field("opened", isOpened)
        json.field("ended", hasEnded)
        json.field("stopped", list: stopped)
    }
}

/// A wish to cancel an order that was confirmed or had left already.
public struct CancelRequest: JSONCoded, Equatable {
    public enum Outcome: String, CaseIterable, Sendable {
        /// Fulfilment has to say whether anything has left.
        case asked
        case cancelled, refused
    }

    public let requestID: String
    public let reason: CancelReason
    /// When the asker asked: the same wish sent twice has the same time.
    public let requestedAt: Instant
    public internal(set) var outcome: Outcome

    public init(requestID: String, reason: CancelReason, requestedAt: Instant, outcome: Outcome) {
        self.requestID = requestID
        self.reason = reason
        self.requestedAt = requestedAt
        self.outcome = outcome
    }

    public init(_ json: JSONObject) throws(Fault) {
        requestID = try json.string("requestId")
        reason = try json.word("reason")
        requestedAt = try json.instant("requestedAt")
        outcome = try json.word("outcome")
    }

    public func write(to json: inout JSONWriter) {
        json.field("requestId", requestID)
        json.field("reason", reason.rawValue)
        json.field("requestedAt", requestedAt)
        json.field("outcome", outcome.rawValue)
    }
}
