public import Contracts

/// What another plan would have paid on some orders, beside what the books hold for them.
///
/// Orders may come in slices and are forgotten with them: what stays in memory is one pair of sums per member who earns.
public struct PlanComparison: Sendable {
    /// What is left after refunds, in minor units.
    public struct Totals: Sendable, Equatable {
        public var paidOut: Int64
        public var companyShare: Int64
        public var remainder: Int64

        public init(paidOut: Int64 = 0, companyShare: Int64 = 0, remainder: Int64 = 0) {
            self.paidOut = paidOut
            self.companyShare = companyShare
            self.remainder = remainder
        }

        static func + (left: Totals, right: Totals) -> Totals {
            Totals(
                paidOut: left.paidOut + right.paidOut, companyShare: left.companyShare + right.companyShare,
                remainder: left.remainder + right.remainder)
        }
    }

    /// What one member has by the books, and would have by the plan.
    public struct Earnings: Sendable, Equatable {
        public var now: Int64 = 0
        public var then: Int64 = 0

        public var difference: Int64 { then - now }
    }

    /// A confirmed order and what the books hold for it.
    public struct Order: Sendable {
        /// With the attribution it has now.
        public let placed: OrderPlaced
        let refunds: [CaseRefunded]
        let companyShare: Int64
        let remainder: Int64
        /// What is left of the legs, by member.
        let earned: [String: Int64]

        public init(
            placed: OrderPlaced, refunds: [CaseRefunded], companyShare: Int64, remainder: Int64,
            earned: [String: Int64]
        ) {
            self.placed = placed
            self.refunds = refunds
            self.companyShare = companyShare
            self.remainder = remainder
            self.earned = earned
        }
    }

    public let plan: DistributionPlan
    public private(set) var orders: Int64 = 0
    /// Orders in a currency that the plan does not pay in: they are left out.
    public private(set) var ordersInOtherCurrencies: Int64 = 0
    public private(set) var now = Totals()
    public private(set) var then = Totals()
    private var members: [String: Earnings] = [:]

    /// - Throws: `Fault` for a plan that nobody answers for.
    public init(_ plan: DistributionPlan) throws(Fault) {
        self.plan = plan
        _ = try CommissionTrial(plan: plan)
    }

    /// - Parameters:
    ///   - members: Buyers who are distributors, and those above, with their past.
    ///   - items: The classes of all SKUs, with their past.
    public mutating func add(
        _ slice: [Order], members: [DistributionMember], items: [CatalogItem]
    ) throws(Fault) {
        // A trial keeps every order it has seen, so each slice has one of its own.
        var trial = try CommissionTrial(plan: plan, members: members, items: items)
        for order in slice {
            guard order.placed.currency == plan.currency else {
                ordersInOtherCurrencies += 1
                continue
            }
            orders += 1
            add(try trial.order(order.placed), sign: 1)
            for refund in order.refunds { add(try trial.refund(refund), sign: -1) }
            let paidOut = order.earned.values.reduce(0, +)
            now = now + Totals(paidOut: paidOut, companyShare: order.companyShare, remainder: order.remainder)
            for (memberID, amount) in order.earned { self.members[memberID, default: Earnings()].now += amount }
        }
    }

    /// Who would gain or lose most, the greatest difference first.
    public func gains(top: Int) -> [(memberID: String, earnings: Earnings)] {
        ranked { $0 > 0 }.prefix(top).map(\.self)
    }

    public func losses(top: Int) -> [(memberID: String, earnings: Earnings)] {
        ranked { $0 < 0 }.prefix(top).map(\.self)
    }

    public var gaining: Int { members.values.count { $0.difference > 0 } }
    public var losing: Int { members.values.count { $0.difference < 0 } }

    private func ranked(_ isMeant: (Int64) -> Bool) -> [(memberID: String, earnings: Earnings)] {
        members.filter { isMeant($0.value.difference) }.sorted {
            ($1.value.difference.magnitude, $0.key) < ($0.value.difference.magnitude, $1.key)
        }.map { (memberID: $0.key, earnings: $0.value) }
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
