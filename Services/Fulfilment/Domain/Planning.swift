import Contracts

/// Makes shipments out of what warehouses give to one order; the same state gives the same plan.
struct Planning {
    let order: Order
    /// Holds the items and warehouses of what is planned, and the carriers.
    let state: State<FulfilmentAggregate>
    let rules: FulfilmentRules

    /// Carriers that are none: the buyer comes, or the shop's own people go.
    static let ownCarrier = "self"
    /// Virtual goods are carried by nobody.
    static let noCarrier = "none"

    /// The shipments for pieces that are neither refunded, planned nor gone.
    ///
    /// - Returns: Numbered on from the order's last one; nothing when a warehouse is unknown.
    func shipments(for allocations: [WarehouseAllocation], at now: Instant) -> [Shipment] {
        var missing = order.open
        for (lineID, quantity) in order.planned { missing[lineID, default: 0] -= quantity }
        var number = order.shipments.last?.number ?? 0
        var shipments: [Shipment] = []
        for allocation in allocations {
            guard let place = state.warehouse(allocation.warehouse) else { return [] }
            let lines = take(allocation.lines, from: &missing)
            for parcel in order.delivery == .virtual ? [lines] : pack(lines) where !parcel.isEmpty {
                number += 1
                shipments.append(shipment(number, parcel, from: place, at: now))
            }
        }
        return shipments
    }

    /// The pieces of an allocation that are still wanted, each line once.
    private func take(_ lines: [LineQuantity], from missing: inout Order.Pieces) -> [ShipmentLine] {
        var taken: [ShipmentLine] = []
        for line in lines {
            let quantity = min(line.quantity, missing[line.lineID] ?? 0)
            guard quantity > 0 else { continue }
            missing[line.lineID, default: 0] -= quantity
            if let index = taken.firstIndex(where: { $0.lineID == line.lineID }) {
                taken[index].quantity += quantity
            } else {
                taken.append(
                    ShipmentLine(
                        lineID: line.lineID, sku: line.sku, quantity: quantity, unitWeightGrams: unitWeight(line.sku)))
            }
        }
        return taken
    }

    private func pack(_ lines: [ShipmentLine]) -> [[ShipmentLine]] {
        var rules: [String: PackingRule] = [:]
        for line in lines { rules[line.sku] = state.item(line.sku)?.packing }
        return packParcels(lines, rules: rules)
    }

    /// An item without a weight weighs what intake's sum gives one piece.
    private func unitWeight(_ sku: String) -> Int64 {
        if let item = state.item(sku), item.weightGrams > 0 { return item.weightGrams }
        let pieces = order.lines.reduce(Int64(0)) { $0 + $1.quantity }
        return pieces > 0 ? order.weightGrams / pieces : 0
    }

    private func shipment(
        _ number: Int64, _ lines: [ShipmentLine], from place: WarehousePlace, at now: Instant
    ) -> Shipment {
        let shipmentID = "\(order.orderID)-S\(number)"
        let label = label(shipmentID, grams: lines.reduce(0) { $0 + $1.weightGrams }, from: place, at: now)
        return Shipment(
            shipmentID: shipmentID, number: number, warehouse: place.warehouse, plannedAt: now, parcelID: shipmentID,
            label: label, lines: lines,
            state: order.delivery == .virtual || label.callID != nil ? .planned : .labelled)
    }

    private func label(_ shipmentID: String, grams: Int64, from place: WarehousePlace, at now: Instant) -> Label {
        switch order.delivery {
        case .virtual: return Label(carrier: Self.noCarrier, waybill: shipmentID)
        case .pickup, .local: return Label(carrier: Self.ownCarrier, waybill: shipmentID)
        case .express:
            let zone = CarrierTariff.Zone(from: place, to: order.region)
            let (carrier, days) = rules.carrier(forGrams: grams, zone, state.carriers, at: now)
            guard rules.labelledCarriers.isEmpty else {
                return .awaited("\(shipmentID)-L1", carrier: carrier, promiseDays: days)
            }
            let number = SandboxWaybill.freeNumber(of: shipmentID, carrier: carrier) { state.isTaken(carrier, $0) }
            return Label(carrier: carrier, waybill: number ?? shipmentID, promiseDays: days)
        }
    }
}

extension State<FulfilmentAggregate> {
    /// Whether a shipment is known to have this number; one that nobody looked up counts as free.
    func isTaken(_ carrier: String, _ waybill: String) -> Bool {
        let key = Key.waybill(carrier, waybill)
        guard isLoaded(key), let order = order(key) else { return false }
        return order.shipment(carrier: carrier, waybill: waybill) != nil
    }
}
