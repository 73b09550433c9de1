import CommissionDomain
import Contracts
import Foundation
import Postgres
import Support
import Testing

@testable import Ops

@Suite("ops explain commission", .serialized)
struct ExplainCommissionTests {
    @Test func everyStepIsToldAndTheBooksAgree() throws {
        let later = DistributionPlan.sample(version: 2, effectiveFrom: .sample + .days(1))
        try CommissionBooks.with([CommissionLife.plan, later]) { books in
            try CommissionLife.live(books)
            let text = ExplanationText(explanation: try CommissionLife.explanation(books)).text
            for part in [
                "whose it is: M3 by binding, bound by link\n  chain M3 (gold) < M1\n  not M7 by code: used too late",
                "plan 2026 version 1 from", "began last before the order was placed",
                "not 2026 version 2: began only", "level 1 M3 (gold): 12.5 % by grade gold",
                "    not 8 % by grade silver: it is for grade silver, here it is gold",
                "    not 6 % by class food: it is for class food, here there is none",
                "    not 10 % by default: it is less specific", "level 1 M3 (gold): 77 a piece by sku SKU-2",
                "    not 10 % by default: it is in per cent, and a fixed amount wins",
                "9999 × 12.5 % = 1249.875, rounded 1250", "77 a piece = 231", "exact 1750, company 1250, remainder 0",
                "  due \(Instant.sample + .days(7))", "  matured", "accrual-1", "the books agree",
            ] { #expect(text.contains(part), "\(part)\n\(text)") }
        }
    }

    @Test func programsReadTheSame() throws {
        try CommissionBooks.with([CommissionLife.plan]) { books in
            try CommissionLife.live(books)
            let json = try JSONDocument.object(try CommissionLife.explanation(books).jsonBytes)
            #expect(try json.boolIfPresent("booksAgree") == true)
            let accrual = try json.values("accruals")[0].object()
            let level = try accrual.values("lines")[0].object().values("levels")[0].object()
            #expect(try level.string("rate") == "12.5 % by grade gold")
            #expect(try level.values("passedOver").count == 4)
            let leg = try accrual.values("legs")[0].object()
            #expect(try leg.string("own") == "1249.875" && leg.integer("amount") == 1250)
            #expect(try json.values("journals").count == 4 && json.values("refunds").count == 2)
        }
    }

    /// Every way in which the messages of an order and those of its cases may mix, each with an order of its own.
    @Test func booksAgreeHoweverMessagesArrive() throws {
        try CommissionBooks.with([CommissionLife.plan]) { books in
            var orderIDs: [OrderID] = []
            for (number, mix) in MessageMix.all.enumerated() {
                let placed = OrderPlaced.sold("WX-\(number)", CommissionLife.lines)
                orderIDs.append(placed.orderID)
                for step in mix { books.publish(step, of: placed) }
            }
            try books.settle()
            try books.advance(by: .days(8))
            #expect(orderIDs.count == 126)
            for (number, orderID) in orderIDs.enumerated() {
                let explanation = try CommissionLife.explanation(books, orderID)
                #expect(explanation.accruals.allSatisfy { $0.attribution != nil })
                #expect(explanation.differences == [], "\(MessageMix.all[number])")
            }
        }
    }

    @Test func eachDistributorOfAnOrderIsExplained() throws {
        try CommissionBooks.with([CommissionLife.plan]) { books in
            let other = Attribution.sample(chain: [ChainLink(memberID: "M9", grade: "silver")])
            try CommissionLife.live(books)
            try books.tell([
                OrderAttributionChanged(orderID: .sample, attribution: other, reason: "bound late", version: 5)
            ])
            let explanation = try CommissionLife.explanation(books)
            #expect(explanation.accruals.map { $0.attribution?.memberID } == ["M3", "M9"])
            #expect(explanation.accruals.map { $0.cause } == ["confirmed", "attribution-5"])
            #expect(explanation.differences == [])
        }
    }

    /// Both attributions have the member who earned, but only by one of them it earns anything.
    @Test func accrualIsThatOfTheGradeThatEarns() throws {
        let rates: [DistributionPlan.Rate] = [.init(.basisPoints(1000), grade: "gold")]
        try CommissionBooks.with([.sample(levels: [.init(level: 1, rates: rates)])]) { books in
            try books.sell(.sold())
            let ungraded = Attribution.sample(chain: [ChainLink(memberID: "M3")])
            try books.tell([
                OrderAttributionChanged(orderID: .sample, attribution: ungraded, reason: "grade lost", version: 5)
            ])
            let explanation = try CommissionLife.explanation(books)
            #expect(explanation.accruals.map { $0.attribution?.chain.first?.grade } == ["gold"])
            #expect(explanation.differences == [])
        }
    }

    @Test func everyDistributorInBetweenIsKept() throws {
        try CommissionBooks.with { books in
            try books.sell(.sold())
            for (version, member) in [(Int64(5), "M8"), (6, "M9")] {
                let attribution = Attribution.sample(chain: [ChainLink(memberID: member)])
                try books.tell([
                    OrderAttributionChanged(orderID: .sample, attribution: attribution, reason: "r", version: version)
                ])
            }
            var explanation = try CommissionLife.explanation(books)
            #expect(explanation.accruals.map { $0.attribution?.memberID } == ["M3", "M8", "M9"])
            #expect(explanation.differences == [])

            // Books from before it was kept.
            try books.tamper(StoredAccruals.remove("formerly"))
            explanation = try CommissionLife.explanation(books)
            #expect(explanation.accruals.map { $0.attribution?.memberID } == [nil, nil, "M9"])
            #expect(explanation.differences == [])
            #expect(ExplanationText(explanation: explanation).text.contains("whose it was then is not kept"))
        }
    }

    /// Holds of members, before and beyond maturity, and a refund between.
    @Test(arguments: [["M3"], ["M1"], ["M3", "M1"]]) func heldLegsAgreeBeforeAndAfterTheirRelease(held: [String]) throws
    {
        try CommissionBooks.with { books in
            let entryID = "\(OrderID.sample)-J1"
            for member in ["M3", "M1"] { books.join(member) }
            try books.sell(.sold())
            try books.tell([OrderCompleted.sample()])
            for member in held {
                try books.ask { DisputeEntry(head: $0, memberID: member, entryID: entryID) }
            }
            try books.advance(by: .days(8))
            let holding = try CommissionLife.explanation(books)
            #expect(holding.differences == [] && holding.books.holds.map(\.memberID) == held)
            #expect(
                ExplanationText(explanation: holding).text.contains("  held for \(held[0]): dispute, as agreed"))
            try books.tell([CaseRefunded.sold(5000)])
            #expect(try CommissionLife.explanation(books).differences == [])
            for member in held {
                try books.ask { AnswerDispute(head: $0, memberID: member, entryID: entryID, answer: .dismissed) }
                let released = try CommissionLife.explanation(books)
                #expect(released.differences == [] && !released.books.holds.contains { $0.memberID == member })
            }
        }
    }

    /// Prices in place of rates: the leg's own words say how it came about.
    @Test func marginsAreExplainedByTheirPrices() throws {
        let plan = DistributionPlan(
            planID: "M", version: 1, levels: [.init(level: 1, rates: []), .init(level: 2, rates: [])], mode: .margin,
            supplyPrices: [.init(sku: "SKU-1", grade: "gold", price: 8000), .init(sku: "SKU-1", price: 7500)],
            poolCapBasisPoints: 3000)
        try CommissionBooks.with([plan]) { books in
            try books.sell(.sold())
            let explanation = try CommissionLife.explanation(books)
            #expect(explanation.differences == [])
            #expect(explanation.accruals[0].lines[0].legs.map(\.text) == ["2000", "500"])
            #expect(ExplanationText(explanation: explanation).text.contains("pays 8000 a piece"))
        }
    }

    @Test(arguments: [
        (CancelReason.buyer, 0), (.paymentTimeout, 1),
    ]) func cancelledOrderAgrees(reason: CancelReason, place: Int) throws {
        try CommissionBooks.with { books in
            var facts: [any Fact] = [OrderPlaced.sold(), OrderConfirmed.sample()]
            facts.insert(
                OrderCancelled(orderID: .sample, reason: reason, cancelledAt: .sample, refundDue: 0, version: 9),
                at: 2 - place)
            try books.tell(facts + [CaseRefunded.sold(10_000)])
            let explanation = try CommissionLife.explanation(books)
            #expect(explanation.differences == [])
            #expect(explanation.notes.isEmpty == (place == 0))
        }
    }

    /// Neither refund has a journal of its own: one came before anything was booked, one when nothing was left.
    @Test func refundsBeforeAndAfterTheCommissionAgree() throws {
        try CommissionBooks.with { books in
            try books.tell([
                OrderPlaced.sold(), CaseRefunded.sold(3333), OrderConfirmed.sample(),
                OrderCancelled(orderID: .sample, reason: .buyer, cancelledAt: .sample, refundDue: 0, version: 9),
                CaseRefunded.sold(6667, number: 2),
            ])
            let explanation = try CommissionLife.explanation(books)
            #expect(explanation.books.journals.map(\.cause) == ["confirmed", "confirmed-refunds", "cancelled"])
            #expect(explanation.differences == [])
        }
    }

    @Test func entryIsShownWithTheLegsItIsAbout() throws {
        try CommissionBooks.with([CommissionLife.plan]) { books in
            try CommissionLife.live(books)
            let journalID = "\(OrderID.sample)-J4"
            let explanation = try ExplainCommissionCommand.explanation(entry: journalID, books.connection)
            let entry = try #require(EntryExplanation(of: journalID, in: explanation))
            #expect(entry.journal.cause == "\(OrderID.sample)-R2" && entry.accrual?.number == 1)
            #expect(entry.legs.map(\.leg.leg.lineID) == ["2", "2"] && entry.legs.map(\.place) == [3, 4])
            #expect(entry.differences == [])
            let text = ExplanationText(explanation: explanation).text(of: entry)
            #expect(text.contains("77 a piece = 231") && !text.contains("-J1") && text.hasSuffix("the books agree"))
            let json = try JSONDocument.object(explanation.jsonBytes(of: entry))
            #expect(try json.values("legs").count == 2 && json.object("journal").string("journalId") == journalID)
        }
    }

    @Test func unknownIDsAreNamed() throws {
        try CommissionBooks.with { books in
            try books.sell(.sold())
            let order = #expect(throws: OpsFailure.self) {
                try ExplainCommissionCommand.explanation(order: "nobody", books.connection)
            }
            #expect(order?.status == .data && order?.description == "order: commission has no order nobody")
            let entry = #expect(throws: OpsFailure.self) {
                try ExplainCommissionCommand.explanation(entry: "\(OrderID.sample)-J9", books.connection)
            }
            #expect(entry?.status == .data && entry?.description.hasPrefix("entry: ") == true)
        }
    }

    @Test(arguments: [[], ["--order", "a", "--entry", "b"]]) func oneOfBothIsAskedFor(arguments: [String]) throws {
        let ops = CalcProgram.root.appending(path: ".build/debug/ops")
        #expect(try CalcProgram.start(ops, ["explain", "commission"] + arguments).status == 64)
    }
}
