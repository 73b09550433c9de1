import Contracts

/// A provider has answered: the shipment gets its number, or a person is told why not.
///
/// A number that comes when nobody needs it any more is known, and goes back.
func takeLabelAnswer(
    _ answer: LabelAnswer, of orderID: OrderID, given state: State<FulfilmentAggregate>, at now: Instant,
    _ rules: FulfilmentRules
) -> FulfilmentDecision {
    guard let order = state.order(orderID), var call = order.call(answer.callID),
        let shipment = order.shipment(call.shipmentID)
    else { return .nothing }
    var draft = Draft(order, given: state, rules, at: now)
    switch (call.state, answer.outcome) {
    case (.wanted, .given(let waybill)) where state.isTaken(call.carrier, waybill):
        call.state = .refused
        draft.change(.called(call))
        draft.tellException(
            of: shipment, reason: "the provider gave waybill \(waybill), which another shipment has", at: now)
    case (.wanted, .given(let waybill)): draft.label(shipment, waybill, call)
    case (.wanted, .refused(let reason)):
        call.state = .refused
        draft.change(.called(call))
        draft.tellException(of: shipment, reason: "no waybill of \(call.carrier): \(reason)", at: now)
    case (.voiding, .given(let waybill)):
        call.waybill = waybill
        draft.change(.called(call))
    case (.voiding, .voided), (.voiding, .refused):
        call.state = .voided
        draft.change(.called(call))
    case (.voiding, .kept(let reason)):
        call.state = .kept
        draft.change(.called(call))
        let waybill = call.waybill ?? "of \(call.carrier)"
        draft.tellException(of: shipment, reason: "waybill \(waybill) was not taken back: \(reason)", at: now)
    default: return .nothing
    }
    return draft.decision
}

extension Draft {
    fileprivate mutating func label(_ shipment: Shipment, _ waybill: String, _ call: LabelCall) {
        var shipment = shipment
        shipment.label = Label(
            carrier: call.carrier, waybill: waybill, promiseDays: shipment.label.promiseDays, callID: call.callID)
        shipment.state = .labelled
        change(.shipments([shipment]))
        var call = call
        call.state = .given
        call.waybill = waybill
        change(.called(call))
        tellLabel(of: shipment)
        if call.leavesAtOnce, order.dispatchable.contains(shipment) {
            dispatch(shipment)
            dropIdleTimer()
        } else {
            setDispatchTimer()
        }
    }
}
