import Contracts

/// Takes what carriers have seen into the histories of the shipments that have these numbers.
///
/// What a carrier has seen has left: a shipment that was still here is dispatched first, even when somebody had
/// stopped it; then, and when it was cancelled, a person should look.
/// - Returns: A wait, and nothing else, while one of the numbers is nobody's.
/// - Throws: `Fault` when a shipment has more scans than any parcel can have, or nobody carries it.
/// - Source: DESIGN, "Fulfilment".
func trackParcels(
    _ reports: [TrackingReport], given state: State<FulfilmentAggregate>, at now: Instant,
    _ rules: FulfilmentRules
) throws(Fault) -> FulfilmentDecision {
    guard reports.count > 1 else {
        return try reports.first.map { report throws(Fault) in
            try trackParcel(report, given: state, at: now, rules)
        } ?? .nothing
    }
    // Two parcels may be of one order: each sees what the one before has changed.
    var state = state
    var whole = FulfilmentDecision()
    for report in reports {
        let decision = try trackParcel(report, given: state, at: now, rules)
        guard decision.wait == nil else { return decision }
        for change in decision.changes { change.evolve(&state) }
        whole.join(decision)
    }
    return whole
}

private func trackParcel(
    _ report: TrackingReport, given state: State<FulfilmentAggregate>, at now: Instant, _ rules: FulfilmentRules
) throws(Fault) -> FulfilmentDecision {
    let (carrier, waybill) = (report.carrier, report.waybill)
    guard carrier != Planning.noCarrier else { throw Fault("nobody carries virtual goods", field: "carrier") }
    guard let order = state.order(report.key), let shipment = order.shipment(carrier: carrier, waybill: waybill) else {
        return .waits(for: report.key, reason: "no shipment has waybill \(waybill) of \(carrier)")
    }
    guard shipment.isPackedTogether else {
        return try follow(report, of: shipment, order, given: state, at: now, rules)
    }
    // A carrier sees the parcel; every shipment in it has been seen.
    var state = state
    var whole = FulfilmentDecision()
    for id in [shipment.shipmentID] + shipment.companions {
        guard let orderID = OrderID(ofPart: id), let order = state.order(orderID), let member = order.shipment(id)
        else { continue }
        let decision = try follow(report, of: member, order, given: state, at: now, rules)
        for change in decision.changes { change.evolve(&state) }
        whole.join(decision)
    }
    return whole
}

private func follow(
    _ report: TrackingReport, of shipment: Shipment, _ order: Order, given state: State<FulfilmentAggregate>,
    at now: Instant, _ rules: FulfilmentRules
) throws(Fault) -> FulfilmentDecision {
    var draft = Draft(order, given: state, rules, at: now)
    for scan in report.scans.sorted(by: Scan.happens(_:before:)) {
        guard let known = draft.order.shipment(shipment.shipmentID), !known.scans.contains(where: scan.isRepetition)
        else { continue }
        guard known.scans.count < Shipment.maximumScans else {
            throw Fault("shipment \(shipment.shipmentID) has \(known.scans.count) scans already")
        }
        if known.isOpen { draft.dispatchUnasked(known, scan) }
        draft.take(scan, of: shipment.shipmentID)
    }
    return draft.decision
}

extension Draft {
    /// A carrier has a shipment that was still to be dispatched.
    fileprivate mutating func dispatchUnasked(_ shipment: Shipment, _ scan: Scan) {
        let isStopped = !order.unstopped.contains { $0.shipmentID == shipment.shipmentID }
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
        if [.delivered, .returning, .returned].contains(shipment.state) { endWait(for: shipment) }
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
