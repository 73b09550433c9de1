import Contracts

extension Draft {
    /// Gives what an order has at a warehouse into people's hands: it leaves by command or with a carrier's scan.
    ///
    /// - Returns: Why not; the same wave again changes nothing.
    mutating func carryOut(_ command: ReleaseWave) -> String? {
        guard !command.waveID.isEmpty else { return "the wave has no name" }
        let here = order.shipments.filter { $0.warehouse == command.warehouse && $0.isOpen }
        guard !here.isEmpty else { return "the order has no parcel that is still at \(command.warehouse)" }
        if let other = here.first(where: { $0.waveID != nil && $0.waveID != command.waveID }) {
            return "shipment \(other.shipmentID) is in wave \(other.waveID ?? "")"
        }
        if let shipment = here.first(where: \.awaitsLabel) {
            return "shipment \(shipment.shipmentID) waits for its waybill"
        }
        let free = order.dispatchable.filter { $0.warehouse == command.warehouse }
        guard !free.isEmpty else { return "the order's goods at \(command.warehouse) are stopped" }
        let new = free.filter { $0.waveID == nil }
        guard !new.isEmpty else { return nil }
        change(
            .shipments(
                new.map { shipment in
                    var shipment = shipment
                    shipment.waveID = command.waveID
                    return shipment
                }))
        dropIdleTimer()
        return nil
    }
}
