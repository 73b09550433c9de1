import Contracts
import FulfilmentDomain
import Postgres

/// What label providers were asked for; what the caller has done about it stands in `label_attempts`.
enum LabelCallsTable {
    static let selection: StaticString = """
        SELECT order_id, call_id, shipment_id, carrier, wanted_at, leaves_at_once, waybill, state
        FROM label_calls WHERE order_id = ANY($1::text[]) ORDER BY sequence
        """

    /// - Returns: By order, oldest first.
    static func read(_ rows: Rows) -> [String: [LabelCall]] {
        var calls: [String: [LabelCall]] = [:]
        for row in rows {
            calls[row.text(0), default: []].append(
                LabelCall(
                    callID: row.text(1), shipmentID: row.text(2), carrier: row.text(3),
                    wantedAt: Instant(milliseconds: row.milliseconds(4)), leavesAtOnce: row.bool(5),
                    waybill: row.textOrNil(6), state: word(row.text(7))))
        }
        return calls
    }

    static func save(_ orders: [ChangedOrder], in transaction: borrowing Transaction) throws {
        var changed: [(orderID: String, call: LabelCall)] = []
        for order in orders {
            let stored = order.stored?.calls ?? []
            for call in order.order.calls where !stored.contains(call) {
                changed.append((order.order.orderID.text, call))
            }
        }
        guard !changed.isEmpty else { return }
        var parameters = Parameters()
        parameters.append(changed.map(\.call.callID))
        parameters.append(changed.map(\.orderID))
        parameters.append(changed.map(\.call.shipmentID))
        parameters.append(changed.map(\.call.carrier))
        parameters.appendTimestamps(changed.map(\.call.wantedAt.milliseconds))
        parameters.append(changed.map(\.call.leavesAtOnce))
        parameters.append(changed.map(\.call.waybill))
        parameters.append(changed.map(\.call.state.rawValue))
        try transaction.run(
            """
            INSERT INTO label_calls (call_id, order_id, shipment_id, carrier, wanted_at, leaves_at_once, waybill, state)
            SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::timestamptz[], $6::bool[],
                $7::text[], $8::text[])
            ON CONFLICT (call_id) DO UPDATE SET leaves_at_once = EXCLUDED.leaves_at_once, waybill = EXCLUDED.waybill,
                state = EXCLUDED.state
            """, parameters)
    }
}
