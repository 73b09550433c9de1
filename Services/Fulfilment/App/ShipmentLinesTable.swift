import FulfilmentDomain
import Postgres

/// The lines of shipments; those of a shipment that was planned anew are written anew.
enum ShipmentLinesTable {
    static let selection: StaticString = """
        SELECT l.shipment_id, l.line_id, l.sku, l.quantity, l.unit_weight_grams
        FROM shipments s JOIN shipment_lines l USING (shipment_id)
        WHERE s.order_id = ANY($1::text[]) ORDER BY l.shipment_id, l.position
        """

    /// - Returns: By shipment.
    static func read(_ rows: Rows) -> [String: [ShipmentLine]] {
        var lines: [String: [ShipmentLine]] = [:]
        for row in rows {
            lines[row.text(0), default: []].append(
                ShipmentLine(
                    lineID: row.text(1), sku: row.text(2), quantity: row.int64(3), unitWeightGrams: row.int64(4)))
        }
        return lines
    }

    static func save(_ orders: [ChangedOrder], in transaction: borrowing Transaction) throws {
        var shipments: [Shipment] = []
        var replaced: [String] = []
        for order in orders {
            for shipment in order.order.shipments {
                let stored = order.stored(shipment)
                guard stored?.lines != shipment.lines else { continue }
                shipments.append(shipment)
                if stored != nil { replaced.append(shipment.shipmentID) }
            }
        }
        if !replaced.isEmpty {
            var parameters = Parameters()
            parameters.append(replaced)
            try transaction.run("DELETE FROM shipment_lines WHERE shipment_id = ANY($1::text[])", parameters)
        }
        try insert(shipments, in: transaction)
    }

    private static func insert(_ shipments: [Shipment], in transaction: borrowing Transaction) throws {
        var new: [(shipmentID: String, position: Int32, line: ShipmentLine)] = []
        for shipment in shipments {
            for (position, line) in shipment.lines.enumerated() {
                new.append((shipment.shipmentID, Int32(position), line))
            }
        }
        guard !new.isEmpty else { return }
        var parameters = Parameters()
        parameters.append(new.map(\.shipmentID))
        parameters.append(new.map(\.line.lineID))
        parameters.append(new.map(\.position))
        parameters.append(new.map(\.line.sku))
        parameters.append(new.map(\.line.quantity))
        parameters.append(new.map(\.line.unitWeightGrams))
        try transaction.run(
            """
            INSERT INTO shipment_lines (shipment_id, line_id, position, sku, quantity, unit_weight_grams)
            SELECT * FROM unnest($1::text[], $2::text[], $3::int4[], $4::text[], $5::int8[], $6::int8[])
            """, parameters)
    }
}
