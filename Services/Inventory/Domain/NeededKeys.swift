public import Contracts

extension InventoryMessage {
    /// Keys that must be loaded to decide the message, as far as they can be known.
    ///
    /// Stock is never named in the first round: one batch then locks all its reservations in one statement and all its
    /// stocks in the next, and two batches cannot hold what the other wants. (What asks again takes a round more; a
    /// deadlock that comes of it is an outage and is retried.)
    public func keys(given state: State<InventoryAggregate>) -> [Key] {
        switch self {
        case .orderPlaced(let order):
            return asking(order.orderID, StockRequest(order), state, forStock: !order.historical)
        case .orderReinstated(let order): return answering(order.orderID, state, asksAgain: true)
        case .orderRevised(let order):
            let key = Key.reservation(order.orderID)
            guard state.isLoaded(key), let reservation = state.reservation(order.orderID) else { return [key] }
            let asked = asking(order.orderID, StockRequest(order, of: reservation.request.channel), state)
            return order.reservation > reservation.number ? asked + answering(order.orderID, state) : asked
        case .orderCancelled(let order): return answering(order.orderID, state)
        case .shipmentDispatched(let shipment):
            return answering(shipment.orderID, state, skus: shipment.lines.map(\.sku))
        case .linesResumed(let resumed): return resumed.withdrawn.isEmpty ? [] : answering(resumed.orderID, state)
        case .reallocationRequested(let wish): return answering(wish.orderID, state)
        case .caseInspected(let inspection):
            return [.warehouse(inspection.warehouse)] + inspected(inspection, state)
        case .backorderDue(let orderID):
            return answering(orderID, state) + (state.isLoaded(.warehouses) ? workloads(state) : [])
        case .stockMoved(let movement):
            let name = MovementName(
                sku: movement.sku, warehouse: movement.warehouse, movementID: movement.movementID)
            let first = [Key.warehouse(movement.warehouse)]
            return stocks([movement.sku], after: first, state, then: [.movement(name)])
        case .setSafetyStock(let command):
            let warehouse = command.warehouse.map { [Key.warehouse($0)] } ?? []
            return stocks([command.sku], after: [.item(command.sku)] + warehouse, state)
        case .republishAvailability(let command):
            guard let sku = command.sku else { return [.sideRequest(.republish, nil)] }
            return stocks([sku], after: [.item(sku)], state)
        case .republishDue(let sku): return stocks([sku], after: [.item(sku)], state)
        case .setChannelQuota(let command): return stocks([command.sku], after: [.item(command.sku)], state)
        case .repairStock(let command):
            return stocks(
                [command.sku], after: [.item(command.sku)], state,
                then: [.difference(command.sku, command.warehouse), .repair(command.commandID)])
        case .runForecast(let command):
            return [.sideRequest(.forecast, command.sku)] + (command.sku.map { [.stock($0)] } ?? [])
        case .acceptSuggestion(let command): return stocks([command.sku], after: [.item(command.sku)], state)
        case .reviewDue(let sku): return stocks([sku], after: [.item(sku), .forecast(sku)], state)
        case .availabilityDue(let sku): return stocks([sku], after: [.item(sku)], state)
        case .item(let item): return stocks([item.sku], after: [.item(item.sku)], state)
        case .listing(let listing): return [.listing(listing.channel, listing.externalSku)]
        case .warehouse(let warehouse): return [.warehouse(warehouse.warehouse), .warehouses]
        }
    }

    /// What a request for stock needs: the order, what its SKUs mean, then the stock of what they mean.
    private func asking(
        _ orderID: OrderID, _ request: StockRequest, _ state: State<InventoryAggregate>, forStock: Bool = true
    ) -> [Key] {
        let references = request.skus.flatMap { [Key.item($0), .listing(request.channel, $0)] }
        let first = [.reservation(orderID), .warehouses] + references
        guard forStock, first.allSatisfy(state.isLoaded) else { return first }
        return stocks(request.skus + request.matched(by: state).skus, after: first, state) + workloads(state)
    }

    /// Of the warehouses that can send only so many parcels a day.
    private func workloads(_ state: State<InventoryAggregate>) -> [Key] {
        state.warehouses.filter { $0.active && $0.dailyParcels != nil }.map { .workload($0.warehouse) }
    }

    /// What is needed about an order that asked before: its SKUs stand in its reservation.
    private func answering(
        _ orderID: OrderID, _ state: State<InventoryAggregate>, skus: [String] = [], asksAgain: Bool = false
    ) -> [Key] {
        let first = [Key.reservation(orderID), .warehouses]
        guard first.allSatisfy(state.isLoaded) else { return first }
        guard let request = state.reservation(orderID)?.request else { return stocks(skus, after: first, state) }
        if asksAgain { return asking(orderID, request, state) }
        return stocks(skus + request.skus, after: first, state)
    }

    /// What came back, and what it may lie beside from now on: a second grade of each SKU the order had.
    private func inspected(_ inspection: CaseInspected, _ state: State<InventoryAggregate>) -> [Key] {
        let key = Key.reservation(inspection.orderID)
        let ordered = state.isLoaded(key) ? state.reservation(inspection.orderID)?.request.skus ?? [] : []
        let skus = inspection.lines.map(\.sku)
        let hasSecondGrade = inspection.lines.contains { $0.outcome == .secondGrade }
        let seconds = hasSecondGrade ? (skus + ordered).map(secondGrade) : []
        return answering(inspection.orderID, state, skus: skus + seconds)
    }

    private func stocks(
        _ skus: [String], after first: [Key], _ state: State<InventoryAggregate>, then last: [Key] = []
    ) -> [Key] {
        guard first.allSatisfy(state.isLoaded) else { return first }
        return first + skus.flatMap { [.item($0), .stock($0)] } + last
    }
}
