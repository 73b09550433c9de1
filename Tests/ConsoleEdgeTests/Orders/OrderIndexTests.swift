import ConsoleDomain
import Contracts
import HTTPTypes
import Postgres
import Support
import Testing

@testable import ConsoleEdge

/// The list of orders: what each view, filter and search shows, and to whom.
@Suite("Orders index")
struct OrderIndexTests {
    private static let states = [
        "placed", "paid", "confirmed", "held", "shipped", "completed", "cancelled", "case", "short",
    ]

    /// One order in each state, the earlier state the earlier order.
    private static func fill(_ rig: SiteRig) throws {
        for (minute, state) in states.enumerated() {
            try rig.tell(OrderSamples.order("E-\(state)", state: state, minute: Int64(minute)))
        }
    }

    /// The states of the orders that a page lists.
    private static func shown(_ reply: Reply) -> [String] {
        let ids = Dictionary(
            uniqueKeysWithValues: states.enumerated().map { minute, state in
                (OrderID.sample("E-\(state)", placedAt: .sample + .minutes(Int64(minute))).text, state)
            })
        return reply.orders.map { ids[$0] ?? $0 }
    }

    @Test func viewsShowTheirOrdersNewestFirst() async throws {
        try await SiteRig.with { rig in
            try Self.fill(rig)
            let browser = try await rig.signIn(.owner)
            let expected: [(OrderTab, [String])] = [
                (.all, Self.states.reversed()), (.toPay, ["placed"]), (.toShip, ["confirmed"]),
                (.shipped, ["shipped"]), (.afterSales, ["case"]), (.held, ["held"]), (.outOfStock, ["short"]),
                (.completed, ["completed"]), (.cancelled, ["cancelled"]),
            ]
            #expect(expected.map(\.0) == OrderTab.allCases)
            for (tab, states) in expected {
                let page = try await browser.get("/orders?view=\(tab.rawValue)")
                #expect(Self.shown(page) == states, "\(tab)")
                #expect(
                    page.text.contains(
                        "href=\"/orders\(tab == .all ? "" : "?view=\(tab.rawValue)")\" aria-current=\"page\""))
            }
        }
    }

    @Test func filtersNarrow() async throws {
        try await SiteRig.with { rig in
            try rig.tell(OrderSamples.order("A", state: "confirmed", seller: "M3", price: 5000))
            try rig.tell(OrderSamples.order("B", channel: "douyin", state: "paid", minute: 1440, price: 20_000))
            try rig.tell([
                OrderFlagged(orderID: .sample("A"), flag: "red", actor: "x", flaggedAt: .sample, version: 9),
                OrderRefundStatusChanged(
                    orderID: .sample("A"), status: .partial, refunded: 1, at: .sample, version: 10),
            ])
            let browser = try await rig.signIn(.owner)
            let ids = [
                OrderID.sample("B", channel: "douyin", placedAt: .sample + .days(1)).text, OrderID.sample("A").text,
            ]
            let a = [
                "channel=wechat-mini", "state=paid&seller=M3", "stock=reserved", "refund=partial", "warehouse=hangzhou",
                "seller=M3", "flag=red", "to=2026-11-22", "max=199.99", "sku=SKU-1&seller=M3",
            ]
            for query in a { #expect(try await browser.get("/orders?\(query)").orders == [ids[1]], "\(query)") }
            let b = [
                "channel=douyin", "stock=pending", "refund=none", "from=2026-11-23", "min=200",
                "from=2026-11-23&to=2026-11-23",
            ]
            for query in b { #expect(try await browser.get("/orders?\(query)").orders == [ids[0]], "\(query)") }
            for query in ["sku=SKU-9", "warehouse=beijing", "state=shipped", "min=1&max=2"] {
                #expect(try await browser.get("/orders?\(query)").orders == [], "\(query)")
            }
            #expect(try await browser.get("/orders?sort=oldest").orders == ids.reversed())
            #expect(try await browser.get("/orders?sort=amount").orders == ids)
        }
    }

    @Test func whatCannotBeReadIsSaidAndTheRestIsShown() async throws {
        try await SiteRig.with { rig in
            try Self.fill(rig)
            let browser = try await rig.signIn(.owner)
            for (query, field) in [
                ("from=yesterday", "from"), ("min=lots", "min"), ("from=2026-11-23&to=2026-11-22", "to"),
            ] {
                let page = try await browser.get("/orders?\(query)")
                #expect(page.status == .ok)
                #expect(page.text.contains("<p class=\"fault\">"), "\(field)")
            }
            #expect(try await browser.get("/orders?after=nonsense&state=nonsense").orders.count == Self.states.count)
        }
    }

    @Test func searchKnowsWhatItIsGiven() async throws {
        try await SiteRig.with { rig in
            try rig.tell(OrderSamples.order("WX-77", state: "confirmed", seller: "M3"))
            try rig.tell(OrderSamples.order("ZZ-1", channel: "douyin", state: "paid"))
            try rig.tell([ShipmentDispatched.sample(orderID: .sample("WX-77"), waybill: "SF777")])
            try rig.channel("wechat-mini", "微信小程序")
            let browser = try await rig.signIn(.owner)
            let orderID = OrderID.sample("WX-77").text
            let known = [
                (orderID, "an order number"), (orderID.lowercased(), "an order number"), ("WX-77", "own number"),
                ("WX-7", "own number"), ("SF777", "a waybill"), ("wechat-mini/u-WX-77", "a buyer"),
                ("u-WX-77", "a buyer"), ("M3", "a member"),
            ]
            for (text, word) in known {
                let page = try await browser.get("/orders?q=\(PercentCoding.encoded(text))")
                #expect(page.orders == [orderID], "\(text)")
                #expect(page.text.contains(word), "\(text)")
            }
            #expect(try await browser.get("/orders?q=SKU-1").orders.count == 2)
            for nothing in ["%", "_X-77", "' OR 1=1 --", "\\"] {
                let page = try await browser.get("/orders?q=\(PercentCoding.encoded(nothing))")
                #expect(page.orders == [] && page.text.contains("No order of yours is known by that"), "\(nothing)")
            }
        }
    }

    /// A short list is found first and sorted then, a long one read along its index.
    @Test(arguments: [("newest", 120), ("oldest", 120), ("amount", 120), ("newest", 1020), ("oldest", 1020)])
    func pagesGoForthAndBackAndLoseNothing(sort: String, count: Int) async throws {
        try await SiteRig.with { rig in
            try rig.fill(count)
            let browser = try await rig.signIn(.owner)
            var page = try await browser.get("/orders?sort=\(sort)")
            #expect(page.link("prev") == nil)
            var pages = [page.orders]
            while let next = page.link("next") {
                page = try await browser.get(next)
                pages.append(page.orders)
            }
            #expect(pages.map(\.count) == Array(repeating: 50, count: count / 50) + [20])
            #expect(Set(pages.joined()).count == count)
            var back: [[String]] = [page.orders]
            while let previous = page.link("prev") {
                page = try await browser.get(previous)
                back.insert(page.orders, at: 0)
            }
            #expect(back == pages)
        }
    }

    @Test(arguments: [(1000, "1,000 orders"), (1001, "1,000+ orders")])
    func countIsExactToAThousand(count: Int, text: String) async throws {
        try await SiteRig.with { rig in
            try rig.fill(count)
            let browser = try await rig.signIn(.owner)
            #expect(try await browser.get("/orders").text.contains(text))
            #expect(try await browser.get("/orders?q=X7").text.contains("Found as the channel"))
        }
    }

    @Test func nobodySeesOrdersOfOthers() async throws {
        try await SiteRig.with { rig in
            try rig.tell(OrderSamples.order("MINE", state: "confirmed", seller: "M3"))
            try rig.tell(OrderSamples.order("OTHER", channel: "douyin", state: "paid", seller: "M9"))
            try rig.tell([ShipmentDispatched.sample(orderID: .sample("OTHER", channel: "douyin"), waybill: "SF9")])
            let mine = OrderID.sample("MINE").text
            let other = OrderID.sample("OTHER", channel: "douyin").text
            let scopes: [(ReadyRole, DataScope)] = [
                (.distributor, .own("M3")), (.distributor, .downline("M3")),
                (.channelManager, .channels(["wechat-mini"])),
                (.warehouse, .warehouses(["hangzhou"])),
            ]
            for (role, scope) in scopes {
                let browser = try await rig.signIn(role, scope: scope)
                #expect(try await browser.get("/orders").orders == [mine], "\(scope)")
                for text in [other, "OTHER", "SF9", "M9", "douyin/u-OTHER"] {
                    let page = try await browser.get("/orders?q=\(PercentCoding.encoded(text))")
                    #expect(page.orders == [] && page.text.contains("Nothing was found"), "\(scope) \(text)")
                }
                #expect(try await browser.get("/orders/\(other)").status == .notFound, "\(scope)")
                #expect(try await browser.get("/orders/\(mine)").status == .ok, "\(scope)")
            }
        }
    }

    /// Members do not find out who bought.
    @Test func membersDoNotSearchForBuyers() async throws {
        try await SiteRig.with { rig in
            try rig.tell(OrderSamples.order("MINE", state: "paid", seller: "M3"))
            let browser = try await rig.signIn(.distributor, scope: .own("M3"))
            #expect(try await browser.get("/orders?q=wechat-mini/u-MINE").orders == [])
            #expect(!(try await browser.get("/orders/\(OrderID.sample("MINE"))").text.contains("u-MINE")))
        }
    }

    @Test func textFromOutsideStaysText() async throws {
        try await SiteRig.with { rig in
            let script = "<script>alert(1)</script>"
            try rig.tell(OrderSamples.order(script, channel: "\"><b>", state: "confirmed", seller: "<i>M3"))
            try rig.item("SKU-1", script)
            let browser = try await rig.signIn(.owner)
            let orderID = OrderID.sample(script, channel: "\"><b>").text
            let paths = [
                "/orders", "/orders?q=\(PercentCoding.encoded(script))&seller=%3Ci%3E&sku=%22%3E%3Cscript%3E",
                "/orders/\(orderID)", "/orders/\(orderID)/change-price", "/orders/\(orderID)/hold",
            ]
            for path in paths {
                let page = try await browser.get(path)
                #expect(page.status == .ok, "\(path)")
                #expect(!page.text.contains("<script>alert") && !page.text.contains("\"><b>"), "\(path)")
                #expect(!page.text.contains("<i>M3") && !page.text.contains("\"><script"), "\(path)")
            }
        }
    }

    @Test func filterIsKeptAsATabOfOnesOwn() async throws {
        try await SiteRig.with { rig in
            try Self.fill(rig)
            let browser = try await rig.signIn(.support)
            let saved = try await browser.post(
                "/orders/views", ["name": "<b>Held", "query": "view=held&min=1.50&evil=1"])
            #expect(saved.headers[.location] == "/orders?view=held&min=1.50")
            let page = try await browser.get("/orders?view=held&min=1.50")
            #expect(
                page.text.contains("<a href=\"/orders?view=held&amp;min=1.50\" aria-current=\"page\">&lt;b&gt;Held</a>")
            )
            #expect(Self.shown(page) == ["held"])
            // Of others it is none, and they do not take it away.
            let other = try await rig.signIn(.support)
            #expect(!(try await other.get("/orders").text.contains("Held</a>")))
            #expect(try await other.post("/orders/views/1/delete").status == .notFound)
            #expect(try await browser.post("/orders/views/1/delete").status == .seeOther)
            #expect(try rig.number("SELECT count(*) FROM saved_views") == 0)
            #expect(try await browser.post("/orders/views", ["name": "", "query": "view=held"]).status == .badRequest)
        }
    }

    @Test func twentyViewsAreEnough() async throws {
        try await SiteRig.with { rig in
            let browser = try await rig.signIn(.support)
            for number in 0..<21 {
                try await browser.post("/orders/views", ["name": "V\(number)", "query": "view=held"])
            }
            try await browser.post("/orders/views", ["name": "V3", "query": "view=shipped"])
            #expect(try rig.number("SELECT count(*) FROM saved_views") == 20)
            #expect(try rig.text("SELECT query FROM saved_views WHERE name = 'V3'") == "view=shipped")
        }
    }
}
