import ConsoleDomain
import Contracts
import HTTPTypes
import HummingbirdCore
import NIOCore
import Pipeline
import Support
import Testing

@testable import ConsoleEdge

@Suite("Portal of a distributor")
struct PortalTests {
    private let first = OrderID.sample("WX-1")
    private let second = OrderID.sample("WX-2")

    /// `M3` sold one order, `M7` below it another, `M9` is somebody else.
    private func sell(_ house: PortalHouse) throws {
        try house.tell(
            PortalSamples.placed("WX-1", by: ["M3", "M1"]),
            PortalSamples.placed("WX-2", by: ["M7", "M3", "M1"], price: 20_000),
            PortalSamples.placed("WX-3", by: ["M9"], price: 77_700),
            PortalSamples.accrued(first, [PortalSamples.leg("M3", 1000), PortalSamples.leg("M1", 333, level: 2)]),
            PortalSamples.matured(first, [PortalSamples.leg("M3", 1000)]),
            PortalSamples.reversed(first, [PortalSamples.leg("M3", 250)], reason: "=退款,\"一件\""),
            PortalSamples.accrued(second, [PortalSamples.leg("M7", 2000), PortalSamples.leg("M3", 600, level: 2)]),
            members: PortalSamples.members, plans: [.sample(minimumPayout: 500, payoutFeeBasisPoints: 100)])
    }

    @Test func showsWhatTheMemberSoldAndHas() async throws {
        try await PortalHouse.with { house in
            try sell(house)
            let page = try await house.browser(.distributor, .own("M3")).get("/portal").text
            #expect(page.contains(#"<dt>可提现</dt><dd class="large">¥7.50</dd>"#))
            #expect(page.contains("<dt>待结算(冻结)</dt><dd>¥6.00</dd>"))
            #expect(page.contains("<dt>已冲回</dt><dd>¥2.50</dd>"))
            #expect(page.contains(#"data-label="成交额">¥100.00"#), "its own order alone")
            #expect(!page.contains("¥200.00") && !page.contains("¥777.00"))
            #expect(page.contains(#"value="https://mall.example.com/?from=M3""#))
        }
    }

    @Test func statementAddsUpAndOpensTheNextMonth() async throws {
        try await PortalHouse.with { house in
            try sell(house)
            let browser = try house.browser(.distributor, .own("M3"))
            let page = await browser.get("/portal/statement?month=2026-11").text
            #expect(page.contains(#"<th scope="row">已解冻</th><td class="number">+¥10.00</td>"#))
            #expect(page.contains(#"<th scope="row">已冲回</th><td class="number">-¥2.50</td>"#))
            #expect(page.contains(#"<th scope="row">期末</th><td class="number">¥7.50</td>"#))
            #expect(page.contains(#"<th scope="row">期末</th><td class="number">¥6.00</td>"#))
            let next = await browser.get("/portal/statement?month=2026-12").text
            #expect(next.contains(#"<th scope="row">期初</th><td class="number">¥7.50</td>"#))
            #expect(next.contains("这个月没有佣金变动"))
            #expect(await browser.get("/portal/statement?month=2026-13").status == .ok)
        }
    }

    @Test(arguments: [Int64.min, .min + 1, -(1 << 47), 1 << 47, .max])
    func pageBeginsAtNoTimeThatDatabasesDoNotKnow(milliseconds: Int64) async throws {
        try await PortalHouse.with { house in
            try sell(house)
            let browser = try house.browser(.distributor, .own("M3"))
            let reply = await browser.get("/portal/statement?month=2026-11&after=\(milliseconds).1.x")
            #expect(reply.status == .ok && reply.text.contains("¥7.50"))
            #expect(await browser.get("/portal/payouts?after=\(milliseconds).x").status == .ok)
            #expect(StatementRows.Place(text: "\(milliseconds).1.x") == nil)
            #expect(MemberPayout.Place(text: "\(milliseconds).x") == nil)
        }
    }

    @Test func exportNeutralisesFormulas() async throws {
        try await PortalHouse.with { house in
            try sell(house)
            let reply = try await house.browser(.distributor, .own("M3")).get("/portal/statement.csv?month=2026-11")
            let lines = try await text(of: reply).split(separator: "\r\n")
            #expect(lines.count == 5)
            #expect(lines.contains { $0.contains(#"-2.50,CNY,"'=退款,""一件""""#) })
        }
    }

    @Test func whyShowsOwnLegsAlone() async throws {
        try await PortalHouse.with { house in
            try sell(house)
            let browser = try house.browser(.distributor, .own("M3"))
            let page = await browser.get("/portal/earnings/\(first)").text
            #expect(page.contains("why of M3") && page.contains("¥100.00 × 10%"))
            #expect(!page.contains("why of M1") && !page.contains("¥3.33"))
            #expect(page.contains("\(first)-A1"), "the case that took it back")
            #expect(await browser.get("/portal/earnings/\(OrderID.sample("WX-3"))").status == .notFound)
            #expect(
                try await house.browser(.distributor, .own("M9")).get("/portal/earnings/\(first)").status == .notFound)
        }
    }

    @Test func questionNamesTheJournalAndIsAskedOnce() async throws {
        try await PortalHouse.with { house in
            try sell(house)
            let browser = try house.browser(.distributor, .own("M3"))
            let path = "/portal/earnings/\(first)"
            #expect(await browser.post("\(path)/question", ["reason": "x"]).status == .unprocessableContent)
            let reply = await browser.post("\(path)/question", ["reason": "<b>少了</b>一件"])
            #expect(reply.status == .seeOther)
            let message = try #require(house.post.messages.first)
            let command = try DisputeEntry(JSONDocument.object(message.value))
            #expect(message.topic == .commands(of: "commission") && message.key == "M3")
            #expect(command.entryID == "\(first)-J1" && command.memberID == "M3")
            #expect(command.reason == "<b>少了</b>一件" && command.actor == "distributor-m3")
            let page = await browser.get(path).text
            #expect(page.contains("&lt;b&gt;少了") && !page.contains("<b>少了"))
            #expect(await browser.post("\(path)/question", ["reason": "noch einmal"]).status == .unprocessableContent)
            #expect(house.post.messages.count == 1)
        }
    }

    @Test func payoutIsLookedAtBeforeItIsAskedFor() async throws {
        try await PortalHouse.with { house in
            try sell(house)
            let browser = try house.browser(.distributor, .own("M3"))
            func ask(_ amount: String, _ more: [String: String] = [:]) async -> Reply {
                await browser.post("/portal/payouts", ["amount": amount, "currency": "CNY"].merging(more) { $1 })
            }
            #expect(await ask("7.51").text.contains("超过可提现金额"))
            #expect(await ask("4.99").text.contains("低于最低提现额"))
            #expect(await ask("-1").status == .unprocessableContent)
            #expect(await ask("1e3").status == .unprocessableContent)
            #expect(await ask("5", ["currency": "USD'--"]).status == .unprocessableContent)
            let preview = await ask("7.50")
            #expect(preview.status == .ok && preview.text.contains("¥7.42"), "less one per cent, half up")
            #expect(house.post.messages.isEmpty)
            #expect(await ask("7.50", ["confirmed": "yes", "note": "房租"]).status == .seeOther)
            let message = try #require(house.post.messages.first)
            let command = try RequestPayout(JSONDocument.object(message.value))
            #expect(command.amount == 750 && command.currency == "CNY" && command.memberID == "M3")
            #expect(command.reason == "房租")
            #expect(await ask("5", ["confirmed": "yes"]).status == .unprocessableContent, "one waits already")
        }
    }

    @Test func teamIsMaskedAndEndsAtTheOwnLine() async throws {
        try await PortalHouse.with { house in
            try sell(house)
            let browser = try house.browser(.distributor, .downline("M3"))
            let page = await browser.get("/portal/team").textWithoutToken
            #expect(page.contains("M7") && page.contains("韩**") && !page.contains("韩梅梅"))
            #expect(page.contains("A**") && !page.contains("Alexander"))
            #expect(page.contains("¥300.00"), "the whole line")
            #expect(!page.contains("M9"))
            #expect(await browser.get("/portal/team?member=M7").status == .ok)
            for foreign in ["M1", "M9", "M3'%20OR%20'1'='1", "%3Cscript%3E"] {
                #expect(await browser.get("/portal/team?member=\(foreign)").status == .notFound)
            }
            let own = try await house.browser(.distributor, .own("M3")).get("/portal/team").textWithoutToken
            #expect(!own.contains("M7") && own.contains("仅本人"))
        }
    }

    @Test func financeAnswersWithTheWhyBesideIt() async throws {
        try await PortalHouse.with { house in
            try sell(house)
            try house.tell(PortalSamples.disputed(second, "M3"))
            let finance = try house.browser(.finance, .all)
            let path = "/disputes/\(second)/M3"
            #expect(await finance.get("/disputes").text.contains("少算了运费券"))
            let page = await finance.get(path).text
            #expect(page.contains("why of M3") && page.contains("少算了运费券"))
            #expect(
                await finance.post("\(path)/answer", ["answer": "maybe", "reason": "checked twice"]).status
                    == .unprocessableContent)
            #expect(
                await finance.post("\(path)/answer", ["answer": "upheld", "reason": "checked twice"]).status
                    == .seeOther)
            let message = try #require(house.post.messages.first)
            let command = try AnswerDispute(JSONDocument.object(message.value))
            #expect(command.answer == .upheld && command.entryID == "\(second)-J1" && command.memberID == "M3")
            #expect(
                try await house.browser(.auditor, .all).post("\(path)/answer", ["answer": "upheld"]).status
                    == .forbidden)
            #expect(try await house.browser(.distributor, .own("M3")).get(path).status == .forbidden)
            #expect(await finance.get("/disputes/\(first)/M1").status == .ok)
            #expect(await finance.get("/disputes/\(first)/M9").status == .notFound)
        }
    }

    private func text(of reply: Reply) async throws -> String {
        guard case .stream(let writer) = reply.body else { return reply.text }
        var collected: any ResponseBodyWriter = CollectingWriter()
        try await writer(&collected)
        return (collected as? CollectingWriter).map { String(decoding: $0.bytes, as: UTF8.self) } ?? ""
    }
}

/// Keeps what a stream writes.
struct CollectingWriter: ResponseBodyWriter {
    private(set) var bytes: [UInt8] = []

    mutating func write(_ buffer: ByteBuffer) async throws { bytes += buffer.readableBytesView }
    consuming func finish(_ trailingHeaders: HTTPFields?) async throws {}
}
