import ConsoleDomain
import Contracts
import Postgres

/// The table `parcels`.
enum ParcelRows {
    static func save(_ patches: [ParcelPatch], in transaction: borrowing Transaction) throws(PostgresError) {
        guard !patches.isEmpty else { return }
        var parameters = Parameters()
        parameters.append(patches.map(\.shipmentID))
        parameters.append(patches.map(\.orderID.text))
        parameters.append(patches.map(\.parcelID))
        parameters.append(patches.map(\.direction))
        parameters.append(patches.map(\.warehouse))
        parameters.append(patches.map(\.carrier))
        parameters.append(patches.map(\.waybill))
        parameters.append(patches.map { $0.lines.map { "[\($0.map(\.column).joined(separator: ","))]" } })
        parameters.append(patches.map(\.state?.rawValue))
        parameters.append(patches.map(\.weightGrams))
        parameters.appendTimestamps(patches.map { $0.plannedAt?.milliseconds })
        parameters.appendTimestamps(patches.map { $0.shipBy?.milliseconds })
        parameters.appendTimestamps(patches.map { $0.labelledAt?.milliseconds })
        parameters.appendTimestamps(patches.map { $0.dispatchedAt?.milliseconds })
        parameters.appendTimestamps(patches.map { $0.promisedBy?.milliseconds })
        parameters.appendTimestamps(patches.map { $0.estimatedBy?.milliseconds })
        parameters.appendTimestamps(patches.map { $0.deliveredAt?.milliseconds })
        parameters.appendTimestamps(patches.map { $0.endedAt?.milliseconds })
        parameters.append(patches.map(\.tracking?.status))
        parameters.append(patches.map(\.tracking?.location))
        parameters.appendTimestamps(patches.map { $0.tracking?.at.milliseconds })
        parameters.append(patches.map(\.exception))
        try transaction.run(statement, parameters)
    }

    /// Scans come shuffled: the newest by the carrier's time stays.
    private static let statement: StaticString = """
        INSERT INTO parcels AS p (shipment_id, order_id, parcel_id, direction, warehouse, carrier, waybill, lines, state,
            weight_grams, planned_at, ship_by, labelled_at, dispatched_at, promised_by, estimated_by, delivered_at,
            ended_at, tracking_status, tracking_location, tracked_at, exception)
        SELECT n.shipment_id, n.order_id, n.parcel_id, COALESCE(n.direction, 'out'), n.warehouse, n.carrier, n.waybill,
            n.lines::json, n.state, n.weight_grams, n.planned_at, n.ship_by, n.labelled_at, n.dispatched_at,
            n.promised_by, n.estimated_by, n.delivered_at, n.ended_at, n.tracking_status, n.tracking_location,
            n.tracked_at, n.exception
        FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[],
            $9::text[], $10::int8[], $11::timestamptz[], $12::timestamptz[], $13::timestamptz[], $14::timestamptz[],
            $15::timestamptz[], $16::timestamptz[], $17::timestamptz[], $18::timestamptz[], $19::text[], $20::text[],
            $21::timestamptz[], $22::text[])
            AS n(shipment_id, order_id, parcel_id, direction, warehouse, carrier, waybill, lines, state, weight_grams,
                planned_at, ship_by, labelled_at, dispatched_at, promised_by, estimated_by, delivered_at, ended_at,
                tracking_status, tracking_location, tracked_at, exception)
        ON CONFLICT (shipment_id) DO UPDATE SET parcel_id = COALESCE(EXCLUDED.parcel_id, p.parcel_id),
            direction = CASE WHEN EXCLUDED.direction = 'out' THEN p.direction ELSE EXCLUDED.direction END,
            warehouse = COALESCE(EXCLUDED.warehouse, p.warehouse), carrier = COALESCE(EXCLUDED.carrier, p.carrier),
            waybill = COALESCE(EXCLUDED.waybill, p.waybill), lines = COALESCE(EXCLUDED.lines, p.lines),
            state = COALESCE(EXCLUDED.state, p.state), weight_grams = COALESCE(EXCLUDED.weight_grams, p.weight_grams),
            planned_at = COALESCE(EXCLUDED.planned_at, p.planned_at), ship_by = COALESCE(EXCLUDED.ship_by, p.ship_by),
            labelled_at = COALESCE(EXCLUDED.labelled_at, p.labelled_at),
            dispatched_at = COALESCE(EXCLUDED.dispatched_at, p.dispatched_at),
            promised_by = COALESCE(EXCLUDED.promised_by, p.promised_by),
            estimated_by = COALESCE(EXCLUDED.estimated_by, p.estimated_by),
            delivered_at = COALESCE(EXCLUDED.delivered_at, p.delivered_at),
            ended_at = COALESCE(EXCLUDED.ended_at, p.ended_at),
            tracking_status = CASE WHEN EXCLUDED.tracked_at >= COALESCE(p.tracked_at, EXCLUDED.tracked_at)
                THEN EXCLUDED.tracking_status ELSE p.tracking_status END,
            tracking_location = CASE WHEN EXCLUDED.tracked_at >= COALESCE(p.tracked_at, EXCLUDED.tracked_at)
                THEN EXCLUDED.tracking_location ELSE p.tracking_location END,
            tracked_at = GREATEST(EXCLUDED.tracked_at, p.tracked_at),
            exception = COALESCE(EXCLUDED.exception, p.exception)
        """
}
