import CommissionDomain
import Contracts
import Foundation
import Postgres
import Support
import Testing

@testable import Ops

@Suite("ops simulate plan", .serialized)
struct SimulatePlanTests {
    private static func levels(_ first: Int64, _ second: Int64) -> [DistributionPlan.Level] {
        [
            .init(level: 1, rates: [.init(.basisPoints(first))]), .init(level: 2, rates: [.init(.basisPoints(second))]),
        ]
    }

    /// Three orders: one refunded in part, one whose distributor has changed, one of a year ago.
    private static func fill(_ books: CommissionBooks) throws {
        try books.sell(.sold("A"))
        try books.tell([CaseRefunded.sold(3333, order: .sample("A"))])
        try books.sell(.sold("B"))
        let other = Attribution.sample(chain: [ChainLink(memberID: "M9"), ChainLink(memberID: "M1")])
        try books.tell([
            OrderAttributionChanged(orderID: .sample("B"), attribution: other, reason: "bound late", version: 5)
        ])
        try books.sell(.sold("C", placedAt: .sample + .days(-365)))
    }

    private static func simulation(
        _ plan: DistributionPlan, _ books: CommissionBooks, days: Int64 = 90, slice: Int32 = 5000
    ) throws -> PlanComparison {
        var simulation = try PlanComparison(plan)
        try simulation.run(since: .sample + .days(-days), books.connection, slice: slice)
        return simulation
    }

    @Test(arguments: [1, 2, 5000] as [Int32]) func samePlanChangesNothing(slice: Int32) throws {
        try CommissionBooks.with { books in
            try Self.fill(books)
            let simulation = try Self.simulation(.sample(), books, slice: slice)
            #expect(simulation.orders == 2)
            // 1000 and 500 less a third, and 1000 and 500 of the other order.
            #expect(simulation.now.paidOut == 667 + 333 + 1500)
            #expect(simulation.then == simulation.now)
            #expect(simulation.gaining == 0 && simulation.losing == 0)
        }
    }

    @Test func doubledRatesDoubleThePayout() throws {
        try CommissionBooks.with { books in
            try books.sell(.sold("A"))
            try books.sell(.sold("B", [.sample(unitPrice: 20_000)]))
            let plan = DistributionPlan.sample(version: 2, levels: Self.levels(2000, 1000))
            let report = PlanSimulationReport(try Self.simulation(plan, books), since: .sample, days: 90, top: 1)
            #expect(report.now.paidOut == 4500 && report.then.paidOut == 9000)
            #expect(report.now.companyShare == 4500 && report.then.companyShare == 0)
            #expect(report.gaining == 2 && report.losing == 0 && report.losses == [])
            #expect(report.gains.map(\.memberID) == ["M3"] && report.gains.map(\.difference) == [3000])
            #expect(report.text.contains("\npaid out       45.00         90.00        45.00\n"), "\(report.text)")
        }
    }

    @Test func refundsAreTakenBackUnderThePlanToo() throws {
        try CommissionBooks.with { books in
            try books.sell(.sold("A"))
            try books.tell([CaseRefunded.sold(5000, order: .sample("A"))])
            let half = try Self.simulation(.sample(version: 2, levels: Self.levels(2000, 0)), books)
            #expect(half.then == PlanComparison.Totals(paidOut: 1000, companyShare: 500))
            try books.tell([CaseRefunded.sold(5000, order: .sample("A"), number: 2)])
            let whole = try Self.simulation(.sample(version: 2, levels: Self.levels(2000, 0)), books)
            #expect(whole.orders == 1 && whole.then == PlanComparison.Totals() && whole.now == PlanComparison.Totals())
        }
    }

    @Test func whoLosesIsNamed() throws {
        try CommissionBooks.with { books in
            try Self.fill(books)
            let report = PlanSimulationReport(
                try Self.simulation(.sample(version: 2, levels: Self.levels(100, 600)), books), since: .sample,
                days: 90, top: 10)
            #expect(report.losses.map(\.memberID) == ["M9", "M3"])
            #expect(report.gains.map { [$0.memberID, "\($0.now)", "\($0.then)"] } == [["M1", "833", "1000"]])
        }
    }

    @Test func olderOrdersCountWithMoreDays() throws {
        try CommissionBooks.with { books in
            try Self.fill(books)
            #expect(try Self.simulation(.sample(), books, days: 400).orders == 3)
            #expect(try Self.simulation(.sample(), books, days: 365).orders == 3)
            #expect(try Self.simulation(.sample(), books, days: 364).orders == 2)
        }
    }

    /// The plan began long after the orders, and pays classes that its SKU had then, not now.
    @Test func classesAreThoseOfTheDayOfTheOrder() throws {
        try CommissionBooks.with { books in
            books.publish(CatalogItem(sku: "SKU-1", commissionClass: "food", effectiveFrom: .sample + .days(-30)))
            books.publish(CatalogItem(sku: "SKU-1", commissionClass: "beauty", effectiveFrom: .sample + .days(1)))
            try books.sell(.sold("A"))
            let rates: [DistributionPlan.Rate] = [
                .init(.basisPoints(100), commissionClass: "food"), .init(.basisPoints(900), commissionClass: "beauty"),
            ]
            let plan = DistributionPlan.sample(
                version: 2, effectiveFrom: .sample + .days(50), levels: [.init(level: 1, rates: rates)])
            #expect(try Self.simulation(plan, books).then.paidOut == 100)
        }
    }

    @Test func onlyConfirmedOrdersOfSomebodyInTheCurrencyCount() throws {
        try CommissionBooks.with { books in
            try books.sell(.sold("A"))
            try books.tell([OrderPlaced.sold("B")])
            try books.sell(.sold("C", attribution: nil))
            try books.sell(.sold("D"))
            try books.tell([
                OrderCancelled(
                    orderID: .sample("D"), reason: .buyer, cancelledAt: .sample, refundDue: 0, version: 9)
            ])
            let inYuan = try Self.simulation(.sample(), books)
            #expect(inYuan.orders == 1 && inYuan.ordersInOtherCurrencies == 0)
            let dollars = DistributionPlan(
                planID: "D", version: 1, currency: "USD", levels: Self.levels(1000, 500), poolCapBasisPoints: 3000)
            let inDollars = try Self.simulation(dollars, books)
            #expect(inDollars.orders == 0 && inDollars.ordersInOtherCurrencies == 1)
            #expect(inDollars.now == PlanComparison.Totals())
        }
    }

    @Test func planThatNobodyAnswersForIsRefused() {
        #expect(throws: Fault.self) { try PlanComparison(.sample(peerBonusBasisPoints: 100)) }
    }

    /// What `ops` ends with, and what it prints, before it needs a broker or a database.
    private static func run(_ arguments: [String]) throws -> (status: Int32, output: String) {
        let ops = CalcProgram.root.appending(path: ".build/debug/ops")
        let (status, output) = try CalcProgram.start(ops, ["simulate"] + arguments)
        return (status, String(decoding: output, as: UTF8.self))
    }

    @Test func demoStaysWhereItWas() throws {
        #expect(try Self.run(["--orders", "/nowhere", "--limit", "3", "--seed", "2"]).status == 1)
        #expect(try Self.run(["--orders", "/nowhere", "--limit", "0"]).status == 64)
        #expect(try Self.run([]).status == 64)
    }

    @Test func fileThatIsNoPlanIsNamed() throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "plan-\(UUID().uuidString).json")
        try Data(DistributionPlan.sample(peerBonusBasisPoints: 100).jsonBytes).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let (status, output) = try Self.run(["plan", file.path, "--json"])
        #expect(status == 65 && output.contains(#""field":"acknowledgeLevels""#), "\(output)")
        #expect(try Self.run(["plan", "/nowhere", "--json"]).status == 65)
        #expect(try Self.run(["plan", file.path, "--days", "0"]).status == 64)
    }
}
