import ConsoleDomain
import Contracts
import Postgres
import Testing

@testable import ConsoleEdge

/// What a number of a report leads to is what it was added up from.
@Suite("Links of reports")
struct ReportLinkTests {
    /// What a number's link has to count or to add up.
    private static let counted: Set = [
        "orders", "sku-orders", "own-orders", "team-orders", "sold-orders", "sku-sold-orders", "refunded-orders",
        "partly-refunded", "fully-refunded",
    ]
    private static let added: Set = [
        "total", "own-total", "team-total", "sold-total", "own-sold", "team-sold", "total-previous", "total-last-year",
    ]

    /// Every number that leads to the list of orders is what that list comes to.
    @Test(arguments: ReportFigureTests.scopes)
    func linksLeadToTheVeryOrders(scope: DataScope) async throws {
        try await SiteRig.with { rig in
            try rig.fillReports()
            let connection = try rig.connect()
            defer { connection.close() }
            var followed: Set<String> = []
            for report in Report.all where report.scopes.contains(scope.kind) {
                for query in [
                    "", "channel=shop&grain=week", "warehouse=w1&grain=month", "member=P1", "category=tea&grain=month",
                ] {
                    let question = try ReportFigureTests.question(report, query, scope, connection)
                    let answer = try report.answer(question)
                    for table in answer.tables {
                        followed.formUnion(try Self.follow(table, report.code, scope, connection))
                    }
                    for figure in answer.figures {
                        followed.formUnion(
                            try Self.follow(figure.now, figure.key, report.code, scope, connection).map { [$0] } ?? [])
                    }
                }
            }
            var expected: Set = [
                "orders", "total", "sold-orders", "sold-total", "paid", "refunded", "refunded-orders", "sku-orders",
                "sku-sold-orders", "partly-refunded", "fully-refunded", "total-previous", "total-last-year",
            ]
            if MemberReport.report.scopes.contains(scope.kind) {
                expected.formUnion(["own-orders", "own-total", "own-sold", "team-orders", "team-total", "team-sold"])
            }
            #expect(expected.subtracting(followed).isEmpty)
        }
    }

    /// - Returns: The keys of the columns whose links were followed.
    private static func follow(
        _ table: ReportTable, _ code: String, _ scope: DataScope, _ connection: Connection
    ) throws -> Set<String> {
        var rows: [[ReportCell]] =
            switch table.rows {
            case .all(let rows): rows
            case .query(let query, let read), .begun(_, let query, let read):
                try connection.rows("\(query) LIMIT 20").map { read($0) }
            }
        rows += table.total.map { [$0] } ?? []
        return Set(
            try rows.flatMap { zip($0, table.columns) }.compactMap { cell, column in
                try follow(cell, column.key, "\(code) \(table.code)", scope, connection)
            })
    }

    private static func follow(
        _ cell: ReportCell, _ key: String, _ place: String, _ scope: DataScope, _ connection: Connection
    ) throws -> String? {
        guard let link = cell.link, link.hasPrefix("/orders?") else { return nil }
        let list = try list(link, scope, connection)
        switch cell.value {
        case .count(let count) where counted.contains(key):
            #expect(count == list.orders, "\(place) \(key) \(link)")
        case .money(let amount) where added.contains(key):
            #expect(amount == list.total, "\(place) \(key) \(link)")
        case .money(let amount) where key == "paid":
            #expect(amount == list.paid, "\(place) \(key) \(link)")
        case .money(let amount) where key == "refunded":
            #expect(amount == list.refunded, "\(place) \(key) \(link)")
        default: return nil
        }
        return key
    }

    private static func list(
        _ link: String, _ scope: DataScope, _ connection: Connection
    ) throws -> (orders: Int64, total: Int64, paid: Int64, refunded: Int64) {
        let read = ReadOrderFilter(try FormFields(urlEncoded: link.dropFirst("/orders?".count)))
        #expect(read.complaints == [:])
        let conditions = OrderConditions(filter: read.filter, term: nil, scope: ScopeSQL(scope), calendar: .shanghai)
        let row = try connection.rows(
            """
            SELECT count(*), coalesce(sum(o.total), 0)::int8, coalesce(sum(o.paid), 0)::int8,
                coalesce(sum(o.refunded), 0)::int8 FROM orders o WHERE \(conditions.all)
            """)[0]
        return (row.int64(0), row.int64(1), row.int64(2), row.int64(3))
    }

    /// Orders of another currency are neither in the figure nor in the list.
    @Test func listIsOfTheFiguresCurrency() async throws {
        try await SiteRig.with { rig in
            try rig.fillReports()
            try rig.run(
                """
                UPDATE orders SET currency = 'EUR' WHERE right(order_id, 1) = '5';
                INSERT INTO day_marks (day) SELECT DISTINCT day FROM orders;
                """)
            try rig.addUp()
            let connection = try rig.connect()
            defer { connection.close() }
            for currency in ["CNY", "EUR"] {
                let question = try ReportFigureTests.question(
                    SalesReport.report, "currency=\(currency)", .all, connection)
                let figures = try SalesReport.report.answer(question).figures
                let followed = try figures.compactMap { try Self.follow($0.now, $0.key, currency, .all, connection) }
                #expect(followed.contains("total") && followed.contains("sold-total"), "\(currency)")
            }
        }
    }

    /// A member may ask for the teams below it; of those above it nothing is told.
    @Test func membersAreNotToldWhoStandsAboveThem() async throws {
        try await SiteRig.with { rig in
            try rig.fillReports()
            let browser = try await rig.signIn(.distributor, scope: .downline("P1"))
            let listed = { (member: String) in try await !browser.get("/orders?member=\(member)").orders.isEmpty }
            #expect(try await listed("P1"))
            #expect(try await !listed("R"))
            let owner = try await rig.signIn(.owner)
            #expect(try await !owner.get("/orders?member=R").orders.isEmpty)
        }
    }

    private static let narrowed: [(String, SQL)] = [
        ("money=sold", "SELECT count(*) FROM orders WHERE state NOT IN ('pending-payment', 'cancelled')"),
        ("money=paid", "SELECT count(*) FROM orders WHERE paid > 0"),
        ("money=refunded", "SELECT count(*) FROM orders WHERE refunded > 0"),
        ("member=P1", "SELECT count(*) FROM orders WHERE 'P1' = ANY (chain)"), ("currency=EUR", "SELECT 0::int8"),
        (
            "category=tea",
            "SELECT count(DISTINCT order_id) FROM order_lines JOIN items USING (sku) WHERE category = 'tea'"
        ),
    ]

    @Test(arguments: narrowed)
    func listIsNarrowed(query: String, count: SQL) async throws {
        try await SiteRig.with { rig in
            try rig.fillReports()
            let page = try await rig.signIn(.owner).get("/orders?\(query)").text
            let connection = try rig.connect()
            defer { connection.close() }
            let expected = try connection.rows(count)[0].int64(0)
            let shown = page.firstMatch(of: /<span data-live="orders-count">([0-9,]+)/).map { String($0.1) }
            #expect(shown == "\(expected)", "\(query)")
        }
    }
}
