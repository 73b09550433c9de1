import CommissionDomain
import Contracts
import Postgres
import Support
import Testing

@testable import Ops

@Suite("Books that were tampered with", .serialized)
struct TamperedBooksTests {
    @Test(arguments: [
        (StoredAccruals.set("legs,0,amount", to: "1"), "amount of leg 1 of accrual 1 (M3, line 1)"),
        (StoredAccruals.set("legs,1,memberId", to: "\"M2\""), "member of leg 2 of accrual 1 (M2, line 1)"),
        (StoredAccruals.remove("legs,2,reversed"), "what was taken back of leg 3 of accrual 1 (M3, line 2)"),
        (StoredAccruals.remove("legs,3"), "leg 4 of accrual 1 (M1, line 2)"),
        (StoredAccruals.set("pools,1,remainder", to: "99"), "remainder of line 2 of accrual 1"),
        (
            "UPDATE entries SET amount = amount + 9 WHERE account = 'retained' AND journal_id LIKE '%-J1'",
            "retained in journal accrue confirmed"
        ),
        ("DELETE FROM journals WHERE kind = 'mature'", "journal mature accrual-1"),
        (
            """
            INSERT INTO journals (journal_id, order_id, kind, cause, booked_at, currency, total)
            SELECT 'X', order_id, kind, 'twice', booked_at, currency, total FROM journals LIMIT 1
            """,
            "journal accrue twice"
        ),
        ("UPDATE orders SET freeze_days = 1", "plan"),
        ("UPDATE orders SET plan_version = 7", "plan"),
    ]) func whatWasTamperedWithIsNamed(script: String, place: String) throws {
        try CommissionBooks.with([CommissionLife.plan]) { books in
            try CommissionLife.live(books)
            #expect(try CommissionLife.explanation(books).differences == [])
            try books.tamper(script)
            let places = try CommissionLife.explanation(books).differences.map(\.place)
            #expect(places.contains(place), "\(places)")
        }
    }

    @Test(arguments: [
        ("UPDATE orders SET holds = NULL", "journal mature accrual-1-3"),
        (StoredAccruals.set("legs,0,matured", to: "true"), "availability of leg 1 of accrual 1 (M3, line 1)"),
        (StoredAccruals.remove("legs,1,matured"), "availability of leg 2 of accrual 1 (M1, line 1)"),
    ]) func holdThatWasTamperedWithIsNamed(script: String, place: String) throws {
        try CommissionBooks.with { books in
            books.join("M3")
            try books.sell(.sold())
            try books.tell([OrderCompleted.sample()])
            try books.ask { DisputeEntry(head: $0, memberID: "M3", entryID: "\(OrderID.sample)-J1") }
            try books.advance(by: .days(8))
            #expect(try CommissionLife.explanation(books).differences == [])
            try books.tamper(script)
            let places = try CommissionLife.explanation(books).differences.map(\.place)
            #expect(places.contains(place), "\(places)")
        }
    }

    @Test func entryNamesItsOwnDifferencesOnly() throws {
        try CommissionBooks.with([CommissionLife.plan]) { books in
            try CommissionLife.live(books)
            try books.tamper(
                "UPDATE entries SET amount = amount + 1 WHERE journal_id LIKE '%-J2' AND account = 'expense'")
            func differences(_ number: Int) throws -> [String] {
                let journalID = "\(OrderID.sample)-J\(number)"
                let explanation = try ExplainCommissionCommand.explanation(entry: journalID, books.connection)
                return try #require(EntryExplanation(of: journalID, in: explanation)).differences.map(\.place)
            }
            #expect(try differences(2) == ["expense in journal reverse \(OrderID.sample)-R1"])
            #expect(try differences(3) == [])
        }
    }
}
