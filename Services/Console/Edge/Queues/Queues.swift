import ConsoleDomain

/// Every queue, in the order of the navigation.
enum Queues {
    static let all: [WorkQueue] = [
        HoldQueue.holds, UnmatchedQueue.unmatched, ShipQueue.ship, LateQueue.late, CaseQueue.cases, CaseQueue.refunds,
        StockQueue.stock, PayoutQueue.payouts, AdjustmentQueue.adjustments, HeldQueue.held, DeadLetterQueue.letters,
    ]

    /// Why orders are held, and what else waits, is no affair of those who sell.
    static func seen(by visit: Visit) -> [WorkQueue] {
        visit.viewer.scope.member == nil ? all.filter { visit.viewer.may($0.view) } : []
    }

    /// - Throws: `SiteProblem.notFound` for members.
    static func check(_ visit: Visit) throws(SiteProblem) {
        guard visit.viewer.scope.member == nil else { throw .notFound }
    }
}
