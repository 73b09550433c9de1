import Contracts

/// Takes a carrier's scan into the history of the shipment that has this number.
///
/// What a carrier has seen has left: a shipment that was still here is dispatched first, even when somebody had
/// stopped it; then, and when it was cancelled, a person should look.
/// - Throws: `Fault` when the shipment has more scans than any parcel can have, or nobody carries it.
/// - Source: DESIGN, "Fulfilment".
func trackShipment(
    _ seen: CarrierScan, given state: State<FulfilmentAggregate>, at now: Instant, _ calendar: BusinessCalendar
) throws(Fault) -> FulfilmentDecision {
    guard seen.carrier != Planning.noCarrier else { throw Fault("nobody carries virtual goods", field: "carrier") }
    let key = Key.waybill(seen.carrier, seen.waybill)
    guard let order = state.order(key), let shipment = order.shipment(carrier: seen.carrier, waybill: seen.waybill)
    else { return .waits(for: key, reason: "no shipment has waybill \(seen.waybill) of \(seen.carrier)") }
    let scan = Scan(seen)
    guard !shipment.scans.contains(where: scan.isRepetition) else { return .nothing }
    guard shipment.scans.count < Shipment.maximumScans else {
        throw Fault("shipment \(shipment.shipmentID) has \(shipment.scans.count) scans already")
    }
    var draft = Draft(order, calendar, at: now)
    if shipment.isOpen { draft.dispatchUnasked(shipment, scan) }
    draft.take(scan, of: shipment.shipmentID)
    return draft.decision
}

extension Draft {
    /// A carrier has a shipment that was still to be dispatched.
    fileprivate mutating func dispatchUnasked(_ shipment: Shipment, _ scan: Scan) {
        let isStopped = !order.dispatchable.contains { $0.shipmentID == shipment.shipmentID }
        dispatch(shipment, at: min(now, scan.occurredAt))
        if isStopped {
            let askers = order.stops.map(\.asker).joined(separator: ", ")
            tellException(of: shipment, reason: "left although stopped by \(askers)", at: scan.occurredAt)
        }
        dropIdleTimer()
    }

    fileprivate mutating func take(_ scan: Scan, of shipmentID: String) {
        guard let before = order.shipment(shipmentID) else { return }
        change(.scanned(shipmentID: shipmentID, scan))
        guard let after = order.shipment(shipmentID) else { return }
        tell(
            ShipmentTracked(
                orderID: order.orderID, shipmentID: shipmentID, status: scan.status, location: scan.location,
                occurredAt: scan.occurredAt, rawCode: scan.rawCode))
        if before.state == .cancelled {
            guard before.scans.isEmpty else { return }
            tellException(of: after, reason: "seen by the carrier although cancelled", at: scan.occurredAt)
        } else if after.state == .exception, scan.status == .exception || scan.status == .refused {
            tellException(of: after, reason: Self.reason(scan), at: scan.occurredAt)
        } else if after.state != before.state {
            tellArrival(of: after)
        }
    }

    private static func reason(_ scan: Scan) -> String {
        scan.rawCode.map { "\(scan.status.rawValue), code \($0)" } ?? scan.status.rawValue
    }

    private mutating func tellArrival(of shipment: Shipment) {
        if shipment.state == .delivered, let moment = shipment.deliveredAt {
            tellDelivery(of: shipment, at: moment)
        }
        if shipment.state == .returned, let moment = shipment.returnedAt {
            tell(
                ShipmentReturned(
                    orderID: order.orderID, shipmentID: shipment.shipmentID, warehouse: shipment.warehouse,
                    carrier: shipment.label.carrier, waybill: shipment.label.waybill, lines: shipment.pieces,
                    returnedAt: moment))
        }
    }
}

extension Scan {
    /// The description is the carrier's free text and may name people: it is not kept.
    init(_ seen: CarrierScan) {
        self.init(
            status: TrackingStatus(seen.status), occurredAt: seen.occurredAt, rawCode: seen.rawCode,
            location: seen.location)
    }
}

extension TrackingStatus {
    fileprivate init(_ status: CarrierScan.Status) {
        switch status {
        case .pickedUp: self = .pickedUp
        case .inTransit: self = .inTransit
        case .outForDelivery: self = .outForDelivery
        case .atPickupPoint: self = .atPickupPoint
        case .delivered: self = .delivered
        case .refused: self = .refused
        case .exception: self = .exception
        case .returning: self = .returning
        case .returned: self = .returned
        }
    }
}
