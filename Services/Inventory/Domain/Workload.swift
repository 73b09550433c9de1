public import Contracts

/// How many parcels a warehouse was given on the newest day on which it was given any.
///
/// - Shape: kept for warehouses alone that can send only so many a day; a parcel counts on the day its stock was set aside,
///   and an order that is cancelled later keeps its place in that day.
/// - Source: DESIGN section 4, "Routing": capacity.
public struct Workload: Hashable, Sendable {
    public let warehouse: String
    public internal(set) var day: CivilDay
    public internal(set) var parcels: Int64
    /// The database has a row of it.
    public let isStored: Bool

    public init(warehouse: String, day: CivilDay, parcels: Int64, isStored: Bool = false) {
        self.warehouse = warehouse
        self.day = day
        self.parcels = parcels
        self.isStored = isStored
    }

    fileprivate mutating func add(on day: CivilDay) {
        parcels = self.day == day ? parcels + 1 : 1
        self.day = day
    }
}

extension Booking {
    /// The warehouses that still have room on a day; the others become ineligible, with the reason.
    func withRoom(_ warehouses: Warehouses, on day: CivilDay) -> Warehouses {
        var full: [String: String] = [:]
        for warehouse in state.warehouses {
            guard let most = warehouse.dailyParcels, let workload = workload(warehouse.warehouse, on: day) else {
                continue
            }
            let parcels = workload.day == day ? workload.parcels : 0
            if parcels >= most { full[warehouse.warehouse] = "is full today, \(parcels) parcels" }
        }
        return full.isEmpty ? warehouses : warehouses.without(full)
    }

    /// One parcel from each warehouse.
    mutating func countParcels(_ allotments: [Allotment], on day: CivilDay) {
        for warehouse in Set(allotments.map(\.warehouse)).sorted() {
            guard state.warehouses.contains(where: { $0.warehouse == warehouse && $0.dailyParcels != nil }),
                var workload = workload(warehouse, on: day)
            else { continue }
            workload.add(on: day)
            change(workload)
        }
    }

    /// `nil` when the message has not named it: then nobody asked how full it is.
    private func workload(_ warehouse: String, on day: CivilDay) -> Workload? {
        if let changed = changedWorkload(warehouse) { return changed }
        guard state.isLoaded(.workload(warehouse)) else { return nil }
        return state.workload(warehouse) ?? Workload(warehouse: warehouse, day: day, parcels: 0)
    }
}
