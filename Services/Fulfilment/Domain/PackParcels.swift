/// Spreads what one warehouse gives over parcels that people can carry.
///
/// - Parameters:
///   - limitGrams: Of one parcel; a piece that is heavier by itself travels alone.
///   - maximumParcels: The last one takes what is left, whatever it weighs.
/// - Returns: At least one parcel unless there are no pieces; each with at least one piece.
func packParcels(
    _ lines: [ShipmentLine], limitGrams: Int64 = 30_000, maximumParcels: Int = 20
) -> [[ShipmentLine]] {
    var parcels: [[ShipmentLine]] = []
    var parcel: [ShipmentLine] = []
    var room = limitGrams
    for line in lines {
        var left = line.quantity
        // Each turn but the last of a line closes a parcel.
        while left > 0 {
            let isLast = parcels.count == maximumParcels - 1
            var taken = isLast || line.unitWeightGrams == 0 ? left : min(left, room / line.unitWeightGrams)
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
    if !parcel.isEmpty { parcels.append(parcel) }
    return parcels
}
