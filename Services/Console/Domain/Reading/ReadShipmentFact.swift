import Contracts

/// What fulfilment says of a shipment.
func readShipmentFact(_ type: String, _ body: JSONObject, at: Instant) throws(Fault) -> [ReadRow] {
    switch type {
    case ShipmentPlanned.type: [.parcel(planned(try ShipmentPlanned(body)))]
    case ShipmentLabelled.type: [.parcel(labelled(try ShipmentLabelled(body)))]
    case ShipmentDispatched.type: [.parcel(dispatched(try ShipmentDispatched(body)))]
    case ShipmentTracked.type: [.parcel(tracked(try ShipmentTracked(body)))]
    case ShipmentDelivered.type, ShipmentReturned.type, ShipmentCancelled.type, ShipmentExceptional.type:
        [.parcel(try readEnding(type, body))]
    default: []
    }
}

private func planned(_ planned: ShipmentPlanned) -> ParcelPatch {
    var patch = ParcelPatch(planned.shipmentID, of: planned.orderID)
    patch.warehouse = planned.warehouse
    patch.lines = planned.lines
    patch.weightGrams = planned.weightGrams
    patch.plannedAt = planned.plannedAt
    patch.shipBy = planned.shipBy
    patch.state = .planned
    return patch
}

private func labelled(_ labelled: ShipmentLabelled) -> ParcelPatch {
    var patch = ParcelPatch(labelled.shipmentID, of: labelled.orderID)
    patch.parcelID = labelled.parcelID
    patch.carrier = labelled.carrier
    patch.waybill = labelled.waybill
    patch.labelledAt = labelled.labelledAt
    patch.state = .labelled
    return patch
}

private func dispatched(_ dispatched: ShipmentDispatched) -> ParcelPatch {
    var patch = ParcelPatch(dispatched.shipmentID, of: dispatched.orderID)
    patch.parcelID = dispatched.parcelID
    patch.direction = dispatched.direction.rawValue
    patch.warehouse = dispatched.warehouse
    patch.carrier = dispatched.carrier
    patch.waybill = dispatched.waybill
    patch.lines = dispatched.lines
    patch.dispatchedAt = dispatched.dispatchedAt
    patch.promisedBy = dispatched.promisedBy
    patch.estimatedBy = dispatched.estimatedBy
    patch.state = .dispatched
    return patch
}

private func tracked(_ tracked: ShipmentTracked) -> ParcelPatch {
    var patch = ParcelPatch(tracked.shipmentID, of: tracked.orderID)
    patch.tracking = ParcelPatch.Tracking(
        status: tracked.status.rawValue, location: tracked.location, at: tracked.occurredAt)
    return patch
}

private func readEnding(_ type: String, _ body: JSONObject) throws(Fault) -> ParcelPatch {
    switch type {
    case ShipmentDelivered.type:
        let delivered = try ShipmentDelivered(body)
        var patch = ParcelPatch(delivered.shipmentID, of: delivered.orderID)
        patch.state = .delivered
        patch.deliveredAt = delivered.deliveredAt
        return patch
    case ShipmentReturned.type:
        let returned = try ShipmentReturned(body)
        var patch = ParcelPatch(returned.shipmentID, of: returned.orderID)
        patch.state = .returned
        patch.endedAt = returned.returnedAt
        return patch
    case ShipmentCancelled.type:
        let cancelled = try ShipmentCancelled(body)
        var patch = ParcelPatch(cancelled.shipmentID, of: cancelled.orderID)
        patch.state = .cancelled
        patch.endedAt = cancelled.cancelledAt
        return patch
    default:
        let exceptional = try ShipmentExceptional(body)
        var patch = ParcelPatch(exceptional.shipmentID, of: exceptional.orderID)
        patch.exception = exceptional.reason
        return patch
    }
}
