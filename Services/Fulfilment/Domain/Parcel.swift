import Contracts

/// Shipments that travel under one label, each with its order as it stands.
struct Parcel {
    struct Member {
        let order: Order
        let shipment: Shipment
    }

    /// The one that leads it first.
    let members: [Member]

    /// The parcel of a shipment; nothing of it that is cancelled counts.
    ///
    /// - Parameter state: Holds the orders that `keys(of:given:)` names.
    init(of shipment: Shipment, given state: State<FulfilmentAggregate>) {
        let ids = [shipment.parcelID] + (Self.find(shipment.parcelID, state)?.shipment.companions ?? [])
        members = ids.compactMap { Self.find($0, state) }.filter { $0.shipment.state != .cancelled }
    }

    private static func find(_ shipmentID: String, _ state: State<FulfilmentAggregate>) -> Member? {
        guard let orderID = OrderID(ofPart: shipmentID), state.isLoaded(.order(orderID)),
            let order = state.order(orderID), let shipment = order.shipment(shipmentID)
        else { return nil }
        return Member(order: order, shipment: shipment)
    }

    /// Nobody wants any of it to stay.
    var mayLeave: Bool {
        members.allSatisfy { member in
            !member.shipment.isOpen
                || member.order.dispatchable.contains { $0.shipmentID == member.shipment.shipmentID }
        }
    }

    /// People have some of it in hand.
    var isInWave: Bool { members.contains { $0.shipment.isOpen && $0.shipment.waveID != nil } }

    /// The orders of all that travel with an order's shipments, as far as it can be told.
    static func keys(of order: Order, given state: State<FulfilmentAggregate>) -> [Key] {
        order.shipments.filter(\.isPackedTogether).flatMap { shipment -> [Key] in
            let leader = OrderID(ofPart: shipment.parcelID).map(Key.order)
            guard let leader, state.isLoaded(leader) else { return leader.map { [$0] } ?? [] }
            let companions = find(shipment.parcelID, state)?.shipment.companions ?? []
            return [leader] + companions.compactMap { OrderID(ofPart: $0).map(Key.order) }
        }
    }
}

extension FulfilmentDecision {
    /// Does what was decided about another order too.
    mutating func join(_ other: FulfilmentDecision) {
        changes += other.changes
        facts += other.facts
        timers += other.timers
    }
}
