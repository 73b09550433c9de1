import Contracts

/// Which warehouse gives what to an order, and why.
struct Route: Equatable {
    let allotments: [Allotment]
    let routing: Routing
}

/// Routes lines of which there is enough: whoever calls has looked at `Warehouses.free(of:)`.
///
/// - Source: DESIGN section 4, "Routing".
func routeOrder(
    _ lines: [StockRequest.Line], from warehouses: Warehouses, stocks: (String) -> Stock,
    items: (String) -> CatalogItem?
) -> Route {
    let skus = StockRequest(channel: "", region: nil, lines: lines).skus.map { sku in
        let stock = stocks(sku)
        return RoutedSKU(
            sku: sku, pieces: lines.reduce(0) { $0 + ($1.sku == sku ? $1.quantity : 0) },
            gramsPerPiece: grams(items(sku)), free: warehouses.eligible.map { stock.level($0.id).free })
    }
    guard let plan = chooseWarehouses(for: skus, from: warehouses.eligible) else {
        preconditionFailure("no route for \(skus.map(\.sku)), though there is enough")
    }
    return Route(
        allotments: allotments(of: lines, by: plan, skus, warehouses.eligible),
        routing: explain(plan, skus, warehouses))
}

/// Gives each line its pieces, lines in their order, warehouses in theirs.
private func allotments(
    of lines: [StockRequest.Line], by plan: Plan, _ skus: [RoutedSKU], _ candidates: [Warehouses.Candidate]
) -> [Allotment] {
    var left = Dictionary(uniqueKeysWithValues: zip(skus.map(\.sku), plan.pieces))
    return lines.flatMap { line -> [Allotment] in
        var wanted = line.quantity
        var allotments: [Allotment] = []
        for (place, member) in plan.members.enumerated() where wanted > 0 {
            let quantity = min(wanted, left[line.sku]?[place] ?? 0)
            guard quantity > 0 else { continue }
            wanted -= quantity
            left[line.sku]?[place] -= quantity
            allotments.append(
                Allotment(
                    lineID: line.lineID, sku: line.sku, warehouse: candidates[member].id, quantity: quantity))
        }
        return allotments
    }
}

/// Says in words what was chosen, and what spoke against each of the others.
private func explain(_ plan: Plan, _ skus: [RoutedSKU], _ warehouses: Warehouses) -> Routing {
    let candidates = warehouses.eligible
    let rejected = candidates.indices.filter { !plan.members.contains($0) }.map { index in
        "\(candidates[index].id): \(objection(to: index, plan, skus, candidates))"
    }
    let chosen = plan.members.map { "\(candidates[$0].id) (\(candidates[$0].metres / 1000) km)" }
    let count = plan.members.count
    let why = count == 1 ? "one parcel from " : "\(count) parcels, as none alone has everything: "
    return Routing(
        parcels: Int64(count), cost: Warehouses.minorUnits(plan.exactCost),
        why: String((why + chosen.joined(separator: ", ")).prefix(500)),
        rejected: Array((rejected + warehouses.ineligible).prefix(20)))
}

private func objection(
    to candidate: Int, _ plan: Plan, _ skus: [RoutedSKU], _ candidates: [Warehouses.Candidate]
) -> String {
    if let short = skus.first(where: { $0.free[candidate] < $0.pieces }) {
        return "has \(short.free[candidate]) of \(short.pieces) \(short.sku)"
    }
    var cost = candidates[candidate].exactHandlingCost
    for sku in skus { cost += Int128(sku.pieces) * Int128(sku.gramsPerPiece) * candidates[candidate].costPerGram }
    if cost == plan.exactCost { return "costs the same, its priority is not smaller" }
    return "costs \(Warehouses.minorUnits(cost)), \(candidates[candidate].metres / 1000) km"
}
