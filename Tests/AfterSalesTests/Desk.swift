import AfterSalesDomain
import Contracts
import Pipeline
import Support

@testable import AfterSales

/// After-sales on memory with one order: what channels, intake, fulfilment, warehouses and providers tell it.
struct Desk {
    let harness: ServiceHarness<AfterSalesHandler>
    let placed: OrderPlaced

    /// A channel, and an order of it that was placed but not paid.
    ///
    /// - Parameter followsPlatform: The platform holds the money and decides.
    init(_ placed: OrderPlaced = .sample(), followsPlatform: Bool = false) throws {
        harness = ServiceHarness(AfterSalesHandler())
        self.placed = placed
        harness.publish(
            CatalogChannel.sample(channel: placed.channel, money: followsPlatform ? .platform : .own),
            on: .catalogChannels, key: placed.channel)
        harness.publish(placed)
        try harness.settle()
    }

    /// The same, paid in full by payment `P-1`.
    static func paid(_ placed: OrderPlaced = .sample(), followsPlatform: Bool = false) throws -> Desk {
        let desk = try Desk(placed, followsPlatform: followsPlatform)
        try desk.pay()
        return desk
    }

    var orderID: OrderID { placed.orderID }
    var caseID: String { "\(orderID)-A1" }
    var story: [String] { harness.story }
    /// The kinds of the timers that run, in the order they are due.
    var clocks: [String] { harness.database.timers.map(\.kind) }
    /// The running timers, each as `kind/key`.
    var timers: [String] { harness.database.timers.map { "\($0.kind)/\($0.key)" } }
    var waitingKeys: [String] { harness.database.waiting.map(\.key) }
    var faults: [String] { harness.database.deadLetters.map(\.reason) }

    var account: OrderAccount {
        guard case .order(let account) = harness.database.aggregates[.order(orderID)] else {
            preconditionFailure("order \(orderID) is not known")
        }
        return account
    }

    func knows(_ orderID: OrderID) -> Bool { harness.database.aggregates[.order(orderID)] != nil }

    func pay(_ paymentID: String = "P-1", amount: Int64? = nil) throws {
        try tell(
            OrderPaid(orderID: orderID, paymentID: paymentID, amount: amount ?? placed.total, paidAt: harness.clock.now)
        )
    }

    func request(
        _ externalCaseID: String = "AS-1", kind: AfterSalesRequest.Kind = .refund, line: String? = "1",
        quantity: Int64 = 1, amount: Int64? = nil
    ) throws {
        let lines = line.map { [AfterSalesRequest.Line(lineID: $0, quantity: quantity)] } ?? []
        try say(
            AfterSalesRequest.sample(
                channel: placed.channel, externalOrderID: placed.externalOrderID, externalCaseID: externalCaseID,
                kind: kind, lines: lines, amount: amount))
    }

    /// Fulfilment's answer to a case: all its pieces stay, or all have left.
    func stop(_ caseID: String? = nil, dispatched: Bool) throws {
        let caseID = caseID ?? self.caseID
        let items = account.findCase(caseID)?.items ?? []
        let pieces = items.map { LinePieces(lineID: $0.lineID, quantity: $0.quantity) }
        try tell(
            LinesStopped(
                orderID: orderID, requestID: caseID, stopped: dispatched ? [] : pieces,
                dispatched: dispatched ? pieces : []))
    }

    func dispatch(_ lines: [LineQuantity] = [.sample()]) throws {
        try tell(ShipmentDispatched.sample(orderID: orderID, lines: lines))
    }

    func inspect(_ quantity: Int64 = 1, line: String = "1", caseID: String? = nil) throws {
        let caseID = caseID ?? self.caseID
        harness.publish(
            WarehouseInspection(
                caseID: caseID, warehouse: "hangzhou",
                lines: [.init(lineID: line, quantity: quantity, outcome: .restock)], inspectedAt: harness.clock.now),
            on: .warehouseInspections, key: caseID)
        try harness.settle()
    }

    func ship() throws {
        try say(
            AfterSalesShipped(
                channel: placed.channel, externalOrderID: placed.externalOrderID, externalCaseID: "AS-1",
                carrier: "sf", waybill: "SF1", shippedAt: harness.clock.now))
    }

    func withdraw() throws {
        try say(
            AfterSalesWithdrawn(
                channel: placed.channel, externalOrderID: placed.externalOrderID, externalCaseID: "AS-1",
                withdrawnAt: harness.clock.now))
    }

    func decideAsPlatform(_ status: AfterSalesResult.Status, amount: Int64? = nil) throws {
        try say(
            AfterSalesResult(
                channel: placed.channel, externalOrderID: placed.externalOrderID, externalCaseID: "AS-1",
                status: status, amount: amount, at: harness.clock.now))
    }

    func answerRefund(_ number: Int = 1, _ status: RefundResult.Status = .succeeded) throws {
        let refundID = "\(orderID)-R\(number)"
        harness.publish(
            RefundResult(refundID: refundID, status: status, reason: nil, at: harness.clock.now), on: .paymentResults,
            key: refundID)
        try harness.settle()
    }

    func tell(_ fact: some Fact) throws {
        harness.publish(fact)
        try harness.settle()
    }

    func say(_ message: some Message) throws {
        harness.publish(message, on: .channelAfterSales, key: "\(placed.channel)/\(placed.externalOrderID)")
        try harness.settle()
    }

    /// Publishes a command and answers whether it was accepted.
    func command(_ make: (CommandHead) -> some HeadedCommand) throws -> CommandOutcome? {
        let number = harness.facts(CommandAnswered.self).count + 1
        let head = CommandHead(commandID: "C-\(number)", actor: "anna", reason: "asked", issuedAt: harness.clock.now)
        let command = make(head)
        harness.publish(command, on: .commands(of: "after-sales"), key: command.key)
        try harness.settle()
        return harness.facts(CommandAnswered.self).last.flatMap { $0.commandID == head.commandID ? $0.outcome : nil }
    }
}
