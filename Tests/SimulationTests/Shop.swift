import AfterSalesDomain
import Contracts
import FulfilmentDomain
import IntakeDomain
import Kafka
import Pipeline
import Support

@testable import Ops

/// A house with one shop, two items and one buyer, whose outside pays refunds, and scans and inspects when it is told to.
final class Shop {
    let house: House
    private var answered: Set<String> = []
    private var records = 0

    /// - Parameter spare: Pieces of `SKU-2` in stock, which cost 80.00; `SKU-1` costs 100.00 and is there.
    init(seed: UInt64, _ disturbance: Disturbance, spare: Int64 = 5) throws {
        house = try House(seed: seed, disturbance)
        var records = [
            OutgoingRecord(CatalogChannel.sample(), on: .catalogChannels, key: "wechat-mini"),
            OutgoingRecord(CatalogItem.sample(), on: .catalogItems, key: "SKU-1"),
            OutgoingRecord(CatalogItem.sample(sku: "SKU-2", price: 8000), on: .catalogItems, key: "SKU-2"),
            OutgoingRecord(CatalogWarehouse.sample(), on: .catalogWarehouses, key: "hangzhou"),
            OutgoingRecord(WarehouseMovement.sample(), on: .warehouseMovements, key: "SKU-1"),
        ]
        if spare > 0 {
            let movement = WarehouseMovement.sample(movementID: "WM-2", sku: "SKU-2", quantity: spare)
            records.append(OutgoingRecord(movement, on: .warehouseMovements, key: "SKU-2"))
        }
        try say(records)
        let order = ChannelOrder.sample(lines: [.sample(quantity: 2)], paid: true)
        try say([OutgoingRecord(order, on: .channelOrders, key: "wechat-mini/WX-1001")])
    }

    var end: HouseEnd { HouseEnd(house) }
    var caseID: String { "\(OrderID.sample)-A1" }

    var order: IntakeDomain.Order? { end.orders[.sample] }
    var replacement: IntakeDomain.Order? { end.orders.values.first { $0.placed.kind == .replacement } }
    var firstCase: AfterSalesCase? { end.accounts[.sample]?.cases.first }

    func say(_ records: [OutgoingRecord]) throws {
        house.publish(records)
        try settle()
    }

    func say(_ message: some Message, on topic: Topic, key: String) throws {
        records += 1
        try say([OutgoingRecord(message, on: topic, key: key, id: "shop-\(records)")])
    }

    func pass(_ duration: Duration) throws {
        house.clock.advance(by: duration)
        try settle()
    }

    func request(_ kind: AfterSalesRequest.Kind, quantity: Int64 = 1, for sku: String? = nil) throws {
        try say(
            AfterSalesRequest.sample(
                kind: kind, lines: [.init(lineID: "1", quantity: quantity, exchangeSku: sku)],
                requestedAt: house.clock.now), on: .channelAfterSales, key: "wechat-mini/WX-1001")
    }

    func approve() throws {
        let head = CommandHead(commandID: "C-\(records)", actor: "anna", reason: "asked", issuedAt: house.clock.now)
        try say(
            ApproveCase(head: head, orderID: .sample, caseID: caseID), on: .commands(of: "after-sales"),
            key: OrderID.sample.text)
    }

    /// Carriers bring everything that is on its way.
    func deliver() throws { try scan(.delivered) }

    func scan(_ status: CarrierScan.Status) throws {
        for shipment in end.parcels.values.flatMap(\.shipments) where shipment.state == .dispatched {
            try say(
                CarrierScan(
                    carrier: shipment.label.carrier, waybill: shipment.label.waybill, status: status,
                    occurredAt: house.clock.now), on: .carrierScans,
                key: "\(shipment.label.carrier)/\(shipment.label.waybill)")
        }
    }

    func inspect(_ quantity: Int64 = 1, _ outcome: WarehouseInspection.Line.Outcome = .restock) throws {
        let line = WarehouseInspection.Line(lineID: "1", quantity: quantity, outcome: outcome)
        try say(
            WarehouseInspection(caseID: caseID, warehouse: "hangzhou", lines: [line], inspectedAt: house.clock.now),
            on: .warehouseInspections, key: caseID)
    }

    private func settle() throws { try house.settle { try self.answer($0) } }

    /// The payment provider pays every refund once.
    private func answer(_ records: [KafkaRecord]) throws -> [OutgoingRecord] {
        try records.compactMap { record -> OutgoingRecord? in
            guard record.topic == Topic.afterSalesRefunds.name, let value = record.value,
                record.header("ce_type").map({ String(decoding: $0, as: UTF8.self) }) == RefundDue.type
            else { return nil }
            let due = try RefundDue(JSONDocument.object(value))
            guard answered.insert(due.refundID).inserted else { return nil }
            return OutgoingRecord(
                RefundResult(refundID: due.refundID, status: .succeeded, at: house.clock.now), on: .paymentResults,
                key: due.refundID, id: "paid-\(due.refundID)")
        }
    }
}
