import ConsoleDomain
import Contracts
import HTTPTypes
import Pipeline
import Postgres
import Support
import Testing

@testable import ConsoleEdge

@Suite("What is asked of one order")
struct OrderActionPageTests {
    /// An action, the state it is possible in, what its form brings, and what its command says.
    struct Wish: Sendable {
        let action: OrderAction
        let state: String
        var note = ""
        var days = ""
        var member = ""
        var flag = ""
        let command: String
        var part = "\"orderId\""
    }

    private static let wishes = [
        Wish(action: .hold, state: "paid", command: "HoldOrder"),
        Wish(action: .release, state: "held", command: "ReleaseOrder"),
        Wish(action: .cancel, state: "paid", command: "CancelOrder"),
        Wish(action: .note, state: "completed", note: "glass", command: "NoteOrder", part: "\"note\":\"glass\""),
        Wish(action: .flag, state: "cancelled", flag: "green", command: "FlagOrder", part: "\"flag\":\"green\""),
        Wish(action: .flag, state: "paid", command: "FlagOrder"),
        Wish(action: .confirmReceipt, state: "shipped", command: "ConfirmReceipt"),
        Wish(action: .extendReceipt, state: "shipped", days: "5", command: "ExtendReceipt", part: "\"days\":5"),
        Wish(
            action: .reassign, state: "paid", member: "M8", command: "ReassignDistributor", part: "\"memberId\":\"M8\""),
    ]

    private static let orderID = OrderID.sample("X")

    private static func path(_ action: OrderAction) -> String { "/orders/\(orderID)/\(action.rawValue)" }

    @Test(arguments: wishes)
    func eachFormPublishesItsCommandOnce(wish: Wish) async throws {
        try await SiteRig.with { rig in
            try rig.tell(OrderSamples.order("X", state: wish.state))
            let browser = try await rig.signIn(.owner, name: "anna")
            #expect(try await browser.get(Self.path(wish.action)).text.contains("name=\"reason\""))
            let reply = try await browser.post(
                Self.path(wish.action),
                [
                    "reason": "the buyer called", "note": wish.note, "days": wish.days, "member": wish.member,
                    "flag": wish.flag,
                ])
            let asked = try #require(rig.asked.first)
            #expect(rig.asked.count == 1)
            #expect(asked.hasPrefix("\(wish.command) \(Self.orderID) "))
            for part in [wish.part, "\"actor\":\"anna\"", "\"reason\":\"the buyer called\""] {
                #expect(asked.contains(part), "\(part) in \(asked)")
            }
            #expect(rig.sent[0].topic == .commands(of: "intake"))
            #expect(reply.headers[.location]?.hasPrefix("/commands/") == true)
            #expect(try rig.number("SELECT count(*) FROM audit_log WHERE action = \("command.\(wish.command)")") == 1)
            #expect(try await browser.get("/orders/\(Self.orderID)").text.contains("the buyer called"))
        }
    }

    @Test(arguments: OrderAction.allCases)
    func withoutAReasonNothingIsSent(action: OrderAction) async throws {
        try await SiteRig.with { rig in
            let states: [OrderAction: String] = [
                .release: "held", .confirmReceipt: "shipped", .extendReceipt: "shipped", .changePrice: "placed",
            ]
            try rig.tell(OrderSamples.order("X", state: states[action] ?? "paid", seller: "M3"))
            let browser = try await rig.signIn(.owner)
            for reason in ["", " ", "x", String(repeating: "x", count: 501)] {
                let page = try await browser.post(
                    Self.path(action),
                    ["reason": reason, "note": "n", "days": "1", "member": "M8", "price-1": "1", "freight": "0"])
                #expect(page.status == .unprocessableContent && page.text.contains("id=\"reason-fault\""), "\(reason)")
            }
            #expect(rig.sent.isEmpty)
        }
    }

    @Test(arguments: OrderAction.allCases.filter { $0 != .note && $0 != .flag })
    func whatIsSurelyRefusedIsNotSent(action: OrderAction) async throws {
        try await SiteRig.with { rig in
            try rig.tell(OrderSamples.order("X", state: "cancelled"))
            let browser = try await rig.signIn(.owner)
            let shown = try await browser.get(Self.path(action))
            #expect(shown.text.contains("alert-warning") && !shown.text.contains("name=\"reason\""))
            let page = try await browser.post(
                Self.path(action), ["reason": "please", "days": "1", "member": "M8", "price-1": "1", "freight": "0"])
            #expect(page.status == .conflict)
            #expect(rig.sent.isEmpty)
        }
    }

    @Test(arguments: OrderAction.allCases)
    func ordersOfOthersAreNotThere(action: OrderAction) async throws {
        try await SiteRig.with { rig in
            try rig.tell(OrderSamples.order("X", state: "paid"))
            let browser = try await rig.signIn(.owner, scope: .channels(["douyin"]))
            #expect(try await browser.get(Self.path(action)).status == .notFound)
            let page = try await browser.post(Self.path(action), ["reason": "please", "note": "n", "member": "M8"])
            #expect(page.status == .notFound)
            #expect(rig.sent.isEmpty)
        }
    }

    @Test func pricesAreShownOnceMoreBeforeTheyAreSent() async throws {
        try await SiteRig.with { rig in
            try rig.tell([OrderSamples.placed])
            let browser = try await rig.signIn(.owner)
            let path = "/orders/\(OrderID.sample)/change-price"
            let first = try await browser.post(
                path, ["reason": "a friend", "price-1": "100.00", "price-2": "50", "freight": "0"])
            #expect(rig.sent.isEmpty)
            // 2 × 100 − 10 − 5 + 50, without the freight.
            #expect(first.status == .ok && first.text.contains("¥235.00"))
            for field in [
                "price-1\" value=\"100.00", "price-2\" value=\"50", "freight\" value=\"0", "reason\" value=\"a friend",
            ] {
                #expect(first.text.contains("<input type=\"hidden\" name=\"\(field)\""), "\(field)")
            }
            try await browser.post(
                path,
                ["confirmed": "yes", "reason": "a friend", "price-1": "100.00", "price-2": "50", "freight": "0"])
            #expect(rig.asked.count == 1)
            #expect(rig.asked[0].contains("\"lines\":[{\"lineId\":\"1\",\"unitPrice\":10000}],\"freight\":0"))
        }
    }

    @Test(
        arguments: [
            ("129", "50", "8", "Nothing would change"), ("1", "0", "8", "The discounts are above the goods"),
            ("", "50", "8", "Please fill this in"), ("1e3", "50", "8", "Please write an amount"),
            ("100", "50", "-1", "outside the allowed range"),
        ])
    func pricesThatCannotBeAreSaid(one: String, two: String, freight: String, complaint: String) async throws {
        try await SiteRig.with { rig in
            try rig.tell([OrderSamples.placed])
            let browser = try await rig.signIn(.owner)
            let page = try await browser.post(
                "/orders/\(OrderID.sample)/change-price",
                ["confirmed": "yes", "reason": "a friend", "price-1": one, "price-2": two, "freight": freight])
            #expect(page.status == .unprocessableContent && page.text.contains(complaint))
            #expect(rig.sent.isEmpty)
        }
    }

    @Test(
        arguments: [
            (OrderAction.extendReceipt, "days", "0"), (.extendReceipt, "days", "181"), (.extendReceipt, "days", "five"),
            (.reassign, "member", "M3"), (.reassign, "member", String(repeating: "M", count: 65)),
            (.note, "note", ""), (.note, "note", String(repeating: "n", count: 2001)), (.flag, "flag", "pink"),
        ])
    func whatDoesNotFitIsSaidAtItsField(action: OrderAction, field: String, value: String) async throws {
        try await SiteRig.with { rig in
            try rig.tell(OrderSamples.order("X", state: "shipped", seller: "M3"))
            let browser = try await rig.signIn(.owner)
            let fields: KeyValuePairs = ["reason": "please", field: value]
            let page = try await browser.post(Self.path(action), fields)
            #expect(page.status == .unprocessableContent && page.text.contains("class=\"fault\""))
            #expect(rig.sent.isEmpty)
        }
    }

    @Test func oneOfSeveralHoldsIsEnded() async throws {
        try await SiteRig.with { rig in
            try rig.tell(OrderSamples.order("X", state: "held"))
            try rig.tell([OrderHeld(orderID: Self.orderID, hold: .amount, reason: "much", heldAt: .sample, version: 4)])
            let browser = try await rig.signIn(.owner)
            #expect(try await browser.get(Self.path(.release)).text.contains("name=\"hold\" value=\"amount\""))
            try await browser.post(Self.path(.release), ["reason": "checked", "hold": "amount"])
            #expect(rig.asked[0].contains("\"hold\":\"amount\""))
            let wrong = try await browser.post(Self.path(.release), ["reason": "checked", "hold": "velocity"])
            #expect(wrong.status == .unprocessableContent && rig.sent.count == 1)
        }
    }

    @Test func platformsOrdersAreThePlatforms() async throws {
        try await SiteRig.with { rig in
            try rig.channel("wechat-mini", "x", money: "platform", clocks: "platform")
            try rig.tell(OrderSamples.order("X", state: "shipped"))
            let browser = try await rig.signIn(.owner)
            #expect(try await browser.post(Self.path(.confirmReceipt), ["reason": "please"]).status == .conflict)
            #expect(rig.sent.isEmpty)
        }
    }
}
