import Contracts

/// Which open shipments may travel as one parcel: of one buyer, to one place, planned within a window.
enum MergeGroups {
    struct Candidate: Equatable {
        let shipmentID: String
        /// The buyer and the fingerprint of the address.
        let destination: String
        let plannedAt: Instant
        let weightGrams: Int64
    }

    /// Groups of two and more, each as full as the order of planning makes it; nothing is in two of them.
    static func make(_ candidates: [Candidate], within window: Duration) -> [[Candidate]] {
        var order: [String] = []
        var byDestination: [String: [[Candidate]]] = [:]
        for candidate in candidates.sorted(by: { ($0.plannedAt, $0.shipmentID) < ($1.plannedAt, $1.shipmentID) }) {
            let destination = candidate.destination
            if byDestination[destination] == nil { order.append(destination) }
            var groups = byDestination[destination] ?? []
            if let index = groups.firstIndex(where: { admits(candidate, $0, window) }) {
                groups[index].append(candidate)
            } else {
                groups.append([candidate])
            }
            byDestination[destination] = groups
        }
        return order.flatMap { byDestination[$0] ?? [] }.filter { $0.count > 1 }
    }

    private static func admits(_ candidate: Candidate, _ group: [Candidate], _ window: Duration) -> Bool {
        guard let first = group.first, group.count < MergeShipments.maximumShipments else { return false }
        let grams = group.reduce(candidate.weightGrams) { $0 + $1.weightGrams }
        return grams <= MergeShipments.maximumGrams && candidate.plannedAt <= first.plannedAt + window
    }
}
