import Contracts
import IntakeDomain
import Pipeline
import Postgres
import Support
import Testing

@testable import Intake

@Suite("Intake's tables")
struct TablesTests {
    static let migrations = Main.migrations

    @Test func whatIsSavedIsLoadedEqual() throws {
        let saved = try ManyOrders.aggregates()
        let orders = saved.values.compactMap { if case .order(let order) = $0 { order } else { nil } }
        #expect(Set(orders.map(\.state)).isSuperset(of: [.paid, .shipped, .completed, .cancelled]))
        #expect(Set(saved.keys.map(\.kind)).count == 10)
        #expect(orders.contains { !$0.holds.isEmpty && !$0.handling.isEmpty })
        #expect(orders.contains { $0.isRevised && $0.flag == "red" && $0.state == .paid })
        try TestDatabase.with(Self.migrations) { database in
            let place = try PostgresPlace(database, service: "intake", tables: IntakeTables())
            try save(saved, database)
            let loaded = Dictionary(uniqueKeysWithValues: try place.aggregates(saved.keys.sorted()).map { ($0, $1) })
            for (key, value) in saved { #expect(loaded[key] == value.asLoaded, "\(key)") }
        }
    }

    @Test func anOrderIsFoundUnderTheChannelsName() throws {
        let saved = try ManyOrders.aggregates()
        try TestDatabase.with(Self.migrations) { database in
            let place = try PostgresPlace(database, service: "intake", tables: IntakeTables())
            try save(saved, database)
            let found = try place.aggregates([.external("wechat-mini", "O/1"), .external("wechat-mini", "none")])
            #expect(found.map(\.value.aliases) == [[.external("wechat-mini", "O/1")]])
        }
    }

    @Test func aMemberComesWithAllWhoEverStoodAboveIt() throws {
        func member(_ memberID: String, _ parents: [String?]) -> (Key, IntakeAggregate) {
            let versions = parents.enumerated().map { number, parentID in
                MemberVersion(effectiveFrom: .sample + .days(Int64(number)), parentID: parentID)
            }
            return (.member(memberID), .member(MemberHistory(memberID: memberID, versions: versions)))
        }
        let members = [
            member("M4", ["M3", "M2"]), member("M3", ["M1"]), member("M2", ["nobody"]), member("M1", ["M3"]),
            member("apart", [nil]),
        ]
        try TestDatabase.with(Self.migrations) { database in
            try save(Dictionary(uniqueKeysWithValues: members), database)
            let connection = try database.connect()
            defer { connection.close() }
            try connection.transaction { transaction in
                var state = State<IntakeAggregate>()
                try IntakeTables().load([.member("M4")], into: &state, in: transaction)
                for (key, value) in members.dropLast() { #expect(state.isLoaded(key) && state[key] == value) }
                #expect(state.isLoaded(.member("nobody")) && state[.member("nobody")] == nil)
                #expect(!state.isLoaded(.member("apart")))
            }
        }
    }

    /// The tables as they were before the holds had kinds get their kinds.
    @Test func holdsOfBeforeKeepTheirReasons() throws {
        let saved = try ManyOrders.aggregates()
        try TestDatabase.with(Self.migrations) { database in
            let place = try PostgresPlace(database, service: "intake", tables: IntakeTables())
            try save(saved, database)
            let administrator = try Connection(database.administratorURL)
            defer { administrator.close() }
            try administrator.run(
                script: """
                    SET search_path TO \(database.name);
                    DROP TABLE registers;
                    ALTER TABLE orders DROP COLUMN holds, DROP COLUMN claims, DROP COLUMN handling, DROP COLUMN flag;
                    UPDATE orders SET hold_reason = 'unmatched-sku' WHERE external_order_id = 'O/11';
                    UPDATE orders SET hold_reason = 'changed-on-platform', requests = convert_to((
                        convert_from(requests, 'UTF8')::jsonb || '{"platformHold": "platform-paused"}')::text, 'UTF8')
                    WHERE external_order_id = 'O/4';
                    """)
            try administrator.run(script: String(decoding: PackageResources.V004_by_hand_sql, as: UTF8.self))
            for (number, kind, reasons) in [
                (11, HoldKind.unmatchedSku, ["unmatched-sku"]), (3, .operator, ["address is odd"]),
                (4, .platform, ["changed-on-platform", "platform-paused"]),
            ] {
                let key = Key.order(.sample("O/\(number)"))
                guard case .order(let order) = try place.aggregates([key]).first?.value else {
                    Issue.record("order \(number) is gone")
                    continue
                }
                #expect(order.holds == reasons.map { OrderHold(kind: kind, reason: $0, heldAt: order.decidedAt) })
                #expect(order.claims == nil && order.handling.isEmpty)
            }
        }
    }

    /// Rows that must not be, each with the constraint that refuses it; there is one paid order.
    @Test(arguments: [
        ("UPDATE orders SET state = 'lost'", "orders_state"),
        ("UPDATE orders SET stock_status = 'none'", "orders_stock_status"),
        ("UPDATE orders SET refund_status = 'some'", "orders_refund_status"),
        ("UPDATE orders SET kind = 'gift'", "orders_kind"),
        ("UPDATE orders SET state = 'cancelled', cancel_reason = 'whim'", "orders_cancel_reason_word"),
        ("UPDATE orders SET cancel_reason = 'buyer'", "orders_cancelled"),
        ("UPDATE orders SET state = 'cancelled'", "orders_cancelled"),
        ("UPDATE orders SET state = 'completed'", "orders_completed"),
        ("UPDATE orders SET reservation = -1", "orders_reservation"),
        ("UPDATE orders SET goods_total = goods_total + 1", "orders_total"),
        ("UPDATE orders SET freight = -1, goods_total = goods_total + 501", "orders_total"),
        ("UPDATE orders SET paid = total + 1, state = 'shipped'", "orders_money"),
        ("UPDATE orders SET refunded = paid + excess + 1", "orders_money"),
        ("UPDATE orders SET returned = paid + 1, state = 'shipped'", "orders_money"),
        ("UPDATE orders SET excess = -1", "orders_money"),
        ("UPDATE orders SET paid = paid - 1", "orders_paid"),
        ("UPDATE orders SET holds = '{}'", "orders_holds"),
        ("INSERT INTO registers VALUES ('member', 'x', false, '')", "registers_kind"),
        ("INSERT INTO registers VALUES ('unmatched-sku', 'x', true, '')", "registers_blocked"),
        ("INSERT INTO registers SELECT * FROM registers", "registers_pkey"),
        ("UPDATE orders SET confirmed_at = now(), stock_status = 'pending'", "orders_confirmed"),
        ("UPDATE orders SET receipt_due = now(), receipt_left_milliseconds = 1", "orders_receipt"),
        ("UPDATE orders SET order_id = 'x'", "payments_order_id_fkey"),
        ("UPDATE payments SET counted = amount + 1", "payments_counted"),
        ("UPDATE payments SET counted = -1", "payments_counted"),
        ("INSERT INTO payments SELECT * FROM payments", "payments_pkey"),
        ("INSERT INTO parties VALUES ('none', '', 'shop/ann')", "parties_order_id_fkey"),
        ("UPDATE parties SET party = NULL", "parties_erased"),
        ("UPDATE parties SET party = NULL, erased_at = now()", "parties_locked"),
        ("INSERT INTO reference_records VALUES ('plan', 'x', true, '')", "reference_records_kind"),
        (
            """
            CREATE TEMP TABLE copy AS SELECT * FROM orders;
            UPDATE copy SET order_id = 'another';
            INSERT INTO orders SELECT * FROM copy
            """, "orders_external"
        ),
    ])
    func aWrongRowIsRefused(statement: String, constraint: String) throws {
        try TestDatabase.with(Self.migrations) { database in
            let mall = try Mall()
            mall.publish(ChannelOrder.sample(freight: 500, paid: true))
            try mall.service.settle()
            try save(mall.service.database.aggregates, database)
            let error = try postgresError { try database.connect().run(script: statement) }
            #expect(error.constraint == constraint)
            #expect(error.isDataError)
        }
    }

    private func save(_ aggregates: [Key: IntakeAggregate], _ database: TestDatabase) throws {
        let connection = try database.connect()
        defer { connection.close() }
        try connection.transaction { transaction in
            var state = State<IntakeAggregate>()
            for (key, value) in aggregates { state.set(key, value) }
            try IntakeTables().save(state, in: transaction)
        }
    }

    private func postgresError(of body: () throws -> Void) throws -> PostgresError {
        struct NothingThrown: Error {}
        do { try body() } catch let error as PostgresError { return error }
        throw NothingThrown()
    }
}
