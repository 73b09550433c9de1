import Contracts
import FulfilmentDomain
import Postgres

/// What carriers saw; rows are added and never changed.
enum ScansTable {
    static let selection: StaticString = """
        SELECT c.shipment_id, c.status, c.occurred_at, c.raw_code, c.location
        FROM shipments s JOIN scans c USING (shipment_id) WHERE s.order_id = ANY($1::text[])
        """

    /// - Returns: By shipment, by event time.
    static func read(_ rows: Rows) -> [String: [Scan]] {
        var scans: [String: [Scan]] = [:]
        for row in rows {
            scans[row.text(0), default: []].append(
                Scan(
                    status: word(row.text(1)), occurredAt: Instant(milliseconds: row.milliseconds(2)),
                    rawCode: row.textOrNil(3), location: row.textOrNil(4)))
        }
        return scans.mapValues { $0.sorted(by: Scan.happens(_:before:)) }
    }

    static func save(_ orders: [ChangedOrder], in transaction: borrowing Transaction) throws {
        var new: [(shipment: Shipment, scan: Scan)] = []
        for order in orders {
            for shipment in order.order.shipments where !shipment.scans.isEmpty {
                let stored = order.stored(shipment)?.scans ?? []
                guard stored.count != shipment.scans.count else { continue }
                for scan in shipment.scans where !stored.contains(scan) { new.append((shipment, scan)) }
            }
        }
        guard !new.isEmpty else { return }
        var parameters = Parameters()
        parameters.append(new.map(\.shipment.label.carrier))
        parameters.append(new.map(\.shipment.label.waybill))
        parameters.append(new.map(\.scan.status.rawValue))
        parameters.appendTimestamps(new.map(\.scan.occurredAt.milliseconds))
        parameters.append(new.map(\.shipment.shipmentID))
        parameters.append(new.map(\.scan.rawCode))
        parameters.append(new.map(\.scan.location))
        try transaction.run(
            """
            INSERT INTO scans (carrier, waybill, status, occurred_at, shipment_id, raw_code, location)
            SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::timestamptz[], $5::text[], $6::text[],
                $7::text[])
            """, parameters)
    }
}
