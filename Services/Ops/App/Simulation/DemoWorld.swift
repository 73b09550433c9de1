import Contracts
import Kafka

/// The outside of the demo: carriers, the payment provider, warehouses and buyers, who answer what the services tell.
///
/// Every answer derives from the fact it answers, ids included, so that reading a fact twice answers it once.
struct DemoWorld {
    static let topics: [Topic] = [.intakeOrders, .fulfilmentShipments, .afterSalesCases, .afterSalesRefunds]

    private let orders: [OrderID: DemoOrder]
    /// The last word on an order, while it has one.
    private(set) var fates: [OrderID: String] = [:]
    private(set) var placed: Set<OrderID> = []
    private var warehouses: [OrderID: String] = [:]
    private var caseLines: [String: [CaseLine]] = [:]
    private var awaited: [(at: Instant, record: OutgoingRecord)] = []

    init(_ script: DemoScript) {
        orders = Dictionary(script.orders.map { ($0.orderID, $0) }) { first, _ in first }
    }

    var unfinished: [OrderID] { orders.keys.filter { fates[$0] == nil }.sorted() }
    var count: Int { orders.count }

    /// Takes in facts; answers what the outside says to them at once.
    mutating func hear(_ records: [KafkaRecord]) throws(Fault) -> [OutgoingRecord] {
        var answers: [OutgoingRecord] = []
        for record in records {
            guard let value = record.value, let type = record.header("ce_type") else { continue }
            let body = try JSONDocument.object(value)
            guard let orderID = try body.orderIDIfPresent("orderId"), let order = orders[orderID] else { continue }
            answers += try hear(String(decoding: type, as: UTF8.self), body, order, record)
        }
        return answers
    }

    /// What carriers say by now.
    mutating func due(at now: Instant) -> [OutgoingRecord] {
        let due = awaited.filter { $0.at <= now }
        awaited.removeAll { $0.at <= now }
        return due.map(\.record)
    }

    private mutating func hear(
        _ type: String, _ body: JSONObject, _ order: DemoOrder, _ record: KafkaRecord
    ) throws(Fault) -> [OutgoingRecord] {
        switch type {
        case OrderPlaced.type: placed.insert(order.orderID)
        case OrderCancelled.type: fates[order.orderID] = "cancelled: " + (try body.string("reason"))
        case OrderCompleted.type: fates[order.orderID] = "completed"
        case OrderReinstated.type: fates[order.orderID] = nil
        case ShipmentDispatched.type: carry(try ShipmentDispatched(body))
        case RefundDue.type: return [payBack(try RefundDue(body), dueAt: record.factTime)]
        case CaseOpened.type:
            let opened = try CaseOpened(body)
            caseLines[opened.caseID] = opened.lines
        case CaseApproved.type:
            let approved = try CaseApproved(body)
            guard approved.kind == .return else { return [] }
            return [order.goodsSent(waybill: "RT\(approved.caseID)", at: approved.approvedAt)]
        case CaseGoodsShipped.type: return [inspect(try CaseGoodsShipped(body))]
        default: break
        }
        return []
    }

    /// A carrier's scans, each at its time.
    private mutating func carry(_ shipment: ShipmentDispatched) {
        guard shipment.direction == .out else { return }
        warehouses[shipment.orderID] = shipment.warehouse
        let stages: [(CarrierScan.Status, Int64)] = [
            (.pickedUp, 1), (.inTransit, 8), (.outForDelivery, 26), (.delivered, 30),
        ]
        let key = "\(shipment.carrier)/\(shipment.waybill)"
        for (status, hours) in stages {
            let at = shipment.dispatchedAt + .hours(hours)
            let scan = CarrierScan(
                carrier: shipment.carrier, waybill: shipment.waybill, status: status, occurredAt: at)
            awaited.append(
                (
                    at,
                    OutgoingRecord(
                        scan, on: .carrierScans, key: key, id: "demo/scan/\(key)/\(status.rawValue)",
                        source: "/carriers/\(shipment.carrier)")
                ))
        }
    }

    private func payBack(_ refund: RefundDue, dueAt: Instant) -> OutgoingRecord {
        let result = RefundResult(refundID: refund.refundID, status: .succeeded, at: dueAt)
        return OutgoingRecord(
            result, on: .paymentResults, key: refund.refundID, id: "demo/refund/\(refund.refundID)",
            source: "/payments/demo")
    }

    /// Everything that comes back can be sold again.
    private func inspect(_ shipped: CaseGoodsShipped) -> OutgoingRecord {
        let lines = (caseLines[shipped.caseID] ?? []).map {
            WarehouseInspection.Line(lineID: $0.lineID, quantity: $0.quantity, outcome: .restock)
        }
        let inspection = WarehouseInspection(
            caseID: shipped.caseID, warehouse: warehouses[shipped.orderID] ?? DemoStock.warehouses[0].id, lines: lines,
            inspectedAt: shipped.shippedAt)
        return OutgoingRecord(
            inspection, on: .warehouseInspections, key: shipped.caseID, id: "demo/inspection/\(shipped.caseID)",
            source: "/warehouses/demo")
    }
}

extension KafkaRecord {
    /// When the fact was decided; it is the same when the fact is sent again, and the record's own time is not.
    fileprivate var factTime: Instant {
        header("ce_time").flatMap { Instant(rfc3339: String(decoding: $0, as: UTF8.self)) }
            ?? Instant(milliseconds: timestampMilliseconds)
    }
}
