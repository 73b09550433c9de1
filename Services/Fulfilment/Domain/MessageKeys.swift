public import Contracts

extension FulfilmentMessage {
    /// What must be loaded to decide the message, as far as it can be told from what is loaded already.
    public func keys(given state: State<FulfilmentAggregate>, _ rules: FulfilmentRules) -> [Key] {
        switch self {
        case .orderPlaced(let placed): [.order(placed.orderID)]
        case .orderConfirmed(let confirmed): Self.keys(toPlan: confirmed, given: state, rules)
        case .orderHeld(let held): [.order(held.orderID)]
        case .orderReleased(let released): [.order(released.orderID)]
        case .cancelRequested(let requested): [.order(requested.orderID)]
        case .cancelRefused(let refused): [.order(refused.orderID)]
        case .orderCancelled(let cancelled): [.order(cancelled.orderID)]
        case .orderReinstated(let reinstated): [.order(reinstated.orderID)]
        case .orderRevised(let revised): [.order(revised.orderID)]
        case .caseOpened(let opened): [.order(opened.orderID)]
        case .caseRefunded(let refunded): [.order(refunded.orderID)]
        case .caseEnded(let orderID, _), .caseExchanged(let orderID, _),
            .deliveryDue(let orderID, _), .shipByNear(let orderID):
            [.order(orderID)]
        case .dispatchDue(let orderID): Self.keys(with: .order(orderID), given: state)
        case .tracked(let reports): reports.flatMap { Self.keys(with: $0.key, given: state) }
        case .command(let command): Self.keys(of: command, given: state, rules)
        case .labelAnswered(let orderID, let answer):
            Self.keys(of: answer, to: orderID, given: state)
        case .stockMoved(let answer): Self.keys(of: answer, given: state, rules)
        case .parties(let parties): [.parties(parties.orderID)]
        case .buyerKey(let key): [.buyerKey(key.buyerID)]
        case .item(let item): [.item(item.sku)]
        case .warehouse(let warehouse): [.warehouse(warehouse.warehouse)]
        case .carrier, .carrierEnded: [.carriers]
        case .ignored: []
        }
    }

    /// What the plan after a move looks at.
    private static func keys(
        of answer: StockReallocated, given state: State<FulfilmentAggregate>, _ rules: FulfilmentRules
    ) -> [Key] {
        let key = Key.order(answer.orderID)
        guard state.isLoaded(key), let order = state.order(answer.orderID), answer.refusal == nil else { return [key] }
        let moved = order.moved(by: answer).order
        return moved.confirmed.map { keys(toPlan: $0, of: moved, given: state, rules) } ?? [key]
    }

    /// With the number that came: it may be taken.
    private static func keys(
        of answer: LabelAnswer, to orderID: OrderID, given state: State<FulfilmentAggregate>
    ) -> [Key] {
        let key = Key.order(orderID)
        guard state.isLoaded(key), let order = state.order(orderID), let call = order.call(answer.callID),
            case .given(let waybill) = answer.outcome
        else { return [key] }
        return [key, .waybill(call.carrier, waybill)] + order.transitKeys
    }

    /// Once the order, its items, warehouses and carriers are there, the waybills that the plan would take, whenever it is
    /// decided: they may be taken.
    private static func keys(
        toPlan confirmed: OrderConfirmed, of planned: Order? = nil, given state: State<FulfilmentAggregate>,
        _ rules: FulfilmentRules
    ) -> [Key] {
        var keys: [Key] = [.order(confirmed.orderID), .carriers]
        for allocation in confirmed.allocations {
            keys.append(.warehouse(allocation.warehouse))
            for line in allocation.lines { keys.append(.item(line.sku)) }
        }
        guard keys.allSatisfy(state.isLoaded), let order = planned ?? state.order(confirmed.orderID) else {
            return keys
        }
        let plan = Planning(order: order, state: state, rules: rules)
        // The services' clocks may differ a little.
        let start = confirmed.confirmedAt + .minutes(-1)
        for moment in [start] + state.carriers.changes(after: start) {
            for shipment in plan.shipments(for: confirmed.allocations, at: moment) {
                let key = Key.waybill(shipment.label.carrier, shipment.label.waybill)
                if !keys.contains(key) { keys.append(key) }
            }
        }
        return keys
    }

    /// An order under one of its names, with the orders whose shipments travel with its own.
    private static func keys(with key: Key, given state: State<FulfilmentAggregate>) -> [Key] {
        guard state.isLoaded(key), let order = state.order(key) else { return [key] }
        return [key] + Parcel.keys(of: order, given: state) + order.transitKeys
    }

    private static func keys(
        of command: FulfilmentCommand, given state: State<FulfilmentAggregate>, _ rules: FulfilmentRules
    ) -> [Key] {
        let orderKey = Key.order(command.orderID)
        guard state.isLoaded(orderKey), let order = state.order(command.orderID) else { return [orderKey] }
        switch command {
        case .dispatch(let command):
            let place = order.shipment(command.shipmentID).map { [Key.warehouse($0.warehouse), .carriers] } ?? []
            let others = Parcel.keys(of: order, given: state) + order.transitKeys
            guard case .label(let label) = order.label(for: command, given: state, rules, at: nil) else {
                return [orderKey] + place + others
            }
            return [orderKey] + place + others + [.waybill(label.carrier, label.waybill)]
        case .merge(let command):
            return [orderKey] + command.shipmentIDs.compactMap { OrderID(ofPart: $0).map(Key.order) }
        case .replan(let command):
            if let warehouse = command.warehouse { return [orderKey, .warehouse(warehouse)] }
            return order.confirmed.map { keys(toPlan: $0, given: state, rules) } ?? [orderKey]
        case .split(let command):
            guard let (_, part) = order.parts(of: command, given: state).parts else { return [orderKey] }
            return [orderKey, .waybill(part.label.carrier, part.label.waybill)]
        case .reassign(let command):
            guard let shipment = order.shipment(command.shipmentID) else { return [orderKey] }
            let keys = [orderKey, .warehouse(shipment.warehouse), .carriers]
            guard keys.allSatisfy(state.isLoaded),
                case .label(let label) = order.label(shipment, by: command.carrier, given: state, rules, at: nil)
            else { return keys }
            return keys + [.waybill(label.carrier, label.waybill)]
        case .cancel, .release:
            return [orderKey]
        }
    }
}
