import CommissionDomain
import Contracts

/// What a simulated plan comes to, for people and programs.
struct PlanSimulationReport: Encodable {
    let planID: String
    let version: Int64
    let currency: String
    let days: Int64
    let since: String
    let orders: Int64
    let ordersInOtherCurrencies: Int64
    let now: Sums
    let then: Sums
    let gaining: Int
    let losing: Int
    let gains: [Member]
    let losses: [Member]
    /// What the sums leave out.
    let notes: [String]

    struct Sums: Encodable, Equatable {
        let paidOut: Int64
        let companyShare: Int64
        let remainder: Int64

        init(_ totals: PlanComparison.Totals) {
            paidOut = totals.paidOut
            companyShare = totals.companyShare
            remainder = totals.remainder
        }
    }

    struct Member: Encodable, Equatable {
        let memberID: String
        let now: Int64
        let then: Int64
        let difference: Int64

        init(_ memberID: String, _ earnings: PlanComparison.Earnings) {
            self.memberID = memberID
            now = earnings.now
            then = earnings.then
            difference = earnings.difference
        }
    }

    init(_ simulation: PlanComparison, since: Instant, days: Int64, top: Int) {
        let plan = simulation.plan
        planID = plan.planID
        version = plan.version
        currency = plan.currency
        self.days = days
        self.since = since.description
        orders = simulation.orders
        ordersInOtherCurrencies = simulation.ordersInOtherCurrencies
        now = Sums(simulation.now)
        then = Sums(simulation.then)
        gaining = simulation.gaining
        losing = simulation.losing
        gains = simulation.gains(top: top).map(Member.init)
        losses = simulation.losses(top: top).map(Member.init)
        notes = plan.teamTiers.isEmpty ? [] : ["team bonuses are settled by period and are not in it"]
    }

    var text: String {
        var parts = ["plan \(planID) version \(version) on \(orders) orders in \(currency) placed since \(since)"]
        if ordersInOtherCurrencies > 0 {
            parts.append("\(ordersInOtherCurrencies) orders in other currencies are left out")
        }
        parts += notes
        let sums: [(String, Int64, Int64)] = [
            ("paid out", now.paidOut, then.paidOut), ("company share", now.companyShare, then.companyShare),
            ("remainder", now.remainder, then.remainder),
        ]
        parts.append(
            Screen.table(
                ["", "by the books", "by the plan", "difference"],
                sums.map { [$0, Summary.money($1), Summary.money($2), Summary.money($2 - $1)] }))
        parts.append("\(gaining) members gain, \(losing) lose")
        for (name, members) in [("gain most", gains), ("lose most", losses)] where !members.isEmpty {
            let rows = members.map {
                [$0.memberID, Summary.money($0.now), Summary.money($0.then), Summary.money($0.difference)]
            }
            parts.append("\(name)\n" + Screen.table(["member", "by the books", "by the plan", "difference"], rows))
        }
        return parts.joined(separator: "\n\n")
    }
}
