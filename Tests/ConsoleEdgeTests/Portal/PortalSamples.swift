import Contracts
import Support

/// A small line of members, `M1` above `M3` above `M7`, and what one order of `M3` brings them.
enum PortalSamples {
    static let members: [DistributionMember] = [
        member("M1", nil, "王五"), member("M3", "M1", "李雷"), member("M7", "M3", "韩梅梅"), member("M8", "M3", "Alexander"),
        member("M9", nil, "外人"),
    ]

    private static func member(_ memberID: String, _ parentID: String?, _ name: String) -> DistributionMember {
        DistributionMember(
            memberID: memberID, parentID: parentID, grade: "gold", name: name, status: .active,
            joinedAt: .sample + .days(-30), effectiveFrom: .sample + .days(-30))
    }

    static func placed(_ externalOrderID: String, by chain: [String], price: Int64 = 10_000, day: Int64 = 0)
        -> OrderPlaced
    {
        OrderPlaced.sample(
            externalOrderID: externalOrderID, placedAt: .sample + .days(day), lines: [.sample(unitPrice: price)],
            attribution: Attribution(
                memberID: chain[0], kind: .binding, chain: chain.map { ChainLink(memberID: $0, grade: "gold") },
                reason: "bound", contest: []))
    }

    static func leg(_ memberID: String, _ amount: Int64, level: Int64 = 1) -> CommissionLeg {
        CommissionLeg(
            memberID: memberID, level: level, kind: .level, lineID: "1", base: 10_000,
            rateBasisPoints: amount, amount: amount, why: "why of \(memberID)")
    }

    static func accrued(_ orderID: OrderID, _ legs: [CommissionLeg], at: Instant = .sample, version: Int64 = 1)
        -> CommissionAccrued
    {
        CommissionAccrued(
            orderID: orderID, planID: "2026", planVersion: 1, currency: "CNY", legs: legs, companyShare: 0,
            remainder: 0, at: at, version: version)
    }

    static func matured(_ orderID: OrderID, _ legs: [CommissionLeg], version: Int64 = 2) -> CommissionMatured {
        CommissionMatured(
            orderID: orderID, planID: "2026", planVersion: 1, currency: "CNY", legs: legs, companyShare: 0,
            remainder: 0, at: .sample + .hours(5), version: version)
    }

    static func reversed(
        _ orderID: OrderID, _ legs: [CommissionLeg], reason: String = "refunded", version: Int64 = 3
    ) -> CommissionReversed {
        CommissionReversed(
            orderID: orderID, planID: "2026", planVersion: 1, currency: "CNY", legs: legs, companyShare: 0,
            remainder: 0, caseID: "\(orderID)-A1", refundID: "R1", reason: reason, at: .sample + .hours(6),
            version: version)
    }

    static func disputed(_ orderID: OrderID, _ memberID: String, version: Int64 = 2) -> CommissionHeld {
        CommissionHeld(
            orderID: orderID, memberID: memberID, entryID: "\(orderID)-J1", kind: .dispute, reason: "少算了运费券",
            heldAt: .sample + .hours(1), version: version)
    }
}
