public import Contracts

/// What happens to one order.
public enum OrderChange: Equatable, Sendable {
    case confirmed(OrderConfirmed)
    case cancelled
    case reinstated
    /// It goes elsewhere or weighs something else; only before it is confirmed.
    case revised(Region?, weightGrams: Int64, addressFingerprint: String?)
    /// New shipments, or new values of known ones.
    case shipments([Shipment])
    case scanned(shipmentID: String, Scan)
    case stopped(Stop)
    /// A new call to a provider, or what has become of one.
    case called(LabelCall)
    /// Inventory is asked to set its stock aside elsewhere; `nil`: it has answered.
    case moving(StockMove?)
    case resumed(asker: String)
    /// Refunded before they left: they are shipped no more.
    case withdrawn([LinePieces])
}

extension Order {
    /// The order after a change; total, whatever the change says.
    public func applying(_ change: OrderChange) -> Order {
        var order = self
        order.apply(change)
        return order
    }

    public mutating func apply(_ change: OrderChange) {
        switch change {
        case .confirmed(let confirmed):
            phase = .confirmed
            self.confirmed = confirmed
        case .cancelled: cancel()
        case .reinstated: phase = .placed
        case .revised(let region, let weightGrams, let addressFingerprint):
            self.region = region
            self.weightGrams = weightGrams
            self.addressFingerprint = addressFingerprint
        case .shipments(let shipments): for shipment in shipments { put(shipment) }
        case .scanned(let shipmentID, let scan):
            guard let index = shipments.firstIndex(where: { $0.shipmentID == shipmentID }) else { return }
            shipments[index].take(scan)
        case .stopped(let stop): stops.append(stop)
        case .moving(let move): self.move = move
        case .called(let call):
            if let index = calls.firstIndex(where: { $0.callID == call.callID }) {
                calls[index] = call
            } else {
                calls.append(call)
            }
        case .resumed(let asker): stops.removeAll { $0.asker == asker }
        case .withdrawn(let pieces): withdraw(pieces)
        }
    }

    private mutating func put(_ shipment: Shipment) {
        if let index = shipments.firstIndex(where: { $0.shipmentID == shipment.shipmentID }) {
            shipments[index] = shipment
        } else {
            shipments.append(shipment)
        }
    }

    /// Who asked for the cancellation has got it, so nothing is left for them to let go.
    private mutating func cancel() {
        phase = .cancelled
        stops.removeAll { $0.kind == .cancel }
        for index in shipments.indices where shipments[index].isOpen { shipments[index].state = .cancelled }
    }

    /// Takes pieces out of the order and out of what is planned; a shipment that would be empty is cancelled.
    private mutating func withdraw(_ pieces: [LinePieces]) {
        let open = open
        var wanted: Pieces = [:]
        for line in pieces { wanted[line.lineID, default: 0] += line.quantity }
        for (lineID, quantity) in wanted { wanted[lineID] = min(quantity, open[lineID] ?? 0) }
        let shares = spread(wanted)
        for index in shipments.indices {
            guard let share = shares[shipments[index].shipmentID] else { continue }
            shipments[index].reduce(by: share)
        }
        for index in lines.indices { lines[index].withdrawn += wanted[lines[index].lineID] ?? 0 }
    }
}

extension Shipment {
    /// A cancelled shipment keeps its lines: they say what it would have been.
    fileprivate mutating func reduce(by share: [String: Int64]) {
        var rest = lines
        for index in rest.indices { rest[index].quantity -= share[rest[index].lineID] ?? 0 }
        rest.removeAll { $0.quantity <= 0 }
        if rest.isEmpty {
            state = .cancelled
        } else {
            lines = rest
        }
    }
}
