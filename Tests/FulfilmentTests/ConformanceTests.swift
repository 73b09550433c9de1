import Contracts
import FulfilmentDomain
import Pipeline
import Support
import Testing

@testable import Fulfilment

@Suite("Fulfilment in the pipeline") struct ConformanceTests {
    private static func id(_ number: Int) -> OrderID { .sample("WX-\(number)") }
    private static func parcel(_ number: Int) -> String { "\(id(number))-S1" }

    private static func placed(_ number: Int, delivery: DeliveryKind = .express) -> OrderPlaced {
        .sample(externalOrderID: "WX-\(number)", lines: [.sample(quantity: 2)], delivery: delivery)
    }

    private static func confirmed(_ number: Int, in warehouse: String = "hangzhou") -> OrderConfirmed {
        .sample(orderID: id(number), warehouse: warehouse, lines: [.sample(quantity: 2)])
    }

    private static func order(_ number: Int, delivery: DeliveryKind = .express) -> [ConformanceStep] {
        [.fact(placed(number, delivery: delivery)), .fact(confirmed(number))]
    }

    /// Carriers know a parcel by its waybill alone, which follows from the order.
    private static func scans(_ number: Int, _ statuses: [(CarrierScan.Status, hours: Int64)]) throws
        -> [ConformanceStep]
    {
        let harness = try FulfilmentHarness()
        try harness.tell(placed(number))
        try harness.tell(confirmed(number))
        let label = harness.label()
        return statuses.map { status, hours in
            let scan = CarrierScan.sample(
                carrier: label.carrier, waybill: label.waybill, status: status, occurredAt: .sample + .hours(hours))
            return .message(scan, on: .carrierScans, key: "\(label.carrier)/\(label.waybill)")
        }
    }

    private static func command(_ command: some HeadedCommand) -> ConformanceStep {
        .command(command, to: "fulfilment")
    }

    private static let references: [ConformanceStep] = [
        .message(CatalogItem.sample(), on: .catalogItems, key: "SKU-1"),
        .message(CatalogWarehouse.sample(), on: .catalogWarehouses, key: "hangzhou"),
        .message(CatalogCarrier.sample(effectiveFrom: .sample + .days(90)), on: .catalogCarriers, key: "sto"),
        .message(CatalogCarrier.sample(carrier: "zto", active: false), on: .catalogCarriers, key: "zto"),
        .pass(.zero),
    ]

    /// 1 goes by itself, 2 is scanned before anybody has let it go, 3 is refunded in part before it leaves, 4 to 8 are
    /// stopped later, 9 has no parcel, 10 waits for its warehouse, 11 for one that is never told.
    private static func arrivals() throws -> [ConformanceStep] {
        ConformanceStep.joined(
            order(1),
            order(2), try scans(2, [(.pickedUp, -1), (.inTransit, 0)]),
            order(3),
            [
                .fact(CaseOpened.sample(orderID: id(3))), .fact(CaseRefunded.sample(orderID: id(3))),
                .fact(CaseClosed(orderID: id(3), caseID: "\(id(3))-A1", outcome: .refunded, closedAt: .sample)),
            ],
            (4...8).flatMap { order($0) }, order(9, delivery: .virtual),
            [
                .fact(placed(10)), .fact(confirmed(10, in: "beijing")),
                .message(
                    CatalogWarehouse.sample(warehouse: "beijing", province: "北京市", city: "北京市"),
                    on: .catalogWarehouses, key: "beijing"),
                .fact(placed(11)), .fact(confirmed(11, in: "nowhere")),
            ],
            [
                .raw(Array("[]".utf8), type: CarrierScan.type, on: .carrierScans, key: "sf/1"),
                .message(CarrierScan.sample(waybill: "nobody's"), on: .carrierScans, key: "sf/nobody's"),
                .pass(.zero),
            ])
    }

    private static func stops() throws -> [ConformanceStep] {
        let told: [ConformanceStep] = [
            .fact(OrderCancelRequested(orderID: id(4), requestID: "\(id(4))-C1", reason: "buyer")),
            .fact(OrderCancelled(orderID: id(4), reason: .buyer, cancelledAt: .sample, refundDue: 1)),
            .fact(OrderCancelRequested(orderID: id(5), requestID: "\(id(5))-C1", reason: "buyer")),
            .fact(OrderCancelRefused(orderID: id(5), requestID: "\(id(5))-C1", reason: "too late")),
            .fact(OrderHeld(orderID: id(6), reason: "fraud", heldAt: .sample)),
            .fact(CaseOpened.sample(orderID: id(6))),
            .fact(CaseWithdrawn(orderID: id(6), caseID: "\(id(6))-A1", withdrawnAt: .sample)),
            command(DispatchShipment(head: .sample("C-1"), orderID: id(7), shipmentID: parcel(7))),
            command(CancelShipment(head: .sample("C-2"), orderID: id(8), shipmentID: parcel(8))),
            command(DispatchShipment(head: .sample("C-3"), orderID: id(99), shipmentID: parcel(99))),
            .pass(.minutes(121)),
            .fact(OrderReleased(orderID: id(6), reason: "fraud", releasedAt: .sample)),
            command(ReplanOrder(head: .sample("C-4"), orderID: id(8))),
            .fact(OrderReinstated(orderID: id(4), reservation: 2, paymentID: "P", amount: 1, reinstatedAt: .sample)),
        ]
        return ConformanceStep.joined(
            told, try scans(1, [(.delivered, 9), (.pickedUp, 3), (.inTransit, 4), (.inTransit, 4)]),
            try scans(2, [(.exception, 5), (.returning, 6), (.returned, 9)]), [.pass(.hours(3)), .pass(.days(8))])
    }

    /// A plan is told anew when pieces are refunded after it; the end of one of two stops is told when it comes last.
    @Test(arguments: ConformanceStore.allCases)
    func keepsThePipelinesPromises(_ store: ConformanceStore) throws {
        let conformance = Conformance(
            FulfilmentHandler.sandbox, FulfilmentTables(), migrations: Fulfilment.Main.migrations,
            script: Self.references + (try Self.arrivals()) + (try Self.stops()), shuffles: store == .memory ? 20 : 3,
            orderedFacts: ["ShipmentPlanned", "LinesResumed"],
            summary: { CanonicalText.of($0, without: ["stored"]) })
        let failures = try conformance.failures(over: store)
        #expect(failures == [])
    }
}
