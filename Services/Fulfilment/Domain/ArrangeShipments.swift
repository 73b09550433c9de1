import Contracts

/// What becomes of a shipment that is divided, or why it is not.
enum ShipmentParts: Equatable {
    case parts(rest: Shipment, part: Shipment)
    case refused(String)

    var parts: (rest: Shipment, part: Shipment)? {
        if case .parts(let rest, let part) = self { (rest, part) } else { nil }
    }
}

extension Order {
    /// Some pieces of an open shipment as a shipment of their own, by the same carrier.
    func parts(of command: SplitShipment, given state: State<FulfilmentAggregate>) -> ShipmentParts {
        guard var rest = shipment(command.shipmentID) else { return .refused("the shipment is unknown") }
        guard rest.isOpen else { return .refused("shipment \(rest.shipmentID) is \(rest.state.rawValue)") }
        guard !rest.isPackedTogether else { return .refused("the shipment is packed together with others") }
        var taken: [ShipmentLine] = []
        for wanted in command.lines {
            guard let index = rest.lines.firstIndex(where: { $0.lineID == wanted.lineID }) else {
                return .refused("line \(wanted.lineID) is not in shipment \(rest.shipmentID)")
            }
            guard wanted.quantity > 0, wanted.quantity <= rest.lines[index].quantity else {
                return .refused(
                    "\(wanted.quantity) of line \(wanted.lineID) is not within 1 to \(rest.lines[index].quantity)")
            }
            var line = rest.lines[index]
            line.quantity = wanted.quantity
            taken.append(line)
            rest.lines[index].quantity -= wanted.quantity
        }
        rest.lines.removeAll { $0.quantity == 0 }
        guard !taken.isEmpty else { return .refused("no pieces are named") }
        guard !rest.lines.isEmpty else { return .refused("nothing would be left in shipment \(rest.shipmentID)") }
        let number = (shipments.map(\.number).max() ?? 0) + 1
        let shipmentID = "\(orderID)-S\(number)"
        var part = Shipment(
            shipmentID: shipmentID, number: number, warehouse: rest.warehouse, plannedAt: rest.plannedAt,
            parcelID: shipmentID, waveID: rest.waveID, label: Label(carrier: rest.label.carrier, waybill: shipmentID),
            lines: taken,
            state: rest.state)
        if rest.label.callID != nil {
            part.label = .awaited("\(shipmentID)-L1", carrier: rest.label.carrier, promiseDays: rest.label.promiseDays)
            part.state = .planned
        } else if delivery == .express,
            case .label(let label) = sandboxLabel(
                part, rest.label.carrier, promiseDays: rest.label.promiseDays, given: state)
        {
            part.label = label
        }
        return .parts(rest: rest, part: part)
    }
}

extension Draft {
    /// Each of these changes the draft, or answers why it leaves it alone.
    mutating func carryOut(_ command: SplitShipment, given state: State<FulfilmentAggregate>) -> String? {
        switch order.parts(of: command, given: state) {
        case .refused(let reason): return reason
        case .parts(let rest, let part):
            change(.shipments([rest, part]))
            makeCalls()
            tellPlan(of: rest)
            tellPlan(of: part)
            if part.state == .labelled { tellLabel(of: part) }
            return nil
        }
    }

    mutating func carryOut(
        _ command: ReassignCarrier, given state: State<FulfilmentAggregate>, _ rules: FulfilmentRules
    ) -> String? {
        guard var shipment = order.shipment(command.shipmentID) else {
            return "shipment \(command.shipmentID) is unknown"
        }
        guard shipment.isOpen else { return "shipment \(shipment.shipmentID) is \(shipment.state.rawValue)" }
        guard !shipment.isPackedTogether else { return "the shipment is packed together with others" }
        // A provider makes another number of the same carrier, and takes this one back.
        let asked = shipment.label.callID.flatMap(order.call)?.state
        guard shipment.label.carrier != command.carrier || asked == .given || asked == .refused else {
            return "\(command.carrier) carries it already"
        }
        switch order.label(shipment, by: command.carrier, given: state, rules, at: now) {
        case .refused(let reason): return reason
        case .asked(let carrier, let promiseDays):
            askForLabel(of: shipment, by: carrier, promiseDays: promiseDays)
            return nil
        case .label(let label):
            guard !state.isTaken(label.carrier, label.waybill) else {
                return "waybill \(label.waybill) of \(label.carrier) belongs to another shipment"
            }
            shipment.label = label
            change(.shipments([shipment]))
            tellLabel(of: shipment)
            return nil
        }
    }
}
