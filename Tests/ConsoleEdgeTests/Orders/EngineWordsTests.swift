import ConsoleDomain
import Contracts
import Foundation
import HTTPTypes
import Support
import Testing

@testable import ConsoleEdge

@Suite("Reasons that services put into words")
struct EngineWordsTests {
    private static func visit(_ rig: SiteRig, _ language: String) -> Visit {
        let call = Call(
            .get, "/", headers: [.acceptLanguage: language], authority: "localhost", address: "127.0.0.1")
        return Gate(tools: rig.site.tools).stranger(call, at: SiteRig.start)
    }

    private static let said: [(EngineWords.Subject, String, String)] = [
        (.attribution, "bound by code since 2026-11-20T02:00:00.000Z", "自 2026-11-20 10:00 起绑定（推荐码）"),
        (.attribution, "named on the order by live", "订单上注明（直播）"),
        (.attribution, "M8 comes first", "M8 优先"),
        (.attribution, "the buyer was M8's then", "当时买家归 M8 所有"),
        (.attribution, "learnt after the order: is the channel's agent", "下单后才得知：是该渠道的代理"),
        (.attribution, "stands above M3 but is disabled", "是 M3 的上级，但已停用"),
        (.routing, "one parcel from hangzhou (12 km)", "一个包裹，由 hangzhou（12 公里） 发出"),
        (
            .routing, "2 parcels, as none alone has everything: w1 (12 km), w2 (1300 km)",
            "2 个包裹，没有一个仓库单独有全部商品：w1（12 公里）、w2（1,300 公里）"
        ),
        (.routing, "shenzhen: costs 1400, 980 km", "shenzhen：费用 ¥14.00，980 公里"),
        (.routing, "w1: has 1 of 3 SKU-1", "w1：SKU-1 只有 1 件，需要 3 件"),
        (.routing, "w1: does not send to an unknown region", "w1：不发往未知地区"),
        (.routing, "w1: is full today, 500 parcels", "w1：今天已满，500 个包裹"),
        (.commission, "10 % by default", "默认比例 10 %"),
        (.commission, "12.5 % by class beauty, grade gold", "12.5 %，按佣金类别 beauty、等级 gold"),
        (.commission, "88 a piece by sku SKU-9", "每件 ¥0.88，按商品 SKU-9"),
        (
            .commission, "own purchase: 10 % by default, less 300 paid below, cut to the pool of 500",
            "自购：默认比例 10 %，减去下级已得 ¥3.00，按佣金池 ¥5.00 截减"
        ),
        (.commission, "peer of M3, grade gold", "M3 的平级，等级 gold"),
        (
            .commission, "pays 100 a piece, 200 in all; the level below 300",
            "进货价每件 ¥1.00，共 ¥2.00；下级共 ¥3.00"
        ),
        (
            .suggestion,
            "In 14 days (lead time 7, review 7) 120 pieces are expected and at 95 % no more than 150; 40 are there or on "
                + "order: 110 missing, 120 in packs of 12, at least 24. On the last 28 days last week again would have "
                + "been nearer: look twice.",
            "14 天内（备货 7 天、盘点周期 7 天）预计售出 120 件，以 95% 的把握不超过 150 件；现有及在途 40 件，缺 110 件，"
                + "按每包 12 件取整为 120 件，起订量 24 件。最近 28 天里，照搬上周更接近实际：请再核对"
        ),
    ]

    @Test func knownReasonsAreInTheReadersLanguage() async throws {
        try await SiteRig.with { rig in
            let visit = Self.visit(rig, "zh")
            for (subject, reason, words) in Self.said {
                #expect(EngineWords(subject: subject, visit: visit, currency: "CNY").say(reason) == words)
            }
        }
    }

    /// Words of people, and of services that are newer than these pages.
    @Test(arguments: [
        (EngineWords.Subject.attribution, "bound by magic since yesterday"), (.attribution, "the agent called"),
        (.routing, "one parcel is cheapest"), (.routing, "shenzhen costs 1,400"), (.commission, "asked by phone"),
        (.commission, "24,300 × 10 % = 2430"), (.suggestion, "winter comes"), (.attribution, ""),
    ])
    func whatIsUnknownStaysAsItCame(subject: EngineWords.Subject, reason: String) async throws {
        try await SiteRig.with { rig in
            let words = EngineWords(subject: subject, visit: Self.visit(rig, "zh"), currency: "CNY")
            #expect(words.say(reason) == reason)
        }
    }

    /// Every sentence is one that a service writes: whoever changes it there finds it here.
    @Test func servicesStillWriteTheSentences() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        var sources = ""
        for service in ["Intake", "Inventory", "Commission"] {
            let folder = root.appending(path: "Services/\(service)/Domain")
            for name in FileManager.default.enumerator(atPath: folder.path)?.compactMap({ $0 as? String }) ?? []
            where name.hasSuffix(".swift") {
                sources += try String(contentsOf: folder.appending(path: name), encoding: .utf8)
            }
        }
        let phrases = try Phrases(SiteSections.all.flatMap(\.phrases)).byKey.filter { $0.key.hasPrefix("why.") }
        let used = Set(EngineWords.Subject.all.flatMap(\.sentences).map { "why.\($0)" })
        #expect(Set(phrases.keys) == used)
        for (key, phrase) in phrases {
            for part in phrase.en.split(separator: /\{[a-z-]+\}/).map({ String($0).trimmed }) where part.count > 3 {
                let words = part.hasSuffix(".") ? String(part.dropLast()) : part
                #expect(sources.contains(words), "\(key): \(words)")
            }
        }
    }

    @Test func orderPageSaysThemInTheReadersLanguage() async throws {
        try await SiteRig.with { rig in
            try rig.tell([
                OrderPlaced.sample(
                    attribution: Attribution(
                        memberID: "M3", kind: .binding, chain: [ChainLink(memberID: "M3")],
                        reason: "bound by link since 2026-11-20T02:00:00.000Z",
                        contest: [Contender(memberID: "M8", kind: .link, reason: "M3 comes first")])),
                StockReserved(
                    orderID: .sample, reservation: 1, allocations: [],
                    routing: Routing(
                        parcels: 1, cost: 900, why: "one parcel from hangzhou (12 km)",
                        rejected: ["shenzhen: is not active"])),
                CommissionAccrued(
                    orderID: .sample, planID: "2026", planVersion: 3, currency: "CNY",
                    legs: [
                        CommissionLeg(
                            memberID: "M3", level: 1, kind: .level, lineID: "1", base: 10_000, rateBasisPoints: 1000,
                            amount: 1000, why: "10 % by default")
                    ], companyShare: 0, remainder: 0, at: .sample),
            ])
            let browser = try await rig.signIn(.owner)
            browser.headers[.acceptLanguage] = "zh"
            let page = try await browser.get("/orders/\(OrderID.sample)").text
            for words in ["起绑定（分享链接）", "M3 优先", "一个包裹，由 hangzhou（12 公里） 发出", "shenzhen：仓库未启用", "默认比例 10 %"] {
                #expect(page.contains(words), "\(words)")
            }
        }
    }
}
