import CommissionDomain
import Contracts
import Postgres

extension PlanComparison {
    /// Compares all orders placed since then, slice by slice; each slice is of one moment.
    mutating func run(
        since: Instant, _ connection: Connection, slice: Int32 = 5000, progress: (Int64) -> Void = { _ in }
    ) throws {
        // The first characters of an id are the second in which its order was placed.
        var last = String(OrderID(channel: "", externalOrderID: "", placedAt: since).text.prefix(7))
        while let next = try PlacedSlice(
            after: last, limit: slice, isShifting: plan.selfPurchase == .shift, connection)
        {
            try add(next.orders.filter { $0.placed.placedAt >= since }, members: next.members, items: next.items)
            last = next.lastID
            progress(orders)
        }
    }
}
