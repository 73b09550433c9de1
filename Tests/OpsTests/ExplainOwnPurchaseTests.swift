import CommissionDomain
import Contracts
import Postgres
import Support
import Testing

@testable import Ops

@Suite("ops explain commission of own purchases", .serialized)
struct ExplainOwnPurchaseTests {
    private static let members: [DistributionMember] = [
        .sample(memberID: "M3", parentID: "M1", grade: "gold", buyers: ["wechat-mini/u-77"]), .sample(memberID: "M1"),
    ]
    private static let others = Attribution.sample(chain: [ChainLink(memberID: "M9"), ChainLink(memberID: "M8")])
    private static let moved = OrderAttributionChanged(
        orderID: .sample, attribution: .sample(chain: [ChainLink(memberID: "M7")]), reason: "bound late", version: 5)

    private static func shift(_ body: (CommissionBooks) throws -> Void) throws {
        try CommissionBooks.with([.sample(selfPurchase: .shift)]) { books in
            for member in members { books.publish(member) }
            try books.settle()
            try body(books)
        }
    }

    @Test func buyerIsToldToBeLevelOne() throws {
        try Self.shift { books in
            try books.sell(.sold(attribution: Self.others))
            let explanation = try CommissionLife.explanation(books)
            #expect(explanation.differences == [])
            let text = ExplanationText(explanation: explanation).text
            for part in [
                "the buyer is a distributor; the plan shifts: level 1 is M3", "whose it is: M9", "own purchases shift",
                "accrual 1, confirmed: M3 (gold) < M1", "level 1 M3 (gold): 10 % by default", "10000 × 10 % = 1000",
                "own purchase: 10 % by default", "the books agree",
            ] { #expect(text.contains(part), "\(part)\n\(text)") }
            let json = try JSONDocument.object(explanation.jsonBytes)
            #expect(try json.values("ownChain").map { try $0.object().string("memberId") } == ["M3", "M1"])
            #expect(try json.values("accruals")[0].object().values("ownChain").count == 2)
            #expect(try json.values("plans")[0].object().string("selfPurchase") == "shift")
        }
    }

    /// Every way in which the messages of an order and those of its cases may mix.
    @Test func booksAgreeHoweverMessagesArrive() throws {
        try Self.shift { books in
            var orderIDs: [OrderID] = []
            for (number, mix) in MessageMix.all.enumerated() {
                let attribution = number.isMultiple(of: 2) ? Self.others : nil
                let placed = OrderPlaced.sold("WX-\(number)", CommissionLife.lines, attribution: attribution)
                orderIDs.append(placed.orderID)
                for step in mix { books.publish(step, of: placed) }
            }
            try books.settle()
            try books.advance(by: .days(8))
            for (number, orderID) in orderIDs.enumerated() {
                let explanation = try CommissionLife.explanation(books, orderID)
                #expect(explanation.accruals.map { $0.chain?.map(\.memberID) } == [["M3", "M1"]])
                #expect(explanation.differences == [], "\(MessageMix.all[number])")
            }
        }
    }

    /// The chain is taken as it was kept, whatever records say today.
    @Test func recordsThatComeLateChangeNothing() throws {
        try Self.shift { books in
            try books.sell(.sold(attribution: Self.others))
            books.publish(DistributionMember.sample(memberID: "M3", parentID: "M5", grade: "silver"))
            try books.tell([OrderCompleted.sample(), Self.moved])
            try books.advance(by: .days(8))
            let explanation = try CommissionLife.explanation(books)
            #expect(explanation.differences == [] && explanation.books.attribution?.memberID == "M7")
            #expect(explanation.accruals.map(\.ownChain?.links.first?.grade) == ["gold"])
        }
    }

    @Test func buyerFoundOutLaterFollowsTheDistributor() throws {
        try CommissionBooks.with([.sample(selfPurchase: .shift)]) { books in
            try books.sell(.sold(attribution: Self.others))
            for member in Self.members { books.publish(member) }
            try books.settle()
            try books.tell([Self.moved])
            let explanation = try CommissionLife.explanation(books)
            #expect(explanation.differences == [])
            #expect(explanation.accruals.map { $0.chain?.first?.memberID } == ["M9", "M3"])
            #expect(explanation.accruals.map { $0.attribution?.memberID } == ["M9", nil])
        }
    }

    @Test func differencesToThoseBelowAreThoseOfTheOwnLeg() throws {
        let levels: [DistributionPlan.Level] = [
            .init(level: 1, rates: [.init(.basisPoints(800))]), .init(level: 2, rates: [.init(.basisPoints(1200))]),
        ]
        try CommissionBooks.with([.sample(levels: levels, mode: .differential, selfPurchase: .shift)]) { books in
            for member in Self.members { books.publish(member) }
            try books.settle()
            try books.sell(.sold(attribution: nil))
            let explanation = try CommissionLife.explanation(books)
            #expect(explanation.differences == [])
            #expect(
                explanation.accruals[0].lines[0].legs.map(\.text) == [
                    "10000 × 8 % = 800", "10000 × 12 % = 1200, less 800 below = 400",
                ])
        }
    }

    @Test(arguments: [
        ("UPDATE orders SET own_chain = NULL", "leg 1 of accrual 1 (M3, line 1)"),
        (StoredAccruals.set("legs,0,kind", to: "\"level\""), "kind of leg 1 of accrual 1 (M3, line 1)"),
        (StoredAccruals.set("legs,0,amount", to: "999"), "amount of leg 1 of accrual 1 (M3, line 1)"),
        (
            "UPDATE orders SET own_chain = '{\"chain\":[{\"memberId\":\"M4\"}]}'",
            "member of leg 1 of accrual 1 (M3, line 1)"
        ),
    ]) func whatWasTamperedWithIsNamed(script: String, place: String) throws {
        try Self.shift { books in
            try books.sell(.sold(attribution: nil))
            #expect(try CommissionLife.explanation(books).differences == [])
            try books.tamper(script)
            let places = try CommissionLife.explanation(books).differences.map(\.place)
            #expect(places.contains(place), "\(places)")
        }
    }

    @Test func auditKnowsTheOwnChain() throws {
        try Self.shift { books in
            func earners() throws -> Int64? {
                try Audit.run(books.connection).first { $0.title.hasPrefix("those who earn stand") }?.violations
            }
            try books.sell(.sold(attribution: Self.others))
            #expect(try earners() == 0)
            try books.tamper("UPDATE orders SET own_chain = NULL")
            #expect(try earners() == 2)
        }
    }
}
