import ConsoleDomain
import Contracts
import HTTPTypes
import Support
import Testing

@testable import ConsoleEdge

@Suite("One action on many orders")
struct OrderBulkTests {
    private static let free = OrderID.sample("FREE").text
    private static let held = OrderID.sample("HELD").text
    private static let foreign = OrderID.sample("FOREIGN", channel: "douyin").text

    private static func fill(_ rig: SiteRig) throws {
        try rig.tell(OrderSamples.order("FREE", state: "paid"))
        try rig.tell(OrderSamples.order("HELD", state: "held"))
        try rig.tell(OrderSamples.order("FOREIGN", channel: "douyin", state: "paid"))
    }

    @Test func previewSaysWhatWillHappenAndWhatNot() async throws {
        try await SiteRig.with { rig in
            try Self.fill(rig)
            let browser = try await rig.signIn(.owner)
            let page = try await browser.post(
                "/orders/bulk", ["action": "hold", "order": Self.free, "order": Self.held])
            #expect(page.status == .ok)
            #expect(page.text.contains("1 will be done; 1 cannot be."))
            #expect(page.text.contains("The order is held by hand already."))
            #expect(rig.sent.isEmpty)
        }
    }

    @Test func onlyWhatIsPossibleIsAskedFor() async throws {
        try await SiteRig.with { rig in
            try Self.fill(rig)
            let browser = try await rig.signIn(.owner)
            let sent = try await browser.post(
                "/orders/bulk/send",
                ["action": "hold", "order": Self.free, "order": Self.held, "reason": "stock take", "back": "/orders"])
            #expect(rig.asked.count == 1)
            #expect(rig.asked[0].hasPrefix("HoldOrder \(Self.free) "))
            #expect(rig.asked[0].contains("\"reason\":\"stock take\""))
            let result = try await browser.get(try #require(sent.headers[.location]))
            #expect(result.text.contains("/orders/\(Self.free)") && !result.text.contains("/orders/\(Self.held)"))
        }
    }

    @Test(
        arguments: [
            ("release", "HELD", "ReleaseOrder", ""), ("note", "FREE", "NoteOrder", "\"note\":\"call <them>\""),
            ("flag", "FREE", "FlagOrder", "\"flag\":\"blue\""),
        ])
    func eachActionIsItsCommand(action: String, order: String, type: String, part: String) async throws {
        try await SiteRig.with { rig in
            try Self.fill(rig)
            let browser = try await rig.signIn(.owner)
            try await browser.post(
                "/orders/bulk/send",
                [
                    "action": action, "order": OrderID.sample(order).text, "reason": "because", "note": "call <them>",
                    "flag": "blue",
                ])
            #expect(rig.asked.count == 1 && rig.asked[0].hasPrefix("\(type) ") && rig.asked[0].contains(part))
        }
    }

    @Test func ordersOfOthersAreNotThere() async throws {
        try await SiteRig.with { rig in
            try Self.fill(rig)
            let browser = try await rig.signIn(.support, scope: .channels(["wechat-mini"]))
            let page = try await browser.post(
                "/orders/bulk", ["action": "hold", "order": Self.free, "order": Self.foreign])
            #expect(page.text.contains(Self.free) && !page.text.contains(Self.foreign))
            try await browser.post(
                "/orders/bulk/send", ["action": "hold", "order": Self.foreign, "reason": "mine now"])
            #expect(rig.sent.isEmpty)
        }
    }

    @Test func whatIsMissingIsSaidAndNothingIsSent() async throws {
        try await SiteRig.with { rig in
            try Self.fill(rig)
            let browser = try await rig.signIn(.owner)
            let page = try await browser.post("/orders/bulk/send", ["action": "hold", "order": Self.free])
            #expect(page.status == .unprocessableContent && page.text.contains("id=\"reason-fault\""))
            for action in ["cancel", "drop table", ""] {
                #expect(
                    try await browser.post("/orders/bulk", ["action": action, "order": Self.free]).status == .badRequest
                )
            }
            #expect(
                try await browser.post("/orders/bulk", ["action": "hold", "back": "/orders?view=held"])
                    .headers[.location] == "/orders?view=held")
            let warehouse = try await rig.signIn(.warehouse)
            #expect(
                try await warehouse.post("/orders/bulk", ["action": "hold", "order": Self.free]).status == .forbidden)
            #expect(rig.sent.isEmpty)
        }
    }

    @Test func nobodySeesCommandsOfOthers() async throws {
        try await SiteRig.with { rig in
            try Self.fill(rig)
            let browser = try await rig.signIn(.support)
            let sent = try await browser.post(
                "/orders/bulk/send", ["action": "hold", "order": Self.free, "reason": "because"])
            let other = try await rig.signIn(.support)
            let result = try await other.get(try #require(sent.headers[.location]))
            #expect(result.text.contains("Nothing was asked for"))
        }
    }
}
