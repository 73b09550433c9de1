import Contracts
import IntakeDomain
import Pipeline
import Support
import Testing

@testable import Intake

@Suite("Intake in the pipeline") struct ConformanceTests {
    private static func id(_ number: Int) -> OrderID { .sample("WX-\(number)") }
    private static func name(_ number: Int) -> String { "wechat-mini/WX-\(number)" }
    private static let head = CommandHead.sample

    private static func order(
        _ number: Int, channel: String = "wechat-mini", lines: [ChannelOrder.Line] = [.sample()],
        buyer: String = "u-77", terms: PaymentTerms = .prepaid, paid: Bool = true
    ) -> ConformanceStep {
        let order = ChannelOrder.sample(
            channel: channel, externalOrderID: "WX-\(number)", buyer: .sample(buyer), lines: lines,
            paymentTerms: terms == .prepaid ? .prepaid : .cashOnDelivery, paid: paid)
        return .message(order, on: .channelOrders, key: "\(channel)/WX-\(number)")
    }

    private static func pay(
        _ number: Int, _ paymentID: String, _ amount: Int64, _ status: ChannelPayment.Status = .succeeded
    ) -> ConformanceStep {
        let payment = ChannelPayment.sample(
            externalOrderID: "WX-\(number)", paymentID: paymentID, status: status, amount: amount)
        return .message(payment, on: .channelPayments, key: name(number))
    }

    private static func cancel(_ number: Int) -> ConformanceStep {
        let cancel = ChannelOrderCancel(
            channel: "wechat-mini", externalOrderID: "WX-\(number)", requestedAt: .sample + .minutes(1))
        return .message(cancel, on: .channelOrders, key: name(number))
    }

    private static func settled(_ number: Int, caseID: String? = nil) -> ConformanceStep {
        .fact(
            RefundSettled(
                refundID: "\(id(number))-R1", orderID: id(number), caseID: caseID, amount: 10_000, currency: "CNY",
                settledAt: .sample))
    }

    /// Read before anything else, as at the start of the process: a missing item would hold an order.
    private static let references: [ConformanceStep] = [
        .message(CatalogChannel.sample(), on: .catalogChannels, key: "wechat-mini"),
        .message(CatalogItem.sample(), on: .catalogItems, key: "SKU-1"),
        .message(
            CatalogListing(channel: "wechat-mini", externalSku: "SET", components: [.init(sku: "SKU-1", quantity: 2)]),
            on: .catalogListings, key: "wechat-mini/SET"),
        .message(DistributionMember.sample(memberID: "M1"), on: .distributionMembers, key: "M1"),
        .message(DistributionMember.sample(parentID: "M1", grade: "gold"), on: .distributionMembers, key: "M3"),
        .message(DistributionBinding.sample(), on: .distributionBindings, key: "wechat-mini/u-77"),
        .pass(.zero),
    ]

    /// 1 paid in parts, 2 never in time, 3 without stock, 4 called off, 5 to 7 on their way, 7 of a channel told with it,
    /// 8 of one that is never told, 9 with a SKU nobody knows, 10 on delivery, 11 refunded in part, 13 called off by
    /// a buyer who then wants to be forgotten.
    private static let arrivals = ConformanceStep.joined(
        [
            order(1, lines: [.sample("1"), .sample("2", sku: "SET", quantity: 2)], paid: false),
            pay(1, "P-0", 30_000, .failed), pay(1, "P-1", 4000), pay(1, "P-2", 26_000), pay(1, "P-3", 50),
            .fact(StockReserved.sample(orderID: id(1), lines: [.sample("1"), .sample("2", quantity: 4)])),
        ],
        [
            order(2, paid: false),
            order(3),
            .fact(
                StockRejected(
                    orderID: id(3), reservation: 1, shortages: [Shortage(sku: "SKU-1", wanted: 1, available: 0)])),
            order(4, paid: false), cancel(4),
            order(5), .fact(StockReserved.sample(orderID: id(5))),
            order(6), .fact(StockReserved.sample(orderID: id(6))),
        ],
        [
            order(7, channel: "shop"),
            .message(CatalogChannel.sample(channel: "shop"), on: .catalogChannels, key: "shop"),
            order(8, channel: "nobody"),
            order(9, lines: [.sample(sku: "theirs")]),
            order(10, terms: .cashOnDelivery, paid: false), .fact(StockReserved.sample(orderID: id(10))),
            order(11, lines: [.sample(quantity: 2)]),
            .fact(StockReserved.sample(orderID: id(11), lines: [.sample(quantity: 2)])),
            .fact(CaseOpened.sample(orderID: id(11))), .fact(CaseRefunded.sample(orderID: id(11))),
            settled(11, caseID: "\(id(11))-A1"),
            .fact(
                CaseClosed(orderID: id(11), caseID: "\(id(11))-A1", outcome: .refunded, closedAt: .sample)),
            .raw(Array("{".utf8), type: ChannelOrder.type, on: .channelOrders, key: name(12)),
            pay(99, "P-99", 1),
            order(13, buyer: "u-9", paid: false), cancel(13),
            .pass(.zero),
        ])

    /// Answers to what intake has asked come in later passes: they cannot overtake their question.
    private static let progress: [ConformanceStep] = [
        cancel(5), .command(CancelOrder(head: head("C-1", "by phone"), orderID: id(6)), to: "intake"),
        .command(HoldOrder(head: head("C-2", "odd"), orderID: .sample("WX-7", channel: "shop")), to: "intake"),
        .command(NoteOrder(head: head("C-3", "x"), orderID: id(9), note: "ring"), to: "intake"),
        .pass(.zero),
        .fact(
            LinesStopped(
                orderID: id(5), requestID: "\(id(5))-C1", stopped: [LinePieces(lineID: "1", quantity: 1)],
                dispatched: [])),
        .fact(
            LinesStopped(
                orderID: id(6), requestID: "\(id(6))-C1", stopped: [],
                dispatched: [LinePieces(lineID: "1", quantity: 1, shipmentID: "\(id(6))-S1")])),
        .fact(StockReserved.sample(orderID: .sample("WX-7", channel: "shop"))),
        .fact(ShipmentDispatched.sample(orderID: id(10))),
        .message(
            ChannelOrderReceived(channel: "wechat-mini", externalOrderID: "WX-10", receivedAt: .sample),
            on: .channelOrders, key: name(10)),
        settled(3),
        .command(
            EraseBuyer(head: head("C-5", "by letter"), orderID: id(13), buyerID: "wechat-mini/u-9", now: true),
            to: "intake"),
        .pass(.minutes(31)),
    ]

    private static let endings: [ConformanceStep] = [
        .command(ReleaseOrder(head: head("C-4", "fine"), orderID: .sample("WX-7", channel: "shop")), to: "intake"),
        pay(2, "P-late", 10_000),
        .fact(ShipmentDispatched.sample(orderID: id(1), lines: [.sample("1")])),
        .fact(ShipmentDelivered.sample(orderID: id(1), lines: [.sample("1")], deliveredAt: .sample + .hours(5))),
        .fact(ShipmentDispatched.sample(orderID: id(1), shipment: 2, lines: [.sample("2", quantity: 4)])),
        .fact(ShipmentDelivered.sample(orderID: id(1), shipment: 2, deliveredAt: .sample + .hours(9))),
        .fact(CaseOpened.sample(orderID: id(1))),
        .fact(CaseRejected(orderID: id(1), caseID: "\(id(1))-A1", reason: "used", by: "U", rejectedAt: .sample)),
        .fact(ShipmentDispatched.sample(orderID: id(6))),
        settled(5),
        .pass(.zero),
        .fact(StockReserved.sample(orderID: id(2), reservation: 1)),
        .fact(StockReserved.sample(orderID: id(2), reservation: 2)),
        .pass(.days(8)), .pass(.days(3)),
    ]

    @Test(arguments: ConformanceStore.allCases)
    func keepsThePipelinesPromises(_ store: ConformanceStore) throws {
        let conformance = Conformance(
            IntakeHandler.sample, IntakeTables(),
            migrations: TablesTests.migrations,
            script: Self.references + Self.arrivals + Self.progress + Self.endings,
            shuffles: store == .memory ? 20 : 3,
            summary: { CanonicalText.of($0, without: ["storedPayments", "isStored", "isRevised"]) })
        let failures = try conformance.failures(over: store)
        #expect(failures == [])
    }
}
