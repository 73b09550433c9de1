import Contracts
import FulfilmentDomain
import Postgres

/// One row per shipment; a waybill of a carrier belongs to one of them.
enum ShipmentsTable {
    /// Whose shipment has a number.
    struct Owner {
        let orderID: OrderID
        let carrier: String
        let waybill: String
    }

    /// - Parameter ids: Of waybill keys: `carrier/waybill`; a carrier holds no `/`.
    static func owners(ofWaybills ids: [String], in transaction: borrowing Transaction) throws -> [Owner] {
        let parts = ids.map { $0.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false) }
        guard !parts.isEmpty else { return [] }
        var parameters = Parameters()
        parameters.append(parts.map { String($0[0]) })
        parameters.append(parts.map { $0.count == 2 ? String($0[1]) : "" })
        return try transaction.query(
            """
            SELECT s.order_id, s.carrier, s.waybill FROM unnest($1::text[], $2::text[]) AS w(carrier, waybill)
            JOIN shipments s USING (carrier, waybill) WHERE s.parcel_id = s.shipment_id
            """, parameters
        ).map { Owner(orderID: orderID($0.text(0)), carrier: $0.text(1), waybill: $0.text(2)) }
    }

    static let selection: StaticString = """
        SELECT order_id, shipment_id, number, direction, warehouse, parcel_id, carrier, waybill, promise_days, state,
            planned_at, dispatched_at, promised_by, latest_status, delivered_at, returned_at, companions, wave_id,
            call_id
        FROM shipments WHERE order_id = ANY($1::text[]) ORDER BY order_id, number
        """

    /// - Parameters:
    ///   - lines: By shipment.
    ///   - scans: By shipment, by event time.
    /// - Returns: By order, by number.
    static func read(
        _ rows: Rows, lines: [String: [ShipmentLine]], scans: [String: [Scan]]
    ) -> [String: [Shipment]] {
        var shipments: [String: [Shipment]] = [:]
        for row in rows {
            let id = row.text(1)
            shipments[row.text(0), default: []].append(
                Shipment(
                    shipmentID: id, number: row.int64(2), direction: word(row.text(3)), warehouse: row.text(4),
                    plannedAt: Instant(milliseconds: row.milliseconds(10)), parcelID: row.text(5),
                    companions: row.textOrNil(16)?.split(separator: " ").map(String.init) ?? [],
                    waveID: row.textOrNil(17),
                    label: Label(
                        carrier: row.text(6), waybill: row.text(7), promiseDays: row.int64OrNil(8),
                        callID: row.textOrNil(18)),
                    lines: lines[id] ?? [], state: word(row.text(9)), dispatchedAt: row.instantOrNil(11),
                    promisedBy: row.instantOrNil(12), scans: scans[id] ?? [],
                    latestStatus: row.textOrNil(13).map { word($0) }, deliveredAt: row.instantOrNil(14),
                    returnedAt: row.instantOrNil(15)))
        }
        return shipments
    }

    static func save(_ orders: [ChangedOrder], in transaction: borrowing Transaction) throws {
        var new: [(orderID: String, shipment: Shipment)] = []
        var changed: [Shipment] = []
        for order in orders {
            for shipment in order.order.shipments {
                if let stored = order.stored(shipment) {
                    if stored != shipment { changed.append(shipment) }
                } else {
                    new.append((order.order.orderID.text, shipment))
                }
            }
        }
        try insert(new, in: transaction)
        try update(changed, in: transaction)
    }

    private static func insert(
        _ new: [(orderID: String, shipment: Shipment)], in transaction: borrowing Transaction
    ) throws {
        guard !new.isEmpty else { return }
        var parameters = changing(new.map(\.shipment))
        parameters.append(new.map(\.orderID))
        parameters.append(new.map(\.shipment.number))
        parameters.append(new.map(\.shipment.direction.rawValue))
        parameters.append(new.map(\.shipment.warehouse))
        parameters.appendTimestamps(new.map(\.shipment.plannedAt.milliseconds))
        try transaction.run(
            """
            INSERT INTO shipments (shipment_id, parcel_id, carrier, waybill, promise_days, state, dispatched_at,
                promised_by, latest_status, delivered_at, returned_at, companions, wave_id, call_id, order_id,
                number, direction, warehouse, planned_at)
            SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::int8[], $6::text[],
                $7::timestamptz[], $8::timestamptz[], $9::text[], $10::timestamptz[], $11::timestamptz[],
                $12::text[], $13::text[], $14::text[], $15::text[], $16::int8[], $17::text[], $18::text[],
                $19::timestamptz[])
            """, parameters)
    }

    private static func update(_ changed: [Shipment], in transaction: borrowing Transaction) throws {
        guard !changed.isEmpty else { return }
        try transaction.run(
            """
            UPDATE shipments s SET parcel_id = n.parcel_id, carrier = n.carrier, waybill = n.waybill,
                promise_days = n.promise_days, state = n.state, dispatched_at = n.dispatched_at,
                promised_by = n.promised_by, latest_status = n.latest_status, delivered_at = n.delivered_at,
                returned_at = n.returned_at, companions = n.companions, wave_id = n.wave_id,
                call_id = n.call_id
            FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::int8[], $6::text[], $7::timestamptz[],
                $8::timestamptz[], $9::text[], $10::timestamptz[], $11::timestamptz[], $12::text[], $13::text[],
                $14::text[])
                AS n(shipment_id, parcel_id, carrier, waybill, promise_days, state, dispatched_at, promised_by,
                    latest_status, delivered_at, returned_at, companions, wave_id, call_id)
            WHERE s.shipment_id = n.shipment_id
            """, changing(changed))
    }

    /// The id and the columns that change, in the order of both statements.
    private static func changing(_ shipments: [Shipment]) -> Parameters {
        var parameters = Parameters()
        parameters.append(shipments.map(\.shipmentID))
        parameters.append(shipments.map(\.parcelID))
        parameters.append(shipments.map(\.label.carrier))
        parameters.append(shipments.map(\.label.waybill))
        parameters.append(shipments.map(\.label.promiseDays))
        parameters.append(shipments.map(\.state.rawValue))
        parameters.appendTimestamps(shipments.map { $0.dispatchedAt?.milliseconds })
        parameters.appendTimestamps(shipments.map { $0.promisedBy?.milliseconds })
        parameters.append(shipments.map { $0.latestStatus?.rawValue })
        parameters.appendTimestamps(shipments.map { $0.deliveredAt?.milliseconds })
        parameters.appendTimestamps(shipments.map { $0.returnedAt?.milliseconds })
        parameters.append(shipments.map { $0.companions.isEmpty ? nil : $0.companions.joined(separator: " ") })
        parameters.append(shipments.map(\.waveID))
        parameters.append(shipments.map(\.label.callID))
        return parameters
    }
}

extension Row {
    func instantOrNil(_ column: Int) -> Instant? {
        millisecondsOrNil(column).map(Instant.init(milliseconds:))
    }
}
