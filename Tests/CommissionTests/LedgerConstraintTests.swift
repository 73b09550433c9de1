import Contracts
import Pipeline
import Postgres
import Support
import Testing

@testable import Commission

@Suite("What the ledger's tables refuse")
struct LedgerConstraintTests {
    /// An order with one journal of 100, one leg and one pool.
    private static let setUp = """
        INSERT INTO orders (order_id, state, placed, attribution, attribution_version, plan_id, plan_version,
            freeze_days, accruals, journals, confirmed_at, after_sales)
        VALUES ('O', 'accrued', '{}', '{"chain":[{"memberId":"M1"}]}', 0, '2026', 1, 7, 1, 1, now(),
            '{"refunds":[],"openCases":[]}');
        INSERT INTO journals VALUES ('O-J1', 'O', 'accrue', 'confirmed', now(), 'CNY', 100);
        INSERT INTO entries VALUES ('O-J1', 'expense', '', -100), ('O-J1', 'frozen', 'M1', 100);
        INSERT INTO balances VALUES ('M1', 'frozen', 'CNY', 100);
        """ + StoredAccruals.insert(member: "M1", base: 1000, amount: 100)

    private static func payout(_ decided: String, fee: Int = 0) -> String {
        "INSERT INTO payouts VALUES ('M1-P1', 'M1', 100, \(fee), 0, 'CNY', 'f', 'u', now(), \(decided), NULL, 0, NULL)"
    }

    private static func member(_ id: String, under parent: String? = nil) -> String {
        "('\(id)', '2026-01-01', '{\(parent.map { "\"parentId\":\"\($0)\"" } ?? "")}')"
    }

    private static let secondJournal = "INSERT INTO journals VALUES ('O-J2', 'O', 'reverse', 'R1', now(), 'CNY', 9);"

    @Test(arguments: [
        (secondJournal + "INSERT INTO entries VALUES ('O-J2', 'expense', '', 9)", "entries_balanced"),
        (
            secondJournal + "INSERT INTO entries VALUES ('O-J2', 'expense', '', 8), ('O-J2', 'frozen', 'M1', -8)",
            "entries_balanced"
        ),
        ("INSERT INTO entries VALUES ('O-J9', 'expense', '', 8), ('O-J9', 'frozen', 'M1', -8)", "entries_balanced"),
        (
            secondJournal + "INSERT INTO entries VALUES ('O-J2', 'expense', 'M1', 9), ('O-J2', 'frozen', 'M1', -9)",
            "entries_holder"
        ),
        (
            secondJournal + "INSERT INTO entries VALUES ('O-J2', 'expense', '', 9), ('O-J2', 'savings', 'M1', -9)",
            "entries_account_check"
        ),
        ("INSERT INTO journals VALUES ('O-J2', 'O', 'accrue', 'confirmed', now(), 'CNY', 1)", "journals_booked_once"),
        ("INSERT INTO journals VALUES ('O-J2', 'O', 'gift', 'R1', now(), 'CNY', 1)", "journals_kind_check"),
        ("INSERT INTO journals VALUES ('O-J2', 'O', 'mature', 'R1', now(), 'CNY', 0)", "journals_total_check"),
        ("UPDATE entries SET amount = amount * 2", "ledger_append_only"),
        ("DELETE FROM entries", "ledger_append_only"), ("DELETE FROM journals", "ledger_append_only"),
        ("UPDATE journals SET cause = 'other'", "ledger_append_only"), ("TRUNCATE journals", "ledger_append_only"),
        ("UPDATE orders SET state = 'paid'", "orders_state_check"),
        ("UPDATE orders SET state = 'matured'", "orders_matured"),
        ("UPDATE orders SET plan_version = NULL", "orders_plan_whole"),
        ("UPDATE orders SET plan_id = NULL, plan_version = NULL, freeze_days = NULL", "orders_accrued_by_plan"),
        ("UPDATE orders SET completed_at = now()", "orders_completion_whole"),
    ])
    func refused(script: String, constraint: String) throws {
        try refuse(script, constraint)
    }

    /// Of what members hold.
    private static let ofMembers: [(script: String, constraint: String)] = [
        (
            "INSERT INTO journals VALUES ('M1/J1', NULL, 'accrue', 'x', now(), 'CNY', 1, 'M1')", "journals_subject"
        ),
        ("INSERT INTO journals VALUES ('M1/J1', 'O', 'payout', 'x', now(), 'CNY', 1)", "journals_subject"),
        (
            "INSERT INTO journals VALUES ('M1/J1', NULL, 'payout', 'P1', now(), 'CNY', 1, 'M1'), "
                + "('M1/J2', NULL, 'payout', 'P1', now(), 'CNY', 1, 'M1')", "journals_member_booked_once"
        ),
        (payout("'due', 'u'"), "payouts_two_persons"), (payout("'requested', NULL", fee: 100), "payouts_net"),
        (
            "INSERT INTO adjustments VALUES ('M1', 'A', NULL, 5, 'CNY', 'u', 'why', now(), 'booked', 'u')",
            "adjustments_two_persons"
        ),
        (
            "INSERT INTO turnovers VALUES ('O', 1, 'M1', NULL, 'CNY', 5, now()); DELETE FROM turnovers",
            "ledger_append_only"
        ),
        ("INSERT INTO members VALUES \(member("M1", under: "M2")), \(member("M2", under: "M1"))", "members_no_circle"),
        (
            "INSERT INTO members VALUES \(member("M1", under: "M2")), \(member("M2", under: "M3")), "
                + "\(member("M3")); UPDATE members SET record = '{\"parentId\":\"M1\"}' WHERE member_id = 'M3'",
            "members_no_circle"
        ),
    ]

    @Test(arguments: ofMembers.indices) func refusedOfMembers(index: Int) throws {
        try refuse(Self.ofMembers[index].script, Self.ofMembers[index].constraint)
    }

    private func refuse(_ script: String, _ constraint: String) throws {
        try CommissionDatabase.with { database in
            try database.connection.run(script: Self.setUp)
            let error = #expect(throws: PostgresError.self) { try database.connection.run(script: script) }
            #expect(error?.constraint == constraint && error?.isDataError == true, "\(String(describing: error))")
            #expect(try database.breaches() == [])
        }
    }

    /// Each script breaks one rule behind the back of the constraints.
    @Test(arguments: [
        ("UPDATE balances SET amount = 99", ["I6"]), (StoredAccruals.set("legs,0,reversed", to: "1"), ["I6"]),
        (StoredAccruals.set("legs,0,reversed", to: "101"), ["I6", "I8"]),
        (StoredAccruals.set("legs,0,reversed", to: "-1"), ["I6", "I8"]),
        (StoredAccruals.set("legs,0,amountPerUnit", to: "1"), ["I8"]),
        (StoredAccruals.remove("legs,0,rateBasisPoints"), ["I8"]),
        (StoredAccruals.set("legs,0,kind", to: "\"margin\""), ["I8"]),
        (StoredAccruals.set("legs,0,kind", to: "\"self\""), ["I10"]),
        (StoredAccruals.set("pools,0,pool", to: "101"), ["I8"]),
        (StoredAccruals.set("pools,0,companyShare", to: "-1"), ["I8", "I8"]),
        (StoredAccruals.set("pools,0,companyShareReversed", to: "1"), ["I8"]),
        ("UPDATE orders SET attribution = NULL", ["I10"]),
        ("UPDATE orders SET after_sales = '{\"refunds\":[{\"lineId\":\"1\",\"amount\":1000}]}'", ["I9"]),
        ("DELETE FROM orders", ["I17"]),
        ("ALTER TABLE entries DISABLE TRIGGER USER; DELETE FROM entries WHERE account = 'expense'", ["I6"]),
        ("ALTER TABLE journals DISABLE TRIGGER USER; DELETE FROM journals", ["I17", "I6", "I6"]),
    ])
    func breachIsSeen(script: String, invariants: [String]) throws {
        try CommissionDatabase.with { database in
            try database.connection.run(script: Self.setUp)
            #expect(try database.breaches() == [])
            try database.connection.run(script: script)
            #expect(try database.breaches().map { String($0.prefix { $0 != " " }) }.sorted() == invariants)
        }
    }
}
