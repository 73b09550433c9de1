import CommissionDomain
import Contracts
import Pipeline
import Support

@testable import Commission

/// The commission service on memory with a plan that is known, and what tests ask it.
struct CommissionScene {
    let harness: ServiceHarness<CommissionHandler>

    /// - Parameter plan: `nil` leaves the service without any plan.
    init(_ plan: DistributionPlan? = .sample(), rules: CommissionRules = CommissionRules()) throws {
        harness = ServiceHarness(CommissionHandler(rules: rules))
        if let plan { publish(plan) }
        try harness.settle()
    }

    func publish(_ plan: DistributionPlan) {
        harness.publish(plan, on: .distributionPlans, key: plan.planID)
    }

    func order(_ orderID: OrderID = .sample) throws -> CommissionOrder {
        guard case .order(let order) = harness.database.aggregates[.order(orderID)] else { throw MissingOrder() }
        return order
    }

    struct MissingOrder: Error {}

    /// All journals ever booked, by id.
    var journals: [Journal] {
        harness.database.aggregates.sorted { $0.key < $1.key }.compactMap { _, aggregate in
            if case .journal(let journal) = aggregate { journal } else { nil }
        }
    }

    /// What all entries of an account sum to.
    func balance(_ account: LedgerAccount) -> Int64 {
        journals.flatMap(\.entries).filter { $0.account == account }.reduce(0) { $0 + $1.amount }
    }

    func frozen(_ member: String) -> Int64 { balance(.frozen(member: member)) }
    func available(_ member: String) -> Int64 { balance(.available(member: member)) }

    /// Nothing is put aside and nobody has anything.
    var isEven: Bool {
        let entries = journals.flatMap(\.entries)
        return Set(entries.map(\.account)).allSatisfy { balance($0) == 0 }
    }
}

extension OrderPlaced {
    /// 100.00 sold by M3, below M1.
    static func sold(
        _ lines: [PlacedLine] = [.sample()], freight: Int64 = 0, attribution: Attribution? = .sample(),
        historical: Bool = false, kind: OrderKind = .sale
    ) -> OrderPlaced {
        .sample(kind: kind, lines: lines, freight: freight, historical: historical, attribution: attribution)
    }
}

extension OrderCancelled {
    static func sample(_ reason: CancelReason = .buyer, refundDue: Int64 = 0) -> OrderCancelled {
        OrderCancelled(orderID: .sample, reason: reason, cancelledAt: .sample, refundDue: refundDue, version: 9)
    }
}

extension CaseClosed {
    static func sample(number: Int = 1, outcome: CaseOutcome = .refunded) -> CaseClosed {
        CaseClosed(
            orderID: .sample, caseID: "\(OrderID.sample)-A\(number)", outcome: outcome, closedAt: .sample, version: 4)
    }
}

extension CaseRefunded {
    static func sample(number: Int = 1, _ amount: Int64, of lineID: String = "1") -> CaseRefunded {
        .sample(number: number, lines: [RefundedLine(lineID: lineID, quantity: 1, amount: amount)])
    }
}

extension OrderAttributionChanged {
    static func sample(_ attribution: Attribution?, version: Int64 = 5) -> OrderAttributionChanged {
        OrderAttributionChanged(orderID: .sample, attribution: attribution, reason: "bound late", version: version)
    }
}
