import CommissionDomain
import Contracts
import Postgres

/// What another plan would have paid on the orders of some days, beside what the books hold for them.
///
/// Orders come in slices and are forgotten with them: what stays in memory is one pair of sums per member who earns.
struct PlanSimulation {
    let plan: DistributionPlan
    /// Placed then or later.
    let since: Instant
    private(set) var orders: Int64 = 0
    /// Confirmed orders in a currency that the plan does not pay in: they are left out.
    private(set) var ordersInOtherCurrencies: Int64 = 0
    private(set) var now = Totals()
    private(set) var then = Totals()
    private var members: [String: Earnings] = [:]

    /// What is left after refunds, in minor units.
    struct Totals: Equatable {
        var paidOut: Int64 = 0
        var companyShare: Int64 = 0
        var remainder: Int64 = 0

        static func + (left: Totals, right: Totals) -> Totals {
            Totals(
                paidOut: left.paidOut + right.paidOut, companyShare: left.companyShare + right.companyShare,
                remainder: left.remainder + right.remainder)
        }
    }

    /// What one member has by the books, and would have by the plan.
    struct Earnings: Equatable {
        var now: Int64 = 0
        var then: Int64 = 0

        var difference: Int64 { then - now }
    }

    /// - Throws: `Fault` for a plan that nobody answers for.
    init(_ plan: DistributionPlan, since: Instant) throws(Fault) {
        self.plan = plan
        self.since = since
        _ = try CommissionTrial(plan: plan)
    }

    /// Reads all orders to the last, slice by slice; each slice is of one moment.
    mutating func run(_ connection: Connection, slice: Int32 = 5000, progress: (Int64) -> Void = { _ in }) throws {
        // The first characters of an id are the second in which its order was placed.
        var last = String(OrderID(channel: "", externalOrderID: "", placedAt: since).text.prefix(7))
        while let next = try PlacedSlice(
            after: last, limit: slice, isShifting: plan.selfPurchase == .shift, connection)
        {
            try add(next)
            last = next.lastID
            progress(orders)
        }
    }

    /// Who would gain or lose most, the greatest difference first.
    func gains(top: Int) -> [(memberID: String, earnings: Earnings)] { ranked { $0 > 0 }.prefix(top).map(\.self) }
    func losses(top: Int) -> [(memberID: String, earnings: Earnings)] { ranked { $0 < 0 }.prefix(top).map(\.self) }

    var gaining: Int { members.values.count { $0.difference > 0 } }
    var losing: Int { members.values.count { $0.difference < 0 } }

    private func ranked(_ isMeant: (Int64) -> Bool) -> [(memberID: String, earnings: Earnings)] {
        members.filter { isMeant($0.value.difference) }.sorted {
            ($1.value.difference.magnitude, $0.key) < ($0.value.difference.magnitude, $1.key)
        }.map { (memberID: $0.key, earnings: $0.value) }
    }

    private mutating func add(_ slice: PlacedSlice) throws {
        // A trial keeps every order it has seen, so each slice has one of its own.
        var trial = try CommissionTrial(plan: plan, members: slice.members, items: slice.items)
        for order in slice.orders where order.placed.placedAt >= since {
            guard order.placed.currency == plan.currency else {
                ordersInOtherCurrencies += 1
                continue
            }
            orders += 1
            add(try trial.order(order.placed), sign: 1)
            for refund in order.refunds { add(try trial.refund(refund), sign: -1) }
            now = now + order.booked
            for (memberID, amount) in order.earned { members[memberID, default: Earnings()].now += amount }
        }
    }

    private mutating func add(_ step: CommissionTrial.Step, sign: Int64) {
        for leg in step.legs {
            then.paidOut += sign * leg.amount
            members[leg.memberID, default: Earnings()].then += sign * leg.amount
        }
        then.companyShare += sign * step.companyShare
        then.remainder += sign * step.remainder
    }
}
