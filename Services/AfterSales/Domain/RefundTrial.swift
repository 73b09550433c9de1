public import Contracts

/// What an order's refunds would be, step by step, by the rules themselves: every step goes through the decisions that a
/// real case goes through.
///
/// - Shape: one object with `order` (an `OrderPlaced`, paid in full) and `steps`; a step has `kind` (`refund` when not
///   given, `return`, `exchange`, …), `lines` of `lineId` and `quantity`, `amount` when less than the share is wanted, and
///   `shipped`: from here on the goods have left. A return means so.
/// - Errors: `Fault` naming the field, from the root of the object. What the rules refuse is no error but a step with
///   `refused`.
public struct RefundTrial {
    private var state = State<AfterSalesAggregate>()
    private let placed: OrderPlaced
    private let now: Instant
    private var hasLeft = false
    private var number = 0

    /// What came of one step.
    public struct Step: Equatable, Sendable {
        public let amount: Int64
        public let lines: [RefundedLine]
        public let freight: Int64
        /// Why nothing was paid back; `nil` when the case was granted.
        public let refused: String?
    }

    public init(_ placed: OrderPlaced) throws(Fault) {
        self.placed = placed
        now = placed.placedAt
        state.load(
            .channel(placed.channel), .channel(ChannelTerms(channel: placed.channel, followsPlatform: false)))
        state.load(.order(placed.orderID), nil)
        try take(.placed(placed))
        try take(.paid(OrderPaid(orderID: placed.orderID, paymentID: "P", amount: placed.total, paidAt: now)))
    }

    /// What can still be paid back.
    public var remaining: Int64 { account?.available ?? 0 }

    private var account: OrderAccount? { state.order(.order(placed.orderID)) }

    /// - Parameter field: Where the step stands, for faults.
    public mutating func step(_ json: JSONObject) throws(Fault) -> Step {
        number += 1
        let kind = try json.wordIfPresent("kind") ?? AfterSalesRequest.Kind.refund
        if try json.bool("shipped", default: kind == .return || kind == .exchange) { try dispatch() }
        let request = AfterSalesRequest(
            channel: placed.channel, externalOrderID: placed.externalOrderID, externalCaseID: "\(number)", kind: kind,
            lines: try json.readListIfPresent("lines"), amount: try json.amountIfPresent("amount"), requestedAt: now)
        guard !request.lines.isEmpty || request.amount != nil else { throw Fault("is missing", field: "lines") }
        let told = try grant(request)
        if told.contains(where: { $0 is CaseExchanged }) {
            return Step(amount: 0, lines: [], freight: 0, refused: nil)
        }
        if let refunded = told.compactMap({ $0 as? CaseRefunded }).first {
            return Step(
                amount: refunded.amount, lines: refunded.lines, freight: refunded.freight, refused: nil)
        }
        let refusal = told.compactMap { ($0 as? CaseRejected)?.reason }.first
        return Step(amount: 0, lines: [], freight: 0, refused: refusal ?? "not paid back")
    }

    /// Brings a case to its end: fulfilment answers, a person approves, the warehouse finds all pieces, the money goes.
    private mutating func grant(_ request: AfterSalesRequest) throws(Fault) -> [any Fact] {
        var told = try take(.requested(request))
        for wish in told.compactMap({ $0 as? CaseReplacementRequested }) {
            // The same goods again cost nothing more; they are there.
            let id = OrderID(channel: placed.channel, externalOrderID: wish.caseID, placedAt: now)
            told += try take(
                .replacementAnswered(
                    OrderReplacementAnswered(
                        orderID: placed.orderID, caseID: wish.caseID, replacementOrderID: id, outcome: .reserved,
                        answeredAt: now)))
        }
        guard let caseID = account?.findCase(external: request.externalCaseID)?.caseID else { return told }
        if let resting = open(caseID), !resting.isMoneyOnly {
            let pieces = resting.items.map { LinePieces(lineID: $0.lineID, quantity: $0.quantity) }
            told += try take(
                .stopped(
                    LinesStopped(
                        orderID: placed.orderID, requestID: caseID, stopped: hasLeft ? [] : pieces,
                        dispatched: hasLeft ? pieces : [])))
        }
        let head = CommandHead(commandID: "T-\(number)", actor: "trial", reason: "trial", issuedAt: now)
        if let resting = open(caseID), resting.state == .requested {
            told += try take(.commanded(.approve(ApproveCase(head: head, orderID: placed.orderID, caseID: caseID))))
        }
        if let resting = open(caseID), resting.state == .approved {
            let lines = resting.items.filter { $0.quantity > 0 }.map {
                WarehouseInspection.Line(lineID: $0.lineID, quantity: $0.quantity, outcome: .restock)
            }
            told += try take(
                .inspected(
                    placed.orderID,
                    WarehouseInspection(caseID: caseID, warehouse: "trial", lines: lines, inspectedAt: now)))
        }
        for due in told.compactMap({ $0 as? RefundDue }) {
            let result = RefundResult(refundID: due.refundID, status: .succeeded, at: now)
            told += try take(.refundAnswered(placed.orderID, result))
        }
        return told
    }

    private func open(_ caseID: String) -> AfterSalesCase? {
        account?.findCase(caseID).flatMap { $0.outcome == nil ? $0 : nil }
    }

    private mutating func dispatch() throws(Fault) {
        guard !hasLeft else { return }
        hasLeft = true
        let lines = placed.lines.map { LineQuantity(lineID: $0.lineID, sku: $0.sku, quantity: $0.quantity) }
        try take(
            .dispatched(
                ShipmentDispatched(
                    orderID: placed.orderID, shipmentID: "trial", parcelID: "trial", direction: .out,
                    warehouse: "trial", carrier: "trial", waybill: "trial", lines: lines, dispatchedAt: now)))
    }

    @discardableResult
    private mutating func take(_ message: AfterSalesMessage) throws(Fault) -> [any Fact] {
        for _ in 0..<4 {
            for key in message.keys(given: state) where !state.isLoaded(key) { state.load(key, nil) }
        }
        let decision = try message.decide(given: state, at: now)
        for change in decision.changes { change.apply(to: &state) }
        if let account {
            let aggregate = AfterSalesAggregate.order(account)
            for alias in aggregate.aliases { state.alias(alias, of: .order(account.orderID)) }
        }
        return decision.facts
    }
}
