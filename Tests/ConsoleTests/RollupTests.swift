import ConsoleDomain
import Contracts
import Postgres
import Support
import Testing

@testable import Console

/// Every rollup equals what its orders say, whatever has changed in between.
@Suite("Rollups")
struct RollupTests {
    /// Orders of ten days whose every value follows from their number and a seed.
    private static func place(_ orders: Int, seed: UInt64, in database: ConsoleDatabase) throws {
        var random = SplitMix(seed: seed)
        for number in 0..<orders {
            var parameters = Parameters()
            parameters.append("O\(number)")
            parameters.appendDate(daysSinceEpoch: 20_770 + random.below(10))
            parameters.append("channel-\(random.below(3))")
            parameters.append(random.below(9) == 0 ? "USD" : "CNY")
            parameters.append(Int64(random.below(100_000)))
            let seller = random.below(4)
            parameters.append(seller == 0 ? nil : "M\(seller)")
            parameters.append(seller == 0 ? "" : "M\(seller) P\(seller % 2) R")
            parameters.append("SKU-\(random.below(5))")
            parameters.append(Int64(1 + random.below(4)))
            try database.connection.query(
                """
                WITH placed AS (
                    INSERT INTO orders (order_id, placed_at, day, channel, currency, total, seller, chain, state,
                        changed_at)
                    VALUES ($1, $2, $2, $3, $4, $5, $6, string_to_array($7, ' '), 'pending-payment', now())),
                first AS (
                    INSERT INTO order_lines (order_id, line_id, sku, quantity, unit_price, discount, paid,
                        freight_share, gift)
                    VALUES ($1, '1', $8, $9, 1, 0, $5, 0, false), ($1, '2', 'SKU-1', 1, 1, 0, 7, 0, true))
                INSERT INTO earnings (order_id, member_id, currency, accrued)
                SELECT $1, m, $4, $5 / 10 FROM unnest(string_to_array($7, ' ')) AS m
                """, parameters)
        }
        try mark((0..<orders).map { "O\($0)" }, in: database)
    }

    private static func mark(_ orders: [String], in database: ConsoleDatabase) throws {
        try database.connection.transaction { try DayMarks.mark(orders, in: $0) }
    }

    /// Changes some orders in every way that figures depend on.
    private static func change(_ count: Int, of orders: Int, _ random: inout SplitMix, in database: ConsoleDatabase)
        throws
    {
        let states = ["paid", "shipped", "completed", "cancelled", "pending-payment"]
        let chosen = (0..<count).map { _ in "O\(random.below(orders))" }
        for order in chosen {
            var parameters = Parameters()
            parameters.append(order)
            parameters.append(states[random.below(states.count)])
            parameters.append(["none", "partial", "full"][random.below(3)])
            parameters.append(Int64(random.below(50_000)))
            parameters.append(["", "w1", "w1 w2", "w2"][random.below(4)])
            parameters.append(["M1", "M2", nil][random.below(3)])
            try database.connection.query(
                """
                WITH line AS (
                    UPDATE order_lines SET refunded_quantity = 1, refunded_amount = $4
                    WHERE order_id = $1 AND line_id = '1'),
                earned AS (UPDATE earnings SET matured = accrued / 2, reversed_frozen = 1 WHERE order_id = $1)
                UPDATE orders SET state = $2, refund_status = $3, paid = total, refunded = $4,
                    warehouses = string_to_array($5, ' '), seller = $6,
                    chain = CASE WHEN $6 IS NULL THEN '{}' ELSE ARRAY[$6, 'R'] END
                WHERE order_id = $1
                """, parameters)
        }
        try mark(chosen, in: database)
    }

    private static func addUp(_ database: ConsoleDatabase) throws {
        for _ in 0..<10 where try RollupWork.addUp(database.connection) == 0 { return }
    }

    @Test(arguments: [1, 2, 3] as [UInt64])
    func figuresEqualTheOrders(seed: UInt64) throws {
        try ConsoleDatabase.with { database in
            try Self.place(150, seed: seed, in: database)
            try Self.addUp(database)
            try Self.compare(database)
            var random = SplitMix(seed: seed + 100)
            for _ in 0..<4 {
                try Self.change(40, of: 150, &random, in: database)
                try Self.addUp(database)
                try Self.compare(database)
            }
        }
    }

    /// By adding order to order, not by the rollups' own SQL.
    private static func compare(_ database: ConsoleDatabase) throws {
        #expect(try database.rows(Told.sales).sorted() == OrdersTold(database).sales)
        #expect(try database.rows(Told.members).sorted() == OrdersTold(database).members)
        #expect(try database.rows(Told.skus).sorted() == OrdersTold(database).skus)
        #expect(try database.rows(Told.earnings).sorted() == OrdersTold(database).earnings)
        #expect(try database.rows("SELECT day::text FROM day_marks") == [])
    }

    /// Topics are read side by side: what comes after the order's own facts still reaches its day.
    @Test func linesAndEarningsThatComeLateMarkTheirDay() throws {
        try ConsoleDatabase.with { console in
            try console.tell(OrderPlaced.sample())
            try Self.addUp(console)
            try console.tell(CaseRefunded.sample())
            #expect(try console.rows("SELECT day::text FROM day_marks") == ["2026-11-22"])
            try Self.addUp(console)
            #expect(try console.rows("SELECT refunded_amount::text FROM sku_days") == ["10000"])
            let leg = CommissionLeg(
                memberID: "M3", level: 1, kind: .level, lineID: "1", base: 10_000, rateBasisPoints: 1000, amount: 600,
                why: "default")
            try console.tell(
                CommissionMatured(
                    orderID: .sample, planID: "P", planVersion: 1, currency: "CNY", legs: [leg], companyShare: 0,
                    remainder: 0, at: .sample, version: 1))
            try Self.addUp(console)
            #expect(try console.rows("SELECT matured::text FROM earning_days") == ["600"])
        }
    }

    @Test func daysWithoutOrdersLeaveNothing() throws {
        try ConsoleDatabase.with { database in
            try Self.place(20, seed: 9, in: database)
            try Self.addUp(database)
            try Self.mark((0..<20).map { "O\($0)" }, in: database)
            try database.connection.query("DELETE FROM orders")
            try Self.addUp(database)
            let left = try database.rows(
                """
                SELECT (SELECT count(*) FROM sales_days) || ' ' || (SELECT count(*) FROM member_days) || ' '
                    || (SELECT count(*) FROM sku_days) || ' ' || (SELECT count(*) FROM earning_days)
                """)
            #expect(left == ["0 0 0 0"])
        }
    }

    /// What did not change is not written again.
    @Test func unchangedDaysAreLeftAlone() throws {
        try ConsoleDatabase.with { database in
            try Self.place(30, seed: 4, in: database)
            try Self.addUp(database)
            let before = try database.rows("SELECT xmin::text FROM sales_days ORDER BY 1")
            try Self.mark((0..<30).map { "O\($0)" }, in: database)
            try Self.addUp(database)
            #expect(try database.rows("SELECT xmin::text FROM sales_days ORDER BY 1") == before)
        }
    }

    /// 20,770 is 2026-11-13; days are of that month, which is over in December.
    @Test func aMonthThatIsOverStandsUntilOneOfItsDaysChanges() throws {
        try ConsoleDatabase.with { database in
            try Self.place(60, seed: 5, in: database)
            try Self.addUp(database)
            let november = try #require(CivilDay("2026-11-30"))
            #expect(try !Self.rollMonth(november, in: database))
            #expect(try Self.rollMonth(november + 1, in: database))
            #expect(try !Self.rollMonth(november + 1, in: database))
            #expect(try database.rows("SELECT month::text FROM rolled_months") == ["2026-11-01"])
            try Self.expectMonthsToBeTheirDays(database)
            try Self.mark(["O1"], in: database)
            try database.connection.query("UPDATE orders SET total = total + 5, state = 'paid' WHERE order_id = 'O1'")
            try Self.addUp(database)
            #expect(try database.rows("SELECT month::text FROM rolled_months") == [])
            #expect(try Self.rollMonth(november + 1, in: database))
            try Self.expectMonthsToBeTheirDays(database)
        }
    }

    /// What moved late belongs to its month all the same.
    @Test func aMovementEndsTheMonthItBelongsTo() throws {
        try ConsoleDatabase.with { database in
            try Self.place(60, seed: 5, in: database)
            let day = try #require(CivilDay("2026-11-13"))
            func move(_ id: String, _ kind: StockMovementKind, _ quantity: Int64) throws {
                let moved = StockMoved(
                    movementID: id, sku: "SKU-1", warehouse: "w1", kind: kind, quantity: quantity, balance: 0)
                let at = BusinessCalendar.shanghai.start(of: day)
                try database.connection.transaction {
                    try StockRows.save([MovementRow(moved: moved, at: at, day: day)], in: $0)
                }
                try Self.addUp(database)
            }
            let december = try #require(CivilDay("2026-12-01"))
            let sums: StaticString = "SELECT concat_ws(' ', month, warehouse, sku, moved, shipped) FROM stock_months"
            try move("V1", .received, 10)
            #expect(try Self.rollMonth(december, in: database))
            #expect(try database.rows(sums) == ["2026-11-01 w1 SKU-1 10 0"])
            try move("V2", .shipped, -3)
            #expect(try database.rows("SELECT month::text FROM rolled_months") == [])
            #expect(try Self.rollMonth(december, in: database))
            #expect(try database.rows(sums) == ["2026-11-01 w1 SKU-1 7 3"])
        }
    }

    private static func rollMonth(_ today: CivilDay, in database: ConsoleDatabase) throws -> Bool {
        try RollupWork.rollMonth(database.connection, at: BusinessCalendar.shanghai.start(of: today), .shanghai)
    }

    /// Of members and SKUs both the months of each channel and those of all together.
    private static func expectMonthsToBeTheirDays(_ database: ConsoleDatabase) throws {
        let months = try database.rows(
            """
            SELECT concat_ws(' ', sum(own_orders), sum(own_total), sum(orders), sum(total)) FROM member_months
            GROUP BY channel = ''
            UNION ALL SELECT concat_ws(' ', sum(orders), sum(sold_orders), sum(sold_quantity), sum(sold_amount),
                sum(refunded_quantity), sum(refunded_amount)) FROM sku_months GROUP BY channel = ''
            UNION ALL SELECT concat_ws(' ', sum(frozen), sum(matured)) FROM earning_months
            """)
        let days = try days(database)
        #expect(months == [days[0], days[0], days[1], days[1], days[2]])
    }

    private static func days(_ database: ConsoleDatabase) throws -> [String] {
        try database.rows(
            """
            SELECT concat_ws(' ', sum(own_orders), sum(own_total), sum(orders), sum(total)) FROM member_days
            UNION ALL SELECT concat_ws(' ', sum(orders), sum(sold_orders), sum(sold_quantity), sum(sold_amount),
                sum(refunded_quantity), sum(refunded_amount)) FROM sku_days
            UNION ALL SELECT concat_ws(' ', sum(frozen), sum(matured)) FROM earning_days
            """)
    }

    @Test func olderDaysFollowTheNewest() throws {
        try ConsoleDatabase.with { database in
            try database.connection.query(
                "INSERT INTO day_marks (day) SELECT date '2026-01-01' + n FROM generate_series(0, 39) AS n")
            #expect(try RollupWork.addUp(database.connection) == RollupWork.daysAtOnce)
            #expect(try database.rows("SELECT max(day)::text FROM day_marks") == ["2026-01-09"])
            #expect(try RollupWork.addUp(database.connection) == 9)
            #expect(try RollupWork.addUp(database.connection) == 0)
        }
    }
}

extension SplitMix {
    fileprivate mutating func below(_ limit: Int) -> Int { Int.random(in: 0..<limit, using: &self) }
}
