public import Contracts

/// Spreads what one warehouse gives over parcels that people can carry, by what items want of their parcels.
///
/// - Parameters:
///   - rules: By SKU; items without one go together.
///   - limitGrams: Of one parcel; a piece that is heavier by itself travels alone.
///   - maximumParcels: The last one takes what is left, whatever it weighs and however it wants to travel.
/// - Returns: At least one parcel unless there are no pieces; each with at least one piece.
func packParcels(
    _ lines: [ShipmentLine], rules: [String: PackingRule] = [:], limitGrams: Int64 = 30_000, maximumParcels: Int = 20
) -> [[ShipmentLine]] {
    var parcels: [[ShipmentLine]] = []
    for group in grouped(lines, rules) {
        var parcel: [ShipmentLine] = []
        var room = limitGrams
        for line in group {
            let mostPieces = rules[line.sku]?.piecesPerParcel ?? .max
            var left = line.quantity
            // Each turn but the last of a line closes a parcel.
            while left > 0 {
                let isLast = parcels.count >= maximumParcels - 1
                var taken = left
                if !isLast {
                    let there = parcel.reduce(0) { $0 + ($1.sku == line.sku ? $1.quantity : 0) }
                    taken = min(taken, mostPieces - there)
                    if line.unitWeightGrams > 0 { taken = min(taken, room / line.unitWeightGrams) }
                }
                if taken == 0, parcel.isEmpty { taken = 1 }
                if taken > 0 {
                    var part = line
                    part.quantity = taken
                    parcel.append(part)
                    room = max(0, room - part.weightGrams)
                    left -= taken
                }
                if left > 0 {
                    parcels.append(parcel)
                    parcel = []
                    room = limitGrams
                }
            }
        }
        guard !parcel.isEmpty else { continue }
        if parcels.count < maximumParcels { parcels.append(parcel) } else { parcels[parcels.count - 1] += parcel }
    }
    return parcels
}

/// Lines that may share a parcel, in the order of their first line.
private func grouped(_ lines: [ShipmentLine], _ rules: [String: PackingRule]) -> [[ShipmentLine]] {
    var names: [String] = []
    var groups: [String: [ShipmentLine]] = [:]
    for line in lines {
        let rule = rules[line.sku]
        let name = rule?.alone == true ? "sku/\(line.sku)" : "group/\(rule?.group ?? "")"
        if groups[name] == nil { names.append(name) }
        groups[name, default: []].append(line)
    }
    return names.compactMap { groups[$0] }
}

public typealias PackingRule = CatalogItem.Packing
