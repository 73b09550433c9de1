import Contracts
import FulfilmentDomain
import Postgres

/// A call that this process has in hand, with what it needs to make it.
struct ClaimedCall {
    let callID: String
    /// The number is to be taken back.
    let isRecall: Bool
    let carrier: String
    let waybill: String?
    let attempt: Int64
    let carrierOrder: String?
    let weightGrams: Int64
    let pieces: Int64
    let externalOrderID: String?
    let sender: ChannelOrder.Address
    let parties: PartiesReader.Sealed?

    /// Nothing has gone out under its id.
    var isFirstAttempt: Bool { attempt == 1 }
}

/// How far calls have come; instances share the work by claiming rows.
enum LabelAttemptsTable {
    /// How long a claim keeps others away; above what a slice of calls can take.
    private static let claimSeconds: Int64 = 900
    /// How long a call waits for intake to tell who receives.
    private static let partiesPatience = Duration.minutes(15)

    /// Calls that wait to be made, oldest first.
    ///
    /// - Parameter now: The mall's time.
    static func claim(atMost count: Int, at now: Instant, _ connection: Connection) throws -> [ClaimedCall] {
        var parameters = Parameters()
        parameters.append(claimSeconds)
        parameters.append(Int64(count))
        parameters.appendTimestamp(milliseconds: (now + .milliseconds(-partiesPatience.milliseconds)).milliseconds)
        return try connection.query(
            """
            WITH claimed AS (
                INSERT INTO label_attempts AS a (call_id, attempts, next_at, changed_at)
                SELECT c.call_id, 1, now() + make_interval(secs => $1), now()
                FROM label_calls c LEFT JOIN label_attempts k USING (call_id)
                LEFT JOIN parties p USING (order_id) LEFT JOIN buyer_keys b ON b.buyer_id = p.buyer_id
                WHERE c.state IN ('wanted', 'voiding') AND k.answered IS DISTINCT FROM c.state
                    AND (k.call_id IS NULL OR k.next_at <= now())
                    AND (c.state = 'voiding' OR b.buyer_id IS NOT NULL OR c.wanted_at <= $3)
                ORDER BY c.sequence LIMIT $2
                ON CONFLICT (call_id) DO UPDATE SET attempts = a.attempts + 1, next_at = EXCLUDED.next_at
                WHERE a.next_at <= now()
                RETURNING a.call_id, a.attempts, a.carrier_order)
            SELECT c.call_id, c.state = 'voiding', c.carrier, c.waybill, a.attempts, a.carrier_order,
                coalesce((SELECT sum(quantity * unit_weight_grams)::int8 FROM shipment_lines l
                    WHERE l.shipment_id = c.shipment_id), 0),
                coalesce((SELECT sum(quantity)::int8 FROM shipment_lines l WHERE l.shipment_id = c.shipment_id), 0),
                o.external_order_id, w.country, w.province, w.city, w.contact,
                c.order_id, p.buyer_id, p.sealed, b.master_key_id, b.wrapped
            FROM claimed a JOIN label_calls c USING (call_id) JOIN orders o USING (order_id)
            JOIN shipments s USING (shipment_id) JOIN warehouses w USING (warehouse)
            LEFT JOIN parties p ON p.order_id = c.order_id LEFT JOIN buyer_keys b ON b.buyer_id = p.buyer_id
            ORDER BY c.sequence
            """, parameters
        ).map { row in
            ClaimedCall(
                callID: row.text(0), isRecall: row.bool(1), carrier: row.text(2), waybill: row.textOrNil(3),
                attempt: row.int64(4), carrierOrder: row.textOrNil(5), weightGrams: row.int64(6), pieces: row.int64(7),
                externalOrderID: row.textOrNil(8), sender: try sender(row),
                parties: PartiesReader.Sealed(row, at: 13))
        }
    }

    private static func sender(_ row: Row) throws -> ChannelOrder.Address {
        let contact = try row.bytesOrNil(12).map { try CatalogWarehouse.Contact(JSONDocument.object($0)) }
        return ChannelOrder.Address(
            name: contact?.name, phone: contact?.phone, country: row.text(9), province: row.textOrNil(10),
            city: row.textOrNil(11), district: contact?.district, street: contact?.street)
    }

    static func postpone(_ call: ClaimedCall, _ reason: String, by delay: Duration, _ connection: Connection) throws {
        var parameters = Parameters()
        parameters.append(call.callID)
        parameters.append(delay.milliseconds)
        parameters.append(String(reason.prefix(500)))
        try connection.transaction { transaction in
            try transaction.run(
                """
                UPDATE label_attempts SET next_at = now() + $2 * interval '1 millisecond', reason = $3, changed_at = now()
                WHERE call_id = $1
                """, parameters)
        }
    }

    /// The answer is on its way: nobody asks again, unless a number that was given is to be taken back.
    ///
    /// - Parameter reason: Why the provider did not do what was asked.
    static func finish(
        _ call: ClaimedCall, carrierOrder: String?, document: String?, reason: String?,
        in transaction: borrowing Transaction
    ) throws {
        var parameters = Parameters()
        parameters.append(call.callID)
        parameters.append(call.isRecall ? LabelCall.State.voiding.rawValue : LabelCall.State.wanted.rawValue)
        parameters.append(carrierOrder)
        parameters.append(document)
        parameters.append(reason.map { String($0.prefix(500)) })
        try transaction.run(
            """
            UPDATE label_attempts SET answered = $2, next_at = now(), carrier_order = coalesce($3, carrier_order),
                document = coalesce($4, document), reason = $5, changed_at = now()
            WHERE call_id = $1
            """, parameters)
    }
}
