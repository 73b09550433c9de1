public import Contracts

extension FulfilmentMessage {
    /// What must be loaded to decide the message, as far as it can be told from what is loaded already.
    public func keys(given state: State<FulfilmentAggregate>) -> [Key] {
        switch self {
        case .orderPlaced(let placed): [.order(placed.orderID)]
        case .orderConfirmed(let confirmed): Self.keys(toPlan: confirmed, given: state)
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
        case .command(let command): Self.keys(of: command, given: state)
        case .item(let item): [.item(item.sku)]
        case .warehouse(let warehouse): [.warehouse(warehouse.warehouse)]
        case .ignored: []
        }
    }

    /// Once the order, its items and warehouses are there, the waybills that the plan would take: they may be taken.
    private static func keys(toPlan confirmed: OrderConfirmed, given state: State<FulfilmentAggregate>) -> [Key] {
        var keys: [Key] = [.order(confirmed.orderID)]
        for allocation in confirmed.allocations {
            keys.append(.warehouse(allocation.warehouse))
            for line in allocation.lines { keys.append(.item(line.sku)) }
        }
        guard keys.allSatisfy(state.isLoaded), let order = state.order(confirmed.orderID) else { return keys }
        let plan = Planning(order: order, state: state)
        for shipment in plan.shipments(for: confirmed.allocations, at: confirmed.confirmedAt) {
            keys.append(.waybill(shipment.label.carrier, shipment.label.waybill))
        }
        return keys
    }

    /// An order under one of its names, with the orders whose shipments travel with its own.
    private static func keys(with key: Key, given state: State<FulfilmentAggregate>) -> [Key] {
        guard state.isLoaded(key), let order = state.order(key) else { return [key] }
        return [key] + Parcel.keys(of: order, given: state)
    }

    private static func keys(of command: FulfilmentCommand, given state: State<FulfilmentAggregate>) -> [Key] {
        let orderKey = Key.order(command.orderID)
        guard state.isLoaded(orderKey), let order = state.order(command.orderID) else { return [orderKey] }
        switch command {
        case .dispatch(let command):
            let place = order.shipment(command.shipmentID).map { [Key.warehouse($0.warehouse)] } ?? []
            let others = Parcel.keys(of: order, given: state)
            guard case .label(let label) = order.label(for: command, given: state) else {
                return [orderKey] + place + others
            }
            return [orderKey] + place + others + [.waybill(label.carrier, label.waybill)]
        case .merge(let command):
            return [orderKey] + command.shipmentIDs.compactMap { OrderID(ofShipment: $0).map(Key.order) }
        case .replan:
            return order.confirmed.map { keys(toPlan: $0, given: state) } ?? [orderKey]
        case .split(let command):
            guard let (_, part) = order.parts(of: command, given: state).parts else { return [orderKey] }
            return [orderKey, .waybill(part.label.carrier, part.label.waybill)]
        case .reassign(let command):
            guard let shipment = order.shipment(command.shipmentID) else { return [orderKey] }
            let keys = [orderKey, .warehouse(shipment.warehouse)]
            guard keys.allSatisfy(state.isLoaded),
                case .label(let label) = order.label(shipment, by: command.carrier, given: state)
            else { return keys }
            return keys + [.waybill(label.carrier, label.waybill)]
        case .cancel, .release:
            return [orderKey]
        }
    }
}
