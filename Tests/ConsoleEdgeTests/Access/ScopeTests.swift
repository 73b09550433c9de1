import ConsoleDomain
import Postgres
import Testing

@testable import ConsoleEdge

/// Who sees which rows: the one place where that is decided.
@Suite("Scopes in SQL")
struct ScopeTests {
    private static let rows = """
        INSERT INTO orders (order_id, channel, seller, chain, warehouses, changed_at) VALUES
            ('A', 'h5', 'M2', '{M2,M1}', '{hz}', now()), ('B', 'h5', 'M3', '{M3,M1}', '{gz}', now()),
            ('C', 'pos', NULL, '{}', '{hz,gz}', now()), ('D', 'pos', 'M9', '{M9}', '{}', now());
        INSERT INTO cases (case_id, order_id) SELECT order_id || '-A1', order_id FROM orders;
        INSERT INTO parcels (shipment_id, order_id, warehouse) VALUES
            ('A-S1', 'A', 'hz'), ('B-S1', 'B', 'gz'), ('C-S1', 'C', 'hz'), ('C-S2', 'C', 'gz');
        INSERT INTO members (member_id, parent_id, status, effective_from) VALUES
            ('M1', NULL, 'active', now()), ('M2', 'M1', 'active', now()), ('M3', 'M1', 'active', now()),
            ('M4', 'M2', 'active', now()), ('M9', NULL, 'active', now());
        INSERT INTO earnings (order_id, member_id) VALUES
            ('A', 'M2'), ('A', 'M1'), ('B', 'M3'), ('B', 'M1'), ('D', 'M9');
        INSERT INTO payouts (payout_id, member_id, amount, currency, state) VALUES
            ('M1-P1', 'M1', 1, 'CNY', 'paid'), ('M2-P1', 'M2', 1, 'CNY', 'paid');
        INSERT INTO stock (sku, available, incoming, quotas, at) VALUES ('S', 1, 0, '{}', now());
        INSERT INTO stock_levels (sku, warehouse, on_hand, reserved, available) VALUES
            ('S', 'hz', 1, 0, 1), ('S', 'gz', 1, 0, 1);
        """

    private struct Sight: Sendable, CustomTestStringConvertible {
        let scope: DataScope
        var orders = ""
        var cases = ""
        var parcels = ""
        var members = ""
        var earnings = ""
        var payouts = ""
        var stock = ""
        var levels = ""

        var testDescription: String { "\(scope)" }
    }

    private static let sights = [
        Sight(
            scope: .all, orders: "A B C D", cases: "A-A1 B-A1 C-A1 D-A1", parcels: "A-S1 B-S1 C-S1 C-S2",
            members: "M1 M2 M3 M4 M9", earnings: "A/M1 A/M2 B/M1 B/M3 D/M9", payouts: "M1-P1 M2-P1", stock: "S",
            levels: "gz hz"),
        Sight(
            scope: .channels(["h5"]), orders: "A B", cases: "A-A1 B-A1", parcels: "A-S1 B-S1", members: "M2 M3",
            earnings: "A/M1 A/M2 B/M1 B/M3", stock: "S", levels: "gz hz"),
        Sight(scope: .channels(["nowhere"]), stock: "S", levels: "gz hz"),
        Sight(
            scope: .warehouses(["hz"]), orders: "A C", cases: "A-A1 C-A1", parcels: "A-S1 C-S1", stock: "S",
            levels: "hz"),
        Sight(
            scope: .downline("M1"), orders: "A B", cases: "A-A1 B-A1", parcels: "A-S1 B-S1", members: "M1 M2 M3 M4",
            earnings: "A/M1 B/M1", payouts: "M1-P1"),
        Sight(
            scope: .downline("M2"), orders: "A", cases: "A-A1", parcels: "A-S1", members: "M2 M4", earnings: "A/M2",
            payouts: "M2-P1"),
        Sight(
            scope: .own("M2"), orders: "A", cases: "A-A1", parcels: "A-S1", members: "M2", earnings: "A/M2",
            payouts: "M2-P1"),
        Sight(scope: .own("M1"), members: "M1", earnings: "A/M1 B/M1", payouts: "M1-P1"),
        Sight(scope: .own("' OR TRUE --")),
    ]

    @Test(arguments: sights)
    private func scopeShowsItsPartAndNothingElse(_ sight: Sight) async throws {
        try await SiteRig.with { rig in
            try rig.run(Self.rows)
            let scope = ScopeSQL(sight.scope)
            func found(_ column: SQL, _ table: SQL, _ condition: SQL) throws -> String {
                try rig.text(
                    "SELECT coalesce(string_agg(\(column), ' ' ORDER BY \(column)), '') FROM \(table) x WHERE \(condition)"
                )
                    ?? ""
            }
            #expect(try found("x.order_id", "orders", scope.orders("x")) == sight.orders)
            #expect(try found("x.case_id", "cases", scope.cases("x")) == sight.cases)
            #expect(try found("x.shipment_id", "parcels", scope.parcels("x")) == sight.parcels)
            #expect(try found("x.member_id", "members", scope.members("x")) == sight.members)
            #expect(
                try found("x.order_id || '/' || x.member_id", "earnings", scope.earnings("x")) == sight.earnings)
            #expect(try found("x.payout_id", "payouts", scope.payouts("x")) == sight.payouts)
            #expect(try found("x.sku", "stock", scope.stock("x")) == sight.stock)
            #expect(try found("x.warehouse", "stock_levels", scope.stockLevels("x")) == sight.levels)
        }
    }
}
