import Contracts

/// A tree of distributors three levels deep: 3 at the top, 12 below them, 60 below those, who bring the buyers.
enum DemoMembers {
    /// The distributor of the agent's channel: has two above it, so that three legs are accrued there too.
    static let agent = "T1-1-1"
    /// Those who bring buyers.
    static let sellers = all.filter { $0.level == 3 }.map(\.id)

    static let all: [(id: String, parent: String?, level: Int)] = (1...3).flatMap { top in
        [(id: "T\(top)", parent: String?.none, level: 1)]
            + (1...4).flatMap { middle in
                [(id: "T\(top)-\(middle)", parent: Optional("T\(top)"), level: 2)]
                    + (1...5).map { (id: "T\(top)-\(middle)-\($0)", parent: Optional("T\(top)-\(middle)"), level: 3) }
            }
    }

    static var records: [OutgoingRecord] {
        all.map { member in
            let grades = ["diamond", "gold", "silver"]
            let message = DistributionMember(
                memberID: member.id, parentID: member.parent, grade: grades[member.level - 1],
                name: "分销商 \(member.id)", status: .active, joinedAt: DemoScript.beginning,
                effectiveFrom: DemoScript.beginning, buyers: [])
            return OutgoingRecord(
                message, on: .distributionMembers, key: member.id, id: "demo/member/\(member.id)", source: "/ops/demo")
        }
    }

    /// Three paid levels, hence acknowledged; the compliance guard wants that above two.
    static var plan: OutgoingRecord {
        let rates: [Int64] = [1000, 500, 200]
        let plan = DistributionPlan(
            planID: "demo", version: 1, effectiveFrom: DemoScript.beginning,
            levels: rates.enumerated().map { index, rate in
                DistributionPlan.Level(level: Int64(index) + 1, rates: [DistributionPlan.Rate(.basisPoints(rate))])
            }, poolCapBasisPoints: 3000, freezeDays: 7, minimumPayout: 1000, acknowledgeLevels: true)
        return OutgoingRecord(plan, on: .distributionPlans, key: "demo", id: "demo/plan/demo/1", source: "/ops/demo")
    }
}
