import Contracts

/// How many pieces of each line: shipped, open, stopped, free.
///
/// For every line: quantity = withdrawn + left + open, and open = stopped + free.
extension Order {
    typealias Pieces = [String: Int64]

    /// Out of the warehouse.
    var left: Pieces { sum { $0.hasLeft } }

    /// In shipments that have not left.
    var planned: Pieces { sum { $0.isOpen } }

    private func sum(where isCounted: (Shipment) -> Bool) -> Pieces {
        var pieces: Pieces = [:]
        for shipment in shipments where shipment.direction == .out && isCounted(shipment) {
            for line in shipment.lines { pieces[line.lineID, default: 0] += line.quantity }
        }
        return pieces
    }

    /// Still to be shipped, planned or not.
    var open: Pieces {
        guard phase != .cancelled else { return [:] }
        let left = left
        var pieces: Pieces = [:]
        for line in lines { pieces[line.lineID] = max(0, line.quantity - line.withdrawn - (left[line.lineID] ?? 0)) }
        return pieces
    }

    /// Of the open ones, those that somebody wants to stay.
    var stopped: Pieces {
        let open = open
        if stops.contains(where: \.isWhole) { return open }
        var pieces: Pieces = [:]
        for line in stops.flatMap(\.lines) { pieces[line.lineID, default: 0] += line.quantity }
        for (lineID, quantity) in pieces { pieces[lineID] = min(quantity, open[lineID] ?? 0) }
        return pieces
    }

    /// Of the open ones, those that may leave.
    var free: Pieces {
        let stopped = stopped
        var pieces = open
        for (lineID, quantity) in stopped { pieces[lineID, default: 0] -= quantity }
        return pieces
    }

    /// Lists pieces in the order of the order's lines, without lines that have none.
    func list(_ pieces: Pieces) -> [LinePieces] {
        lines.compactMap { line in
            guard let quantity = pieces[line.lineID], quantity > 0 else { return nil }
            return LinePieces(lineID: line.lineID, quantity: quantity)
        }
    }

    /// Pieces that have left, with the shipments that took them, at most `wanted` of each line.
    func listLeft(atMost wanted: Pieces? = nil) -> [LinePieces] {
        var remaining = wanted
        var list: [LinePieces] = []
        for shipment in shipments where shipment.direction == .out && shipment.hasLeft {
            for line in shipment.lines {
                let quantity = remaining.map { min(line.quantity, $0[line.lineID] ?? 0) } ?? line.quantity
                guard quantity > 0 else { continue }
                remaining?[line.lineID, default: 0] -= quantity
                list.append(LinePieces(lineID: line.lineID, quantity: quantity, shipmentID: shipment.shipmentID))
            }
        }
        return list
    }

    /// Spreads pieces over what is open: first over pieces that no shipment has, then over the shipments, last first.
    ///
    /// - Returns: What falls on each shipment, by its id.
    func spread(_ pieces: Pieces) -> [String: Pieces] {
        let open = open
        let planned = planned
        var remaining = pieces
        for lineID in pieces.keys {
            let unplanned = max(0, (open[lineID] ?? 0) - (planned[lineID] ?? 0))
            remaining[lineID, default: 0] -= min(unplanned, remaining[lineID] ?? 0)
        }
        var shares: [String: Pieces] = [:]
        for shipment in shipments.reversed() where shipment.isOpen {
            for line in shipment.lines {
                let share = min(line.quantity, remaining[line.lineID] ?? 0)
                guard share > 0 else { continue }
                remaining[line.lineID, default: 0] -= share
                shares[shipment.shipmentID, default: [:]][line.lineID, default: 0] += share
            }
        }
        return shares
    }

    /// The open shipments that may leave now.
    var dispatchable: [Shipment] {
        unstopped.filter { !$0.awaitsLabel && !isMoving($0) }
    }

    /// The open shipments that nobody wants to stay. A parcel with one stopped piece stays whole.
    var unstopped: [Shipment] {
        let stopped = spread(stopped)
        return shipments.filter { $0.isOpen && stopped[$0.shipmentID] == nil }
    }

    /// What leaves without a command when its time has come.
    var leavingByItself: [Shipment] { dispatchable.filter { $0.waveID == nil } }
}
