import CommissionDomain
import Contracts
import Postgres
import Support
import Testing

@testable import Ops

@Suite("ops simulate plan with own purchases", .serialized)
struct SimulateOwnPurchasesTests {
    private static let shifting = DistributionPlan.sample(selfPurchase: .shift)
    private static let others = Attribution.sample(chain: [ChainLink(memberID: "M9"), ChainLink(memberID: "M8")])

    /// M3, below M1 until after the sale, buys for itself twice, once without a distributor; somebody else buys once.
    private static func fill(_ plan: DistributionPlan, _ body: (CommissionBooks) throws -> Void) throws {
        try CommissionBooks.with([plan]) { books in
            for member: DistributionMember in [
                .sample(memberID: "M3", parentID: "M1", buyers: ["wechat-mini/u-77"]), .sample(memberID: "M1"),
                .sample(memberID: "M3", parentID: "M5", effectiveFrom: .sample + .days(1)), .sample(memberID: "M5"),
            ] { books.publish(member) }
            try books.settle()
            try books.sell(.sold("A", attribution: others))
            try books.sell(.sold("B", attribution: nil))
            try books.sell(
                .sample(externalOrderID: "C", buyerID: "wechat-mini/u-78", attribution: others))
            try books.sell(.sample(externalOrderID: "D", buyerID: "wechat-mini/u-79"))
            try books.tell([CaseRefunded.sold(3333, order: .sample("A"))])
            try body(books)
        }
    }

    private static func simulation(
        _ plan: DistributionPlan, _ books: CommissionBooks, slice: Int32 = 5000
    ) throws -> PlanComparison {
        var simulation = try PlanComparison(plan)
        try simulation.run(since: .sample + .days(-90), books.connection, slice: slice)
        return simulation
    }

    @Test(arguments: [1, 5000] as [Int32]) func samePlanChangesNothing(slice: Int32) throws {
        try Self.fill(Self.shifting) { books in
            let simulation = try Self.simulation(Self.shifting, books, slice: slice)
            // 1000 and 500 of three orders, less a third of one.
            #expect(simulation.orders == 3 && simulation.now.paidOut == 4000)
            #expect(simulation.then == simulation.now && simulation.gaining == 0 && simulation.losing == 0)
        }
    }

    @Test func shiftPaysTheBuyerInThePlaceOfOthers() throws {
        try Self.fill(.sample()) { books in
            let simulation = try Self.simulation(Self.shifting, books)
            #expect(simulation.orders == 3 && simulation.now.paidOut == 2500 && simulation.then.paidOut == 4000)
            let gains = simulation.gains(top: 9).map { "\($0.memberID) \($0.earnings.difference)" }
            #expect(gains == ["M3 1667", "M1 833"])
            let losses = simulation.losses(top: 9).map { "\($0.memberID) \($0.earnings.difference)" }
            #expect(losses == ["M9 -667", "M8 -333"])
        }
    }

    /// What the books paid for an order of nobody's is lost under a plan that blocks.
    @Test func blockTakesItFromTheBuyer() throws {
        try Self.fill(Self.shifting) { books in
            let simulation = try Self.simulation(.sample(version: 2), books)
            #expect(simulation.orders == 3 && simulation.now.paidOut == 4000 && simulation.then.paidOut == 2500)
            #expect(simulation.losses(top: 9).map(\.memberID) == ["M3", "M1"])
        }
    }
}
