import CommissionDomain
import Contracts
import Postgres
import Support
import Testing

@testable import Commission
@testable import Pipeline

@Suite("Settlements")
struct SettlementTests {
    /// 1 % of a month's turnover from 100.00 on, 2 % from 200.00 on.
    private static let plan = DistributionPlan.sample(
        teamTiers: [
            .init(monthlyTurnover: 20_000, rateBasisPoints: 200), .init(monthlyTurnover: 10_000, rateBasisPoints: 100),
        ],
        minimumPayout: 1, acknowledgeLevels: true)
    private static let november = Period("2026-11")
    private static let december = Period("2026-12")

    @Test(arguments: [(9999, 0), (10_000, 100), (19_999, 200), (20_000, 400), (0, 0), (-5, 0)] as [(Int64, Int64)])
    func highestTierReachedHoldsForTheWhole(turnover: Int64, bonus: Int64) {
        #expect(CommissionRules().teamBonus(of: turnover, by: Self.plan) == bonus)
    }

    @Test func periodsAreMonthsOfTheBusinessTimeZone() throws {
        let december = try #require(Self.december)
        #expect(december.start(in: .shanghai).description == "2026-11-30T16:00:00.000Z")
        #expect(december.end(in: .shanghai).description == "2026-12-31T16:00:00.000Z")
        #expect(Period("2026-13") == nil && Period("2026-1") == nil && Period("nonsense") == nil)
    }

    /// Two sales of M3 (below M1) in November mature in December; one comes back in January.
    @Test func statementIsWhatTheMonthDidAndIsToldOnce() throws {
        try CommissionDatabase.with { database in
            let scene = try CommissionScene(Self.plan)
            for member in ["M3", "M1"] { scene.join(member) }
            for number in 1...2 {
                let id = OrderID.sample("WX-\(number)")
                scene.harness.publish(
                    OrderPlaced.sample(externalOrderID: "WX-\(number)", lines: [.sample()], attribution: .sample()))
                scene.harness.publish(OrderConfirmed.sample(orderID: id))
                scene.harness.publish(OrderCompleted.sample(orderID: id, completedAt: .sample + .days(5)))
            }
            try database.settle(scene.harness)
            scene.harness.clock.advance(by: .days(20))
            try database.settle(scene.harness)
            #expect(try database.number("SELECT sum(amount)::bigint FROM turnovers") == 20_000)
            scene.harness.publish(AdjustCommission.sample(50), on: .commands(of: "commission"), key: "M3")
            try database.settle(scene.harness)
            try close(Self.november, database, scene)
            #expect(try statements(database) == [])
            scene.harness.clock.advance(by: .days(30))
            try close(Self.december, database, scene)
            // M3: its own 200.00; M1: those of its first level. Both reach 2 %.
            #expect(
                try statements(database) == [
                    "M1 2026-12 sold 20000: 0 + 1000 - 0 + 0 - 0 + 400 = 1400",
                    "M3 2026-12 sold 20000: 0 + 2000 - 0 + 50 - 0 + 400 = 2450",
                ])
            try close(Self.december, database, scene)
            #expect(try database.number("SELECT count(*) FROM journals WHERE kind = 'team'") == 2)
            #expect(
                try database.number(
                    "SELECT count(*) FROM outbox WHERE type = 'tributary.commission.entries.CommissionSettled.v1'") == 2
            )
            // January: what comes back is a debt, and the bonus of December was not January's.
            scene.harness.publish(
                CaseRefunded.sample(orderID: .sample("WX-1"), lines: [.init(lineID: "1", quantity: 1, amount: 10_000)]))
            try database.settle(scene.harness)
            scene.harness.clock.advance(by: .days(31))
            try close(Period("2027-01"), database, scene)
            #expect(
                try statements(database).suffix(2) == [
                    "M1 2027-01 sold -10000: 1400 + 0 - 500 + 0 - 0 + 0 = 900",
                    "M3 2027-01 sold -10000: 2450 + 0 - 1000 + 0 - 0 + 0 = 1450",
                ])
            #expect(try database.breaches() == [])
        }
    }

    /// A service that stood still has not booked yet what matured in the month; the statement waits for it.
    @Test func monthWaitsForWhatIsStillDueInIt() throws {
        try CommissionDatabase.with { database in
            let scene = try CommissionScene(Self.plan)
            scene.join("M3")
            scene.harness.publish(OrderPlaced.sold())
            scene.harness.publish(OrderConfirmed.sample())
            scene.harness.publish(OrderCompleted.sample())
            try database.settle(scene.harness)
            let november = try #require(Self.november)
            #expect(try PeriodCloser.isUnderWay(november, .shanghai, database.connection))
            scene.harness.clock.advance(by: .days(60))
            try database.settle(scene.harness)
            #expect(try !PeriodCloser.isUnderWay(november, .shanghai, database.connection))
            try close(november, database, scene)
            #expect(try statements(database).count == 2)
        }
    }

    /// Commands, statements and their settling, as the process does it.
    private func close(_ period: Period?, _ database: CommissionDatabase, _ scene: CommissionScene) throws {
        let period = try #require(period)
        let head = CommandHead.by("u-1", "S-\(period.text)-\(scene.harness.clock.now.milliseconds)")
        scene.harness.publish(
            SettlePeriod(head: head, period: period.text), on: .commands(of: "commission"), key: "*", id: head.commandID
        )
        try database.settle(scene.harness)
        let place = SideWorkPlace(
            connection: try database.connect(), now: scene.harness.clock.now, calendar: .shanghai, stop: StopFlag(),
            service: "commission")
        try PeriodCloser().step(place)
        #expect(try database.number("SELECT count(*) FROM closings WHERE done_at IS NULL") == 0)
        try database.settle(scene.harness)
    }

    private func statements(_ database: CommissionDatabase) throws -> [String] {
        try database.connection.query(
            """
            SELECT format('%s %s sold %s: %s + %s - %s + %s - %s + %s = %s', member_id, period, turnover, opening, matured,
                reversed, adjusted, paid_out, team_bonus,
                opening + matured - reversed + adjusted - paid_out + team_bonus)
            FROM settlements WHERE settled_at IS NOT NULL ORDER BY period, member_id
            """
        ).map { $0.text(0) }
    }
}
