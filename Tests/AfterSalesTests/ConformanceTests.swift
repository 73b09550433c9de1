import AfterSalesDomain
import Contracts
import Pipeline
import Support
import Testing

@testable import AfterSales

@Suite("After-sales in the pipeline") struct ConformanceTests {
    private static func id(_ number: Int) -> OrderID { .sample("WX-\(number)") }
    private static func caseID(_ number: Int) -> String { "\(id(number))-A1" }

    private static func order(_ number: Int, quantity: Int64 = 1) -> [ConformanceStep] {
        let placed = OrderPlaced.sample(externalOrderID: "WX-\(number)", lines: [.sample(quantity: quantity)])
        let paid = OrderPaid(
            orderID: placed.orderID, paymentID: "P-\(number)", amount: placed.total, paidAt: .sample)
        return [.fact(placed), .fact(paid)]
    }

    private static func say(_ message: some Message, _ number: Int, channel: String = "wechat-mini") -> ConformanceStep
    {
        .message(message, on: .channelAfterSales, key: "\(channel)/WX-\(number)")
    }

    private static func request(
        _ number: Int, _ kind: AfterSalesRequest.Kind = .refund, channel: String = "wechat-mini", line: String = "1",
        as externalCaseID: String = "AS-1"
    ) -> ConformanceStep {
        say(
            AfterSalesRequest.sample(
                channel: channel, externalOrderID: "WX-\(number)", externalCaseID: externalCaseID, kind: kind,
                lines: [.init(lineID: line, quantity: 1)]), number, channel: channel)
    }

    private static func dispatched(_ number: Int) -> ConformanceStep {
        .fact(ShipmentDispatched.sample(orderID: id(number)))
    }

    /// Fulfilment's answer to the order's case.
    private static func stopped(_ number: Int, hasLeft: Bool) -> ConformanceStep {
        let pieces = [LinePieces(lineID: "1", quantity: 1, shipmentID: hasLeft ? "\(id(number))-S1" : nil)]
        return .fact(
            LinesStopped(
                orderID: id(number), requestID: caseID(number), stopped: hasLeft ? [] : pieces,
                dispatched: hasLeft ? pieces : []))
    }

    private static func answer(_ number: Int, _ status: RefundResult.Status = .succeeded) -> ConformanceStep {
        let refundID = "\(id(number))-R1"
        return .message(
            RefundResult(refundID: refundID, status: status, reason: nil, at: .sample), on: .paymentResults,
            key: refundID)
    }

    private static func command(_ command: some HeadedCommand) -> ConformanceStep {
        .command(command, to: "after-sales")
    }

    private static func head(_ commandID: String) -> CommandHead {
        CommandHead(commandID: commandID, actor: "anna", reason: "asked", issuedAt: .sample)
    }

    /// 1 refunded before it leaves, 2 cancelled, 3 paid twice, 4 returned, 5 meant to come back and never sent, 6
    /// withdrawn, 7 for a person, 8 decided by its platform, 9 paid in parts, 10 never placed, 11 of a channel nobody knows.
    private static let arrivals = ConformanceStep.joined(
        [.message(CatalogChannel.sample(), on: .catalogChannels, key: "wechat-mini")],
        order(1, quantity: 2), [request(1)],
        order(2), [.fact(OrderCancelled(orderID: id(2), reason: .noStock, cancelledAt: .sample, refundDue: 10_000))],
        order(3),
        [
            .fact(
                PaymentExcess(orderID: id(3), paymentID: "P-3b", amount: 10_000, excess: 10_000, reason: "paid already")
            )
        ],
        (4...7).flatMap { order($0) + [dispatched($0)] },
        [request(4, .return), request(5, .return), request(6), request(7)],
        [
            .message(CatalogChannel.sample(channel: "shop", money: .platform), on: .catalogChannels, key: "shop"),
            .fact(OrderPlaced.sample(channel: "shop", externalOrderID: "WX-8")),
            .fact(
                OrderPaid(
                    orderID: .sample("WX-8", channel: "shop"), paymentID: "P-8", amount: 10_000, paidAt: .sample)),
            request(8, channel: "shop"),
            .fact(OrderPlaced.sample(externalOrderID: "WX-9")),
            .fact(PaymentShort(orderID: id(9), paymentID: "P-9a", amount: 4000, missing: 6000, reason: "less")),
            .fact(OrderPaid(orderID: id(9), paymentID: "P-9b", amount: 10_000, paidAt: .sample)),
            request(10),
            .fact(OrderPlaced.sample(channel: "nobody", externalOrderID: "WX-11")),
        ],
        [
            request(1, line: "9", as: "AS-9"), answer(9),
            .raw(Array("{".utf8), type: RefundResult.type, on: .paymentResults, key: "R"),
            .pass(.zero),
        ])

    /// Answers come in later passes: they cannot overtake what they answer.
    private static let answers: [ConformanceStep] = [
        stopped(1, hasLeft: false), stopped(4, hasLeft: true), stopped(5, hasLeft: true), stopped(7, hasLeft: true),
        answer(2, .failed), answer(2), answer(3),
        say(
            AfterSalesWithdrawn(
                channel: "wechat-mini", externalOrderID: "WX-6", externalCaseID: "AS-1", withdrawnAt: .sample), 6),
        say(
            AfterSalesResult(
                channel: "shop", externalOrderID: "WX-8", externalCaseID: "AS-1", status: .refunded, amount: 10_000,
                at: .sample), 8, channel: "shop"),
        .pass(.days(2)),
        say(
            AfterSalesShipped(
                channel: "wechat-mini", externalOrderID: "WX-4", externalCaseID: "AS-1", carrier: "sf", waybill: "SF1",
                shippedAt: .sample + .days(2)), 4),
        command(ApproveCase(head: head("C-1"), orderID: id(7), caseID: caseID(7), amount: 4000)),
        command(RejectCase(head: head("C-2"), orderID: id(6), caseID: caseID(6))),
        answer(1),
        .pass(.zero),
        .message(
            WarehouseInspection(
                caseID: caseID(4), warehouse: "hangzhou", lines: [.init(lineID: "1", quantity: 1, outcome: .restock)],
                inspectedAt: .sample + .days(3)), on: .warehouseInspections, key: caseID(4)),
        answer(7),
        .fact(ShipmentDelivered.sample(orderID: id(7))),
        .pass(.zero),
        answer(4),
        .pass(.days(8)),
        // A sweep takes one batch of what waits; ten repetitions of a request need four.
        .pass(.hours(1)), .pass(.hours(1)), .pass(.hours(1)), .pass(.hours(1)),
    ]

    @Test(arguments: ConformanceStore.allCases)
    func keepsThePipelinesPromises(_ store: ConformanceStore) throws {
        let conformance = Conformance(
            AfterSalesHandler(), AfterSalesTables(), migrations: AfterSalesTables.migrations,
            script: Self.arrivals + Self.answers, shuffles: store == .memory ? 20 : 3,
            summary: { CanonicalText.of($0, without: ["stored"]) })
        let failures = try conformance.failures(over: store)
        #expect(failures == [])
    }
}
