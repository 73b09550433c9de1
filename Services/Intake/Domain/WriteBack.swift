import Contracts

/// What a platform is told of its own orders: parcels that have left, and what was decided about cases.
///
/// Each update has the id of the thing it tells, so that a platform that hears it twice does it once.
/// - Source: CONTRACTS, `channel.updates.v1`; DESIGN section 4, "Intake".
extension OrderStep {
    /// A replacement is no order of the platform, an imported one is over, and what others shipped the platform knows.
    private var platform: String? {
        let isTheirs = order.placed.kind == .sale && !order.placed.historical
        return isTheirs && order.requests.shippedElsewhereAt == nil ? order.terms.platform : nil
    }

    mutating func writeBack(_ fact: ShipmentDispatched) {
        guard let platform, fact.carrier != ChannelUpdate.noCarrier else { return }
        let update = ShippingUpdate(
            updateID: "\(fact.shipmentID)/shipped", channel: order.placed.channel,
            externalOrderID: order.placed.externalOrderID, orderID: orderID, shipmentID: fact.shipmentID,
            carrier: fact.carrier, carrierCode: CarrierCodes.of(fact.carrier)?.code(on: platform),
            waybill: fact.waybill, lines: fact.lines, shippedAt: fact.dispatchedAt)
        guard !knows(update.updateID) else { return }
        order.updates.append(ChannelUpdate(updateID: update.updateID, deadline: answerDeadline, shipping: update))
        tell(update)
    }

    /// - Parameter by: Who decided; what the platform has decided itself it is not told.
    mutating func writeBack(
        _ decision: RefundVerdict, of caseID: String, amount: Int64, because reason: String?, by: String, at: Instant
    ) {
        guard platform != nil, by != ChannelUpdate.platformItself else { return }
        let external = order.requests.cases.first { $0.caseID == caseID }?.externalCaseID
        let update = RefundDecision(
            updateID: "\(caseID)/\(decision.rawValue)", channel: order.placed.channel,
            externalOrderID: order.placed.externalOrderID, orderID: orderID, caseID: caseID, externalCaseID: external,
            decision: decision, amount: amount, reason: reason, decidedAt: at)
        guard !knows(update.updateID) else { return }
        order.updates.append(ChannelUpdate(updateID: update.updateID, deadline: answerDeadline, decision: update))
        tell(update)
    }

    /// Tells a platform once more what it has refused or not answered; answers why not.
    ///
    /// It has the id of the first, so a platform that did it after all does it once.
    mutating func resend(_ command: ResendUpdate) -> String? {
        guard let index = order.updates.firstIndex(where: { $0.updateID == command.updateID }) else {
            return "\(command.updateID) is no update of the order"
        }
        guard order.updates[index].state != .accepted else { return "the platform has accepted it" }
        if let shipping = order.updates[index].shipping {
            let again = shipping.saying(carrierCode: command.carrierCode ?? shipping.carrierCode)
            order.updates[index].shipping = again
            tell(again)
        } else if let decision = order.updates[index].decision {
            guard command.carrierCode == nil else { return "a decision on a case has no carrier" }
            tell(decision)
        } else {
            return "it was told before updates were kept"
        }
        order.updates[index].state = .waiting
        order.updates[index].reason = nil
        return nil
    }

    /// The platform's answer; one to an update that was never sent is a fault.
    mutating func hear(_ result: ChannelUpdateResult) throws(Fault) {
        guard let index = order.updates.firstIndex(where: { $0.updateID == result.updateID }) else {
            throw Fault("\(result.updateID) is no update of order \(orderID)", field: "updateId")
        }
        // Accepted once is accepted: an older refusal may come late.
        guard order.updates[index].state != .accepted else { return }
        order.updates[index].state = result.status == .accepted ? .accepted : .refused
        order.updates[index].reason = result.status == .accepted ? nil : result.reason
    }

    /// The platform was told before.
    private func knows(_ updateID: String) -> Bool { order.updates.contains { $0.updateID == updateID } }

    private var answerDeadline: Instant { order.placed.shipBy ?? now + ChannelUpdate.usualPatience }
}

extension ShippingUpdate {
    fileprivate func saying(carrierCode: String?) -> ShippingUpdate {
        ShippingUpdate(
            updateID: updateID, channel: channel, externalOrderID: externalOrderID, orderID: orderID,
            shipmentID: shipmentID, carrier: carrier, carrierCode: carrierCode, waybill: waybill, lines: lines,
            shippedAt: shippedAt)
    }
}

extension ChannelUpdate {
    /// Virtual goods travel with nobody, and platforms send such orders themselves.
    static let noCarrier = "none"
    static let platformItself = "platform"
}
