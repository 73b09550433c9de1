import Contracts

/// Packs open shipments together that go from one warehouse to one buyer at one place; the first one's label is theirs.
func mergeShipments(
    _ command: MergeShipments, given state: State<FulfilmentAggregate>, at now: Instant, _ rules: FulfilmentRules
) -> FulfilmentDecision {
    let (members, refusal) = Parcel.gather(command.shipmentIDs, given: state)
    var decision = FulfilmentDecision()
    if refusal == nil, let lead = members.first?.shipment {
        for order in members.map(\.order).uniqued {
            var draft = Draft(order, given: state, rules, at: now)
            for var shipment in members.map(\.shipment) where order.shipment(shipment.shipmentID) != nil {
                if shipment.shipmentID == lead.shipmentID {
                    shipment.companions = members.dropFirst().map(\.shipment.shipmentID)
                    draft.change(.shipments([shipment]))
                } else {
                    shipment.parcelID = lead.shipmentID
                    shipment.label = lead.label
                    draft.change(.shipments([shipment]))
                    draft.tellLabel(of: shipment)
                }
            }
            decision.join(draft.decision)
        }
    }
    decision.facts.append(
        CommandAnswered(
            service: "fulfilment", commandID: command.head.commandID,
            outcome: refusal == nil ? .accepted : .refused, reason: refusal, orderID: command.orderID))
    return decision
}

extension Parcel {
    /// What these shipments are, or why they cannot be packed together.
    fileprivate static func gather(
        _ ids: [String], given state: State<FulfilmentAggregate>
    ) -> (members: [Member], refusal: String?) {
        guard Set(ids).count == ids.count, (2...MergeShipments.maximumShipments).contains(ids.count) else {
            return ([], "names not 2 to \(MergeShipments.maximumShipments) shipments, each once")
        }
        var members: [Member] = []
        for id in ids {
            guard let member = Self.member(id, state) else { return ([], "shipment \(id) is unknown") }
            if let reason = obstacle(to: member, members.first) { return ([], "shipment \(id) \(reason)") }
            members.append(member)
        }
        let grams = members.reduce(Int64(0)) { $0 + $1.shipment.weightGrams }
        guard grams <= MergeShipments.maximumGrams else {
            return ([], "together they weigh \(grams) g, above \(MergeShipments.maximumGrams)")
        }
        return (members, nil)
    }

    private static func member(_ id: String, _ state: State<FulfilmentAggregate>) -> Member? {
        guard let orderID = OrderID(ofPart: id), state.isLoaded(.order(orderID)), let order = state.order(orderID),
            let shipment = order.shipment(id)
        else { return nil }
        return Member(order: order, shipment: shipment)
    }

    private static func obstacle(to member: Member, _ first: Member?) -> String? {
        let (order, shipment) = (member.order, member.shipment)
        guard shipment.isOpen else { return "is \(shipment.state.rawValue)" }
        guard !shipment.isPackedTogether else { return "is packed together with others already" }
        guard order.delivery == .express else { return "is not sent" }
        guard !shipment.awaitsLabel else { return "waits for its waybill" }
        guard order.dispatchable.contains(where: { $0.shipmentID == shipment.shipmentID }) else { return "is stopped" }
        guard order.buyerID != nil, order.addressFingerprint != nil else { return "has no known buyer and address" }
        guard let first else { return nil }
        guard shipment.warehouse == first.shipment.warehouse else {
            return "leaves from \(shipment.warehouse), the first from \(first.shipment.warehouse)"
        }
        guard order.buyerID == first.order.buyerID else { return "is another buyer's" }
        guard order.addressFingerprint == first.order.addressFingerprint else { return "goes to another address" }
        return nil
    }
}

extension [Order] {
    /// Each order once, in the order of its first shipment.
    fileprivate var uniqued: [Order] {
        var seen: Set<OrderID> = []
        return filter { seen.insert($0.orderID).inserted }
    }
}
