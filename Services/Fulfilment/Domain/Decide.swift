public import Contracts

extension FulfilmentMessage {
    /// What the message leads to: one function per case decides.
    public func decide(
        given state: State<FulfilmentAggregate>, at now: Instant, _ rules: FulfilmentRules
    ) throws(Fault) -> FulfilmentDecision {
        switch self {
        case .orderPlaced(let placed): recordOrder(placed, given: state)
        case .orderConfirmed(let confirmed): try planShipments(confirmed, given: state, at: now, rules)
        case .orderHeld(let held): stopLines(StopRequest(held), given: state)
        case .orderReleased(let released):
            released.remaining.isEmpty
                ? resumeLines(released.orderID, asker: StopRequest.hold, given: state, at: now, rules) : .nothing
        case .cancelRequested(let requested): stopLines(StopRequest(requested), given: state)
        case .cancelRefused(let refused):
            resumeLines(refused.orderID, asker: refused.requestID, given: state, at: now, rules)
        case .orderCancelled(let cancelled): cancelShipments(cancelled, given: state, at: now, rules)
        case .orderReinstated(let reinstated): reinstateOrder(reinstated, given: state)
        case .orderRevised(let revised): reviseOrder(revised, given: state)
        case .caseOpened(let opened): stopLines(StopRequest(opened), given: state)
        case .caseRefunded(let refunded): withdrawLines(refunded, given: state, at: now, rules)
        case .caseEnded(let orderID, let caseID):
            resumeLines(orderID, asker: caseID, given: state, at: now, rules)
        case .caseExchanged(let orderID, let caseID):
            withdrawExchanged(orderID, caseID: caseID, given: state, at: now, rules)
        case .tracked(let reports): try trackParcels(reports, given: state, at: now, rules)
        case .command(let command): answerCommand(command, given: state, at: now, rules)
        case .labelAnswered(let orderID, let answer):
            takeLabelAnswer(answer, of: orderID, given: state, at: now, rules)
        case .stockMoved(let answer): moveOrder(answer, given: state, at: now, rules)
        case .parties(let parties): keep(parties, given: state)
        case .buyerKey(let key): keep(key, given: state)
        case .item(let item): keep(item, given: state)
        case .warehouse(let warehouse): keep(warehouse, given: state)
        case .carrier(let carrier, let recordedAt): keep(carrier, recordedAt: recordedAt, given: state)
        case .carrierEnded(let carrier, let moment): endCarrier(carrier, at: moment, given: state)
        case .dispatchDue(let orderID): dispatchShipments(of: orderID, given: state, at: now, rules)
        case .deliveryDue(let orderID, let shipmentID):
            warnOfDelay(of: orderID, shipmentID, given: state, at: now, rules)
        case .shipByNear(let orderID): warnOfDeadline(of: orderID, given: state, at: now, rules)
        case .ignored: .nothing
        }
    }
}
