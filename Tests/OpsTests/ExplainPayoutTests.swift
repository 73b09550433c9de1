import CommissionDomain
import Contracts
import Support
import Testing

@testable import Ops

@Suite("ops explain commission: where the money is", .serialized)
struct ExplainPayoutTests {
    /// 10.00 for M3 and 5.00 for M1 of each, all matured at once: their ids decide which was first.
    private func earn(_ books: CommissionBooks, orders count: Int = 2, from first: Int = 1) throws -> [OrderID] {
        for member in ["M3", "M1"] { books.join(member) }
        let orders = (first..<first + count).map { OrderPlaced.sold("WX-\($0)") }
        for order in orders {
            try books.sell(order)
            try books.tell([OrderCompleted.sample(orderID: order.orderID)])
        }
        try books.advance(by: .days(8))
        return orders.map(\.orderID).sorted { $0.text < $1.text }
    }

    private func knowPayee(_ books: CommissionBooks) throws {
        try books.ask {
            RecordPayee(
                head: $0, memberID: "M3", kind: .company, method: .bank, masterKeyID: "k1",
                wrappedKey: "d3JhcHBlZA==", sealed: "c2VhbGVk", hint: "…6789", fingerprint: "f1")
        }
        try books.ask(by: "u-2") { VerifyPayee(head: $0, memberID: "M3", fingerprint: "f1") }
    }

    private func request(_ books: CommissionBooks, _ amount: Int64) throws {
        try books.ask { RequestPayout(head: $0, memberID: "M3", amount: amount, currency: "CNY") }
    }

    private func approve(_ books: CommissionBooks, _ payoutID: String = "M3-P1") throws {
        try books.ask(by: "u-2") { ApprovePayout(head: $0, memberID: "M3", payoutID: payoutID) }
    }

    /// Of M3: amount, place, payout and those it came back from.
    private func shares(_ books: CommissionBooks, _ orderID: OrderID) throws -> [String] {
        let explanation = try CommissionLife.explanation(books, orderID)
        #expect(explanation.differences == [])
        let money = explanation.money.first { $0.memberID == "M3" }
        return (money?.shares ?? []).map { share in
            ([
                "\(share.amount)", share.place.rawValue, share.payout?.payoutID, share.payout?.state.rawValue,
                share.payout == nil ? share.usedBy?.journalID : nil,
            ].compactMap(\.self) + share.cameBackFrom.map { "from \($0)" }).joined(separator: " ")
        }
    }

    @Test func payoutIsFollowedFromItsRequestToItsAnswer() throws {
        try CommissionBooks.with { books in
            let orders = try earn(books)
            #expect(try shares(books, orders[0]) == ["1000 available"])
            try knowPayee(books)
            try request(books, 1500)
            #expect(try shares(books, orders[0]) == ["1000 in-payout M3-P1 requested"])
            #expect(try shares(books, orders[1]) == ["500 in-payout M3-P1 requested", "500 available"])
            try approve(books)
            #expect(try shares(books, orders[1]) == ["500 in-payout M3-P1 due", "500 available"])
            try books.answer(PayoutResult(payoutID: "M3-P1", status: .succeeded, at: .sample + .days(9)))
            #expect(try shares(books, orders[1]) == ["500 paid-out M3-P1 paid", "500 available"])
        }
    }

    @Test func whatCameBackIsFollowedOn() throws {
        try CommissionBooks.with { books in
            let orders = try earn(books)
            try knowPayee(books)
            try request(books, 2000)
            try approve(books)
            try books.answer(PayoutResult(payoutID: "M3-P1", status: .failed, reason: "r", at: .sample + .days(9)))
            try request(books, 1000)
            #expect(try shares(books, orders[0]) == ["1000 in-payout M3-P2 requested from M3-P1"])
            #expect(try shares(books, orders[1]) == ["1000 available from M3-P1"])
            try books.answer(PayoutResult(payoutID: "M3-P1", status: .succeeded, at: .sample + .days(10)))
            #expect(try shares(books, orders[1]) == ["1000 paid-out M3-P1 paid from M3-P1"])
            try books.answer(PayoutResult(payoutID: "M3-P1", status: .failed, reason: "r", at: .sample + .days(11)))
            // 1000 of the 2000 that were paid after all were a debt, which the money that came back pays.
            #expect(try shares(books, orders[1]) == ["1000 available from M3-P1 from M3-P1 from M3-P1"])
        }
    }

    @Test func debtAfterMaturityIsSetOffAgainstLaterMoney() throws {
        try CommissionBooks.with { books in
            let first = try earn(books, orders: 1)[0]
            try knowPayee(books)
            try request(books, 1000)
            try books.tell([CaseRefunded.sold(4000, order: first)])
            let second = try earn(books, orders: 1, from: 2)[0]
            #expect(try shares(books, first) == ["1000 in-payout M3-P1 requested"])
            #expect(try shares(books, second) == ["400 set-off \(first)-J3", "600 available"])
            let text = ExplanationText(explanation: try CommissionLife.explanation(books, second)).text
            #expect(text.contains("  400 set off against reverse \(first)-R1 of "))
        }
    }

    @Test func otherCurrenciesAreOtherMoney() throws {
        try CommissionBooks.with { books in
            books.join("M3")
            try books.ask {
                AdjustCommission(head: $0, memberID: "M3", adjustmentID: "A-1", amount: 700, currency: "USD")
            }
            let orders = try earn(books)
            try books.ask {
                AdjustCommission(head: $0, memberID: "M3", adjustmentID: "A-2", amount: -90, currency: "USD")
            }
            try books.ask {
                AdjustCommission(head: $0, memberID: "M3", adjustmentID: "A-3", amount: -80, currency: "CNY")
            }
            #expect(try shares(books, orders[0]) == ["80 set-off M3/J3", "920 available"])
            #expect(try shares(books, orders[1]) == ["1000 available"])
        }
    }

    /// The tenth journal of a member comes after the second.
    @Test func bookingsOfOneMomentAreInTheOrderOfTheirNumbers() throws {
        try CommissionBooks.with { books in
            let orders = try earn(books, orders: 1)
            for number in 1...11 {
                try books.ask {
                    AdjustCommission(head: $0, memberID: "M3", adjustmentID: "A-\(number)", amount: -1, currency: "CNY")
                }
            }
            let journals = (1...11).map { "1 set-off M3/J\($0)" }
            #expect(try shares(books, orders[0]) == journals + ["989 available"])
        }
    }

    @Test func peopleReadTheRuleAndEveryStep() throws {
        try CommissionBooks.with { books in
            let orders = try earn(books)
            try knowPayee(books)
            try request(books, 1500)
            try approve(books)
            let at = Instant.sample + .days(8)
            let due = ExplanationText(explanation: try CommissionLife.explanation(books, orders[1])).text
            #expect(
                due.contains(
                    """
                    where the money is, first in, first out: by member and currency, in the order of booking
                    M1: 500 matured
                      500 available
                    M3: 1000 matured
                      500 in payout M3-P1 of 1500, due, asked for \(at) by u-1, approved by u-2, M3/J1
                      500 available
                    """), "\(due)")
            let answeredAt = Instant.sample + .days(9)
            try books.answer(PayoutResult(payoutID: "M3-P1", status: .succeeded, at: answeredAt))
            let paid = ExplanationText(explanation: try CommissionLife.explanation(books, orders[1])).text
            #expect(paid.contains("  500 paid out by M3-P1 of 1500, paid, asked for"), "\(paid)")
            #expect(paid.contains("approved by u-2, answered \(answeredAt), M3/J1"))
        }
    }

    @Test func programsReadTheSame() throws {
        try CommissionBooks.with { books in
            let orders = try earn(books)
            try knowPayee(books)
            try request(books, 1500)
            let json = try JSONDocument.object(try CommissionLife.explanation(books, orders[1]).jsonBytes)
            let member = try json.object("money").values("members")[1].object()
            #expect(try member.string("memberId") == "M3" && member.integer("matured") == 1000)
            let shares = try member.values("shares")
            #expect(shares.count == 2)
            let share = try shares[0].object()
            #expect(try share.integer("amount") == 500 && share.string("place") == "in-payout")
            #expect(try share.string("maturedBy") == "\(orders[1])-J2")
            #expect(try share.object("usedBy").string("journalId") == "M3/J1")
            let payout = try share.object("payout")
            #expect(try payout.string("payoutId") == "M3-P1" && payout.string("state") == "requested")
            #expect(try shares[1].object().string("place") == "available")
        }
    }

    /// Of the entry that people know (`…-J1`) and of its maturity, not of what was taken back.
    @Test func entryTellsWhereItsOwnMoneyIs() throws {
        try CommissionBooks.with { books in
            let orderID = try earn(books, orders: 1)[0]
            try books.tell([CaseRefunded.sold(4000, order: orderID)])
            func money(_ number: Int) throws -> [String] {
                let journalID = "\(orderID)-J\(number)"
                let explanation = try ExplainCommissionCommand.explanation(entry: journalID, books.connection)
                let entry = try #require(EntryExplanation(of: journalID, in: explanation))
                let text = ExplanationText(explanation: explanation).text(of: entry)
                #expect(text.contains("where the money is") == !entry.money.isEmpty)
                let json = try JSONDocument.object(explanation.jsonBytes(of: entry))
                #expect(try json.object("money").values("members").count == entry.money.count)
                return entry.money.map(\.memberID)
            }
            #expect(try [money(1), money(2), money(3)] == [["M1", "M3"], ["M1", "M3"], []])
        }
    }

    @Test(arguments: [
        ("UPDATE balances SET amount = amount + 1 WHERE account = 'available'", "available of M3"),
        ("UPDATE payouts SET state = 'failed'", "state of payout M3-P1"),
        ("UPDATE payouts SET amount = amount + 1", "amount of payout M3-P1"),
        ("DELETE FROM payouts", "payout M3-P1"),
    ])
    func moneyThatWasTamperedWithIsNamed(script: String, place: String) throws {
        try CommissionBooks.with { books in
            let orders = try earn(books)
            try knowPayee(books)
            try request(books, 1500)
            try books.tamper(script)
            let places = try CommissionLife.explanation(books, orders[0]).differences.map(\.place)
            #expect(places.contains(place), "\(places)")
        }
    }
}
