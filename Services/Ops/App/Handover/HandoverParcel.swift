import Contracts
import Postgres

/// A parcel as the people need it who pick, pack and hand it over: all shipments that travel under one label.
struct HandoverParcel: Equatable {
    struct Line: Equatable {
        let sku: String
        let name: String?
        let barcodes: [String]
        let unitWeightGrams: Int64
        var quantity: Int64
    }

    struct Order: Equatable {
        let orderID: String
        let channel: String
        let externalOrderID: String
    }

    /// Whom it is for; personal, so it is read when it is printed and kept nowhere.
    struct Recipient: Equatable {
        var name: String?
        var phone: String?
        var place: String?
        var street: String?
        /// The platform's name for an address that only it can open.
        var sealedAddress: String?
    }

    /// The shipment that leads it.
    let parcelID: String
    let carrier: String
    let waybill: String
    let warehouse: String
    /// Of fulfilment; cancelled shipments are no part of it.
    let state: String
    /// Who wants all of it to stay.
    var stops: [String]
    var orders: [Order]
    /// By SKU.
    var lines: [Line]
    let recipient: Recipient?

    var isHere: Bool { state == "planned" || state == "labelled" }
    var pieces: Int64 { lines.reduce(0) { $0 + $1.quantity } }
    var weightGrams: Int64 { lines.reduce(0) { $0 + $1.quantity * $1.unitWeightGrams } }
    /// The order of the shipment that leads it, which commands about the parcel are keyed by.
    var orderID: OrderID? { OrderID(ofPart: parcelID) }
}

extension HandoverParcel {
    /// The parcels of a wave, or those with a number or an id; by carrier, then by the platform's deadline.
    static func load(wave: String? = nil, number: String? = nil, _ connection: Connection) throws -> [HandoverParcel] {
        var parameters = Parameters()
        parameters.append(wave)
        parameters.append(number)
        var parcels: [HandoverParcel] = []
        var places: [String: Int] = [:]
        for row in try connection.query(query, parameters) {
            let parcel = HandoverParcel(row)
            if let place = places[parcel.parcelID] {
                parcels[place].take(parcel)
            } else {
                places[parcel.parcelID] = parcels.count
                parcels.append(parcel)
            }
        }
        return parcels
    }

    private init(_ row: Row) {
        parcelID = row.text(0)
        carrier = row.text(1)
        waybill = row.text(2)
        warehouse = row.text(3)
        state = row.text(4)
        stops = row.textOrNil(5).map { $0.split(separator: " ").map(String.init) } ?? []
        orders = [Order(orderID: row.text(6), channel: row.text(7), externalOrderID: row.text(8))]
        lines = [
            Line(
                sku: row.text(9), name: row.textOrNil(10),
                barcodes: row.textOrNil(11)?.split(separator: "\n").map(String.init) ?? [],
                unitWeightGrams: row.int64(12), quantity: row.int64(13))
        ]
        recipient =
            row.textOrNil(14) == nil
            ? nil
            : Recipient(
                name: row.textOrNil(15), phone: row.textOrNil(16), place: row.textOrNil(17),
                street: row.textOrNil(18), sealedAddress: row.textOrNil(19))
    }

    /// Adds another line of the same parcel.
    private mutating func take(_ other: HandoverParcel) {
        for stop in other.stops where !stops.contains(stop) { stops.append(stop) }
        for order in other.orders where !orders.contains(order) { orders.append(order) }
        for line in other.lines {
            if let index = lines.firstIndex(where: { $0.sku == line.sku }) {
                lines[index].quantity += line.quantity
            } else {
                lines.append(line)
            }
        }
    }

    private static let query: StaticString = """
        SELECT s.parcel_id, s.carrier, s.waybill, s.warehouse, s.state,
            (SELECT string_agg(p.asker, ' ' ORDER BY p.sequence) FROM fulfilment.stops AS p
                WHERE p.order_id = s.order_id AND p.kind <> 'case'),
            s.order_id, o.channel, o.external_order_id, l.sku, item.body ->> 'name',
            (SELECT string_agg(b, E'\\n') FROM jsonb_array_elements_text(item.body -> 'barcodes') AS b),
            l.unit_weight_grams, l.quantity, party.body ->> 'orderId', party.body #>> '{shipTo,name}',
            party.body #>> '{shipTo,phone}',
            concat_ws(' ', party.body #>> '{shipTo,province}', party.body #>> '{shipTo,city}',
                party.body #>> '{shipTo,district}'),
            party.body #>> '{shipTo,street}', party.body #>> '{shipTo,sealed,addressId}'
        FROM fulfilment.shipments AS s
        JOIN fulfilment.shipment_lines AS l USING (shipment_id)
        JOIN fulfilment.orders AS f ON f.order_id = s.order_id
        JOIN intake.orders AS o ON o.order_id = s.order_id
        LEFT JOIN LATERAL (SELECT convert_from(record, 'UTF8')::jsonb AS body FROM intake.reference_records
            WHERE kind = 'item' AND id = l.sku) AS item ON true
        LEFT JOIN LATERAL (SELECT convert_from(party, 'UTF8')::jsonb AS body FROM intake.parties
            WHERE order_id = s.order_id) AS party ON true
        WHERE s.state <> 'cancelled' AND s.parcel_id IN (SELECT parcel_id FROM fulfilment.shipments
            WHERE wave_id = $1 OR waybill = $2 OR shipment_id = $2)
        ORDER BY s.carrier, f.ship_by, s.parcel_id, s.shipment_id <> s.parcel_id, s.shipment_id, l.position
        """
}
