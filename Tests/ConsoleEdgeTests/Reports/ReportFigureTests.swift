import ConsoleDomain
import Contracts
import Postgres
import Testing

@testable import Console
@testable import ConsoleEdge

/// Figures equal what the orders say, whoever asks for which of them.
@Suite("Figures of reports")
struct ReportFigureTests {
    private static let permissions = Set(Permission.allCases)

    static func question(
        _ report: Report, _ query: String, _ scope: DataScope, _ connection: Connection
    ) throws -> ReportQuestion {
        let today = try #require(CivilDay("2026-11-18"))
        let read = ReadReportFilter(try FormFields(urlEncoded: query), today: today)
        #expect(read.complaints == [:])
        return try ReportQuestion(
            report, read.filter,
            Viewer(userID: 1, name: "x", displayName: "x", permissions: permissions, scope: scope),
            at: SiteRig.start, .shanghai, connection)
    }

    static let scopes: [DataScope] = [
        .all, .channels(["app"]), .channels(["app", "shop"]), .warehouses(["w1"]), .warehouses(["w1", "w2"]),
        .downline("P1"), .own("M2"),
    ]
    private static let queries = [
        "", "channel=shop", "warehouse=w1", "warehouse=w3&channel=app", "member=P2", "member=M4&warehouse=w2",
        "category=tea", "member=M2", "period=last-90-days", "from=2026-10-01&to=2026-10-31&warehouse=w2",
    ]

    /// Beside the orders themselves: what the filters and the scope say, in words of this test.
    private static func isMeant(_ order: Row, _ scope: DataScope, _ filter: ReportFilter) -> Bool {
        let warehouses = order.list(3)
        let chain = order.list(4)
        // Nobody is asked about who stands above the viewer.
        let team = scope.member.flatMap { chain.firstIndex(of: $0) }.map { Array(chain[...$0]) } ?? chain
        let isSeen =
            switch scope {
            case .all: true
            case .channels(let own): own.contains(order.text(2))
            case .warehouses(let own): own.contains { warehouses.contains($0) }
            case .downline(let top): chain.contains(top)
            case .own(let own): order.textOrNil(5) == own
            }
        return isSeen && filter.channel.map { $0 == order.text(2) } ?? true
            && filter.warehouse.map(warehouses.contains) ?? true && filter.member.map(team.contains) ?? true
            && filter.category.map(order.list(9).contains) ?? true
            && filter.span.from.daysSinceEpoch...filter.span.to.daysSinceEpoch ~= order.daysSinceEpoch(1)
    }

    @Test(arguments: scopes)
    func salesEqualTheOrders(scope: DataScope) async throws {
        try await SiteRig.with { rig in
            try rig.fillReports()
            let connection = try rig.connect()
            defer { connection.close() }
            let orders = try connection.query(
                """
                SELECT order_id, day, channel, array_to_string(warehouses, ','), array_to_string(chain, ','), seller,
                    total, paid, refunded, (SELECT string_agg(i.category, ',') FROM order_lines l
                        JOIN items i ON i.sku = l.sku WHERE l.order_id = o.order_id), state
                FROM orders o
                """)
            for query in Self.queries {
                let question = try Self.question(SalesReport.report, query, scope, connection)
                let sums = try question.figures(of: question.filter.span).values.reduce(into: SalesFigures()) {
                    $0 += $1
                }
                let meant = orders.filter { Self.isMeant($0, scope, question.filter) }
                let sold = meant.filter { !["pending-payment", "cancelled"].contains($0.text(10)) }
                #expect(sums.orders == Int64(meant.count), "\(scope) \(query)")
                #expect(sums.total == meant.reduce(0) { $0 + $1.int64(6) }, "\(scope) \(query)")
                #expect(sums.paid == meant.reduce(0) { $0 + $1.int64(7) }, "\(scope) \(query)")
                #expect(sums.refunded == meant.reduce(0) { $0 + $1.int64(8) }, "\(scope) \(query)")
                #expect(sums.soldOrders == Int64(sold.count), "\(scope) \(query)")
                #expect(sums.soldTotal == sold.reduce(0) { $0 + $1.int64(6) }, "\(scope) \(query)")
            }
        }
    }

    @Test func itemsAddUpToTheirLines() async throws {
        try await SiteRig.with { rig in
            try rig.fillReports()
            let connection = try rig.connect()
            defer { connection.close() }
            for (scope, query) in [
                (DataScope.all, "category=tea"), (.warehouses(["w1", "w2"]), "category=tea"), (.all, ""),
            ] {
                let question = try Self.question(ProductReport.report, query, scope, connection)
                let table = try #require(try ProductReport.report.answer(question).tables.first)
                guard case .query(let statement, let read) = table.rows else { continue }
                let rows = try connection.rows(statement).map { read($0) }
                let category: SQL = query.isEmpty ? "TRUE" : "i.category = 'tea'"
                let direct = try connection.rows(
                    """
                    SELECT count(DISTINCT l.sku), coalesce(sum(l.quantity) FILTER (WHERE o.\(SalesSource.isSold)), 0)::int8,
                        coalesce(sum(l.paid) FILTER (WHERE o.\(SalesSource.isSold)), 0)::int8, sum(l.refunded_amount)::int8
                    FROM orders o JOIN order_lines l ON l.order_id = o.order_id JOIN items i ON i.sku = l.sku
                    WHERE o.day BETWEEN '2026-10-20' AND '2026-11-18' AND \(ScopeSQL(scope).orders("o")) AND \(category)
                    """)[0]
                func sum(_ column: Int) -> Int64 {
                    rows.reduce(0) { sum, row in
                        switch row[column].value {
                        case .count(let number), .money(let number): sum + number
                        default: sum
                        }
                    }
                }
                #expect(Int64(rows.count) == direct.int64(0))
                #expect([sum(5), sum(6), sum(9)] == [direct.int64(1), direct.int64(2), direct.int64(3)])
            }
        }
    }

    /// Long reports read months; they say what they said of the days.
    @Test(arguments: ["", "&channel=app"]) func monthsThatStandChangeNoFigure(channel: String) async throws {
        try await SiteRig.with { rig in
            try rig.fillReports()
            let connection = try rig.connect()
            defer { connection.close() }
            func told() throws -> [[ReportCell]] {
                try [ProductReport.report, MemberReport.report, CommissionReport.report, StockReport.report].flatMap {
                    report in
                    let question = try Self.question(report, "period=last-90-days\(channel)", .all, connection)
                    return try report.answer(question).tables.flatMap { table in
                        switch table.rows {
                        case .all(let rows): rows
                        case .query(let query, let read), .begun(_, let query, let read):
                            try connection.rows(query).map { read($0) }
                        }
                    }
                }
            }
            let before = try told()
            let today = try #require(CivilDay("2026-11-18"))
            while try RollupWork.rollMonth(connection, at: BusinessCalendar.shanghai.start(of: today), .shanghai) {}
            #expect(try rig.number("SELECT count(*) FROM rolled_months") == 2)
            #expect(before.count > 10)
            #expect(try told() == before)
            try rig.run("UPDATE sku_months SET orders = orders + 1")
            #expect(try told() != before)
            try rig.run("UPDATE sku_months SET orders = orders - 1")
            #expect(try told() == before)
            try rig.run("UPDATE stock_months SET moved = moved + 1")
            #expect(try told() != before)
        }
    }

    /// What the commission report says of the frozen and of balances, against the ledger's own rows.
    @Test func commissionAddsUpToEarnings() async throws {
        try await SiteRig.with { rig in
            try rig.fillReports()
            try rig.run(
                """
                INSERT INTO entries (key, version, member_id, kind, amount, currency, at)
                VALUES ('M1', 1, 'M1', 'payout-requested', -99999999, 'CNY', now()),
                    ('M2', 1, 'M2', 'adjusted', 50, 'CNY', now()), ('M2', 2, 'M2', 'accrued', 77, 'CNY', now())
                """)
            let connection = try rig.connect()
            defer { connection.close() }
            let question = try Self.question(CommissionReport.report, "", .all, connection)
            let answer = try CommissionReport.report.answer(question)
            let direct = try connection.query(
                """
                SELECT sum(accrued - matured)::int8, sum(matured) FILTER (WHERE member_id <> 'M1')::int8,
                    sum(matured) FILTER (WHERE member_id = 'M1')::int8 FROM earnings
                """)[0]
            #expect(
                answer.figures.map(\.now.value) == [
                    .money(direct.int64(0)), .money(direct.int64(1) + 50), .money(99_999_999 - direct.int64(2)),
                ])
            guard case .all(let ages) = answer.tables[0].rows else { return }
            #expect(answer.tables[0].total?[1].value == .money(direct.int64(0)))
            #expect(ages.count == 5)
        }
    }

    @Test func overdueCasesAreThoseWhoseClockHasRunOut() async throws {
        try await SiteRig.with { rig in
            try rig.fillReports()
            let connection = try rig.connect()
            defer { connection.close() }
            let question = try Self.question(ClockReport.report, "", .channels(["app"]), connection)
            let answer = try ClockReport.report.answer(question)
            let late = try connection.rows(
                """
                SELECT count(*) FROM cases c JOIN orders o ON o.order_id = c.order_id
                WHERE o.channel = 'app' AND c.opened_at < \(SiteRig.start + .days(-2))
                """)[0].int64(0)
            #expect(late > 0)
            #expect(answer.figures.map(\.now.value) == [.count(late)])
        }
    }

    /// 12 pieces were expected in the four days; a suggestion whose days are not over is left out.
    @Test func forecastsAreComparedWithWhatWasSoldInTheirDays() async throws {
        try await SiteRig.with { rig in
            try rig.fillReports()
            try rig.run(
                """
                INSERT INTO facts (topic, partition, partition_offset, key, type, at, message_id, body)
                SELECT 'inventory.alerts.v1', 0, n, 'SKU-1',
                    'tributary.inventory.alerts.ReplenishmentSuggested.v1',
                    timestamptz '2026-11-10 09:00+08' + n * interval '5 days', 'm' || n,
                    json_build_object('coverDays', 4, 'expectedDemand', 12, 'method', 'naive')
                FROM generate_series(0, 1) AS n
                """)
            let connection = try rig.connect()
            defer { connection.close() }
            let question = try Self.question(ForecastReport.report, "", .all, connection)
            let answer = try ForecastReport.report.answer(question)
            let sold = try connection.query(
                """
                SELECT coalesce(sum(l.quantity), 0)::int8 FROM orders o JOIN order_lines l ON l.order_id = o.order_id
                WHERE l.sku = 'SKU-1' AND o.day BETWEEN '2026-11-10' AND '2026-11-13'
                    AND o.state NOT IN ('pending-payment', 'cancelled')
                """)[0].int64(0)
            #expect(answer.figures.prefix(3).map(\.now.value) == [.count(1), .count(12), .count(sold)])
        }
    }

    @Test func stockOfTheFirstDayIsTodaysWithoutWhatMovedSince() async throws {
        try await SiteRig.with { rig in
            try rig.fillReports()
            let connection = try rig.connect()
            defer { connection.close() }
            let question = try Self.question(StockReport.report, "from=2026-11-11&to=2026-11-18", .all, connection)
            guard case .query(let statement, let read) = try StockReport.report.answer(question).tables[0].rows else {
                return
            }
            let rows = try connection.rows(statement).map { read($0).map(\.value) }
            #expect(rows.count == 7)
            for row in rows {
                guard case .count(let onHand) = row[2], case .count(let shipped) = row[4] else { continue }
                #expect(shipped > 0)
                #expect(row[7] == .count(onHand + shipped) && row[8] == .count(onHand))
            }
        }
    }

    /// A span in the past, with whole months within it and after it: as the movements themselves say, of each SKU.
    @Test func stockOfAPastSpanIsWhatItsMovementsSay() async throws {
        try await SiteRig.with { rig in
            try rig.fillReports()
            try rig.run(
                """
                INSERT INTO movements (movement_id, sku, warehouse, kind, quantity, balance, at)
                SELECT 'P' || n, 'SKU-' || n % 7, 'w' || 1 + n % 7 % 3, CASE n % 3 WHEN 0 THEN 'received' ELSE 'shipped' END,
                    CASE n % 3 WHEN 0 THEN 1 + n % 5 ELSE -1 - n % 4 END, 0, timestamptz '2026-11-18' - n * interval '7 hours'
                FROM generate_series(1, 500) AS n
                """)
            let connection = try rig.connect()
            defer { connection.close() }
            func told(_ scope: DataScope) throws -> [String] {
                let question = try Self.question(StockReport.report, "from=2026-08-20&to=2026-10-14", scope, connection)
                guard case .query(let query, let read) = try StockReport.report.answer(question).tables[0].rows
                else { return [] }
                return try connection.rows(query).map { row in
                    let cells = read(row).map(\.value)
                    return "\(cells[0]) \(cells[4]) \(cells[7]) \(cells[8])"
                }.sorted()
            }
            let direct = try connection.query(
                """
                SELECT l.sku, coalesce(-sum(m.quantity) FILTER (WHERE m.kind = 'shipped' AND m.at < '2026-10-15 00:00+08'), 0)::int8,
                    (l.on_hand - coalesce(sum(m.quantity), 0))::int8,
                    (l.on_hand - coalesce(sum(m.quantity) FILTER (WHERE m.at >= '2026-10-15 00:00+08'), 0))::int8
                FROM stock_levels l LEFT JOIN movements m
                    ON m.sku = l.sku AND m.warehouse = l.warehouse AND m.at >= '2026-08-20 00:00+08'
                GROUP BY l.sku, l.on_hand
                """
            ).map { row in
                let counts = (1...3).map { "\(ReportCell.Value.count(row.int64($0)))" }
                return "\(ReportCell.Value.text(row.text(0))) \(counts.joined(separator: " "))"
            }.sorted()
            #expect(direct.count == 7)
            let byMovements = try told(.all)
            #expect(byMovements == direct)
            let ofOne = try told(.warehouses(["w1"]))
            let today = try #require(CivilDay("2026-11-18"))
            while try RollupWork.rollMonth(connection, at: BusinessCalendar.shanghai.start(of: today), .shanghai) {}
            #expect(try rig.number("SELECT count(DISTINCT month) FROM stock_months") == 2)
            #expect(try told(.all) == direct)
            #expect(try told(.warehouses(["w1"])) == ofOne)
        }
    }
}
