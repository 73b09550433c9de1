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
        let updateID = "\(fact.shipmentID)/shipped"
        guard expectAnswer(to: updateID) else { return }
        tell(
            ShippingUpdate(
                updateID: updateID, channel: order.placed.channel, externalOrderID: order.placed.externalOrderID,
                orderID: orderID, shipmentID: fact.shipmentID, carrier: fact.carrier,
                carrierCode: CarrierCodes.of(fact.carrier)?.code(on: platform), waybill: fact.waybill,
                lines: fact.lines,
                shippedAt: fact.dispatchedAt))
    }

    /// - Parameter by: Who decided; what the platform has decided itself it is not told.
    mutating func writeBack(
        _ decision: RefundVerdict, of caseID: String, amount: Int64, because reason: String?, by: String, at: Instant
    ) {
        guard platform != nil, by != ChannelUpdate.platformItself else { return }
        let updateID = "\(caseID)/\(decision.rawValue)"
        guard expectAnswer(to: updateID) else { return }
        let external = order.requests.cases.first { $0.caseID == caseID }?.externalCaseID
        tell(
            RefundDecision(
                updateID: updateID, channel: order.placed.channel, externalOrderID: order.placed.externalOrderID,
                orderID: orderID, caseID: caseID, externalCaseID: external, decision: decision, amount: amount,
                reason: reason, decidedAt: at))
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

    /// - Returns: False when the platform was told before.
    private mutating func expectAnswer(to updateID: String) -> Bool {
        guard !order.updates.contains(where: { $0.updateID == updateID }) else { return false }
        let deadline = order.placed.shipBy ?? now + ChannelUpdate.usualPatience
        order.updates.append(ChannelUpdate(updateID: updateID, deadline: deadline))
        return true
    }
}

extension ChannelUpdate {
    /// Virtual goods travel with nobody, and platforms send such orders themselves.
    static let noCarrier = "none"
    static let platformItself = "platform"
}
