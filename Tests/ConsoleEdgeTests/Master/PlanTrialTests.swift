import ConsoleDomain
import Contracts
import HTTPTypes
import Postgres
import Support
import Testing

@testable import ConsoleEdge

/// The read tables are filled by the service's own lane, and the preview is asked for as a browser does.
@Suite("What a plan would have paid, before it is published")
struct PlanTrialTests {
    private static let order = OrderPlaced.sample(lines: [.sample()], attribution: .sample())

    private static func leg(_ memberID: String, _ level: Int64, _ amount: Int64) -> CommissionLeg {
        CommissionLeg(
            memberID: memberID, level: level, kind: .level, lineID: "1", base: 10_000, rateBasisPoints: 1000,
            amount: amount, why: "")
    }

    /// 100.00 sold by M3 below M1, of which a third came back; 10 % and 5 % were booked.
    private static func live(_ house: PortalHouse) throws {
        let refunded = CaseRefunded.sample(
            orderID: order.orderID, number: 1, lines: [RefundedLine(lineID: "1", quantity: 1, amount: 3333)])
        try house.tell(
            order, OrderConfirmed.sample(orderID: order.orderID),
            CommissionAccrued(
                orderID: order.orderID, planID: "2026", planVersion: 1, currency: "CNY",
                legs: [leg("M3", 1, 1000), leg("M1", 2, 500)], companyShare: 1500, remainder: 0, at: .sample, version: 1
            ),
            refunded,
            CommissionReversed(
                orderID: order.orderID, planID: "2026", planVersion: 1, currency: "CNY",
                legs: [leg("M3", 1, 333), leg("M1", 2, 167)], companyShare: 500, remainder: 0, caseID: nil,
                refundID: nil, reason: "refunded", at: .sample, version: 2), plans: [.sample()])
    }

    private static func preview(
        _ plan: DistributionPlan, _ house: PortalHouse, _ role: ReadyRole = .owner
    ) async throws -> String {
        let reply = try await house.browser(role, .all).post(
            "/master/plans/check", ["key": "2026", "json": String(decoding: plan.jsonBytes, as: UTF8.self)])
        #expect(reply.status == .ok)
        return reply.text
    }

    /// The amounts of a row, by its name.
    private static func row(_ name: String, _ page: String) -> [String] {
        let cells = page.components(after: ">\(name)</t")?.prefix(500).split(separator: "</tr>").first ?? ""
        return cells.matches(of: /<td class="number"[^>]*>([^<]*)</).map { String($0.1) }
    }

    @Test func sameRatesChangeNothing() async throws {
        try await PortalHouse.with { house in
            try Self.live(house)
            let page = try await Self.preview(.sample(version: 2), house)
            #expect(Self.row("支付佣金", page) == ["¥10.00", "¥10.00", "¥0.00"])
            #expect(Self.row("公司留存", page) == ["¥10.00", "¥10.00", "¥0.00"])
            #expect(page.contains("0 人增加，0 人减少"))
        }
    }

    @Test func whoGainsIsNamed() async throws {
        try await PortalHouse.with { house in
            try Self.live(house)
            let levels: [DistributionPlan.Level] = [
                .init(level: 1, rates: [.init(.basisPoints(2000))]), .init(level: 2, rates: [.init(.basisPoints(500))]),
            ]
            let page = try await Self.preview(.sample(version: 2, levels: levels), house)
            // 2000 and 500, less 667 and 167.
            #expect(Self.row("支付佣金", page) == ["¥10.00", "¥16.66", "¥6.66"])
            #expect(Self.row("M3", page) == ["¥6.67", "¥13.33", "¥6.66"])
            #expect(page.contains("1 人增加，0 人减少") && Self.row("M1", page) == [])
        }
    }

    @Test func orderOfAnotherDistributorByNowCountsForThatOne() async throws {
        try await PortalHouse.with { house in
            try Self.live(house)
            try house.tell(
                OrderAttributionChanged(
                    orderID: Self.order.orderID, attribution: .sample(chain: [ChainLink(memberID: "M9")]),
                    reason: "bound late", version: 5))
            let page = try await Self.preview(.sample(version: 2), house)
            #expect(Self.row("M9", page) == ["¥0.00", "¥6.67", "¥6.67"])
        }
    }

    @Test func mallWithoutOrdersIsTold() async throws {
        try await PortalHouse.with { house in
            try house.tell(plans: [.sample()])
            let page = try await Self.preview(.sample(version: 2), house)
            #expect(page.contains("无法试算"))
        }
    }

    /// A fact that nobody can read stands for whatever goes wrong.
    @Test func trialThatFailsIsToldAndStandsInNobodysWay() async throws {
        try await PortalHouse.with { house in
            try Self.live(house)
            try house.connection.run(script: "UPDATE facts SET body = '{}' WHERE type = '\(OrderPlaced.type)'")
            let page = try await Self.preview(.sample(version: 2), house)
            #expect(page.contains("试算未能完成") && Self.row("支付佣金", page) == [])
            #expect(page.contains("/master/plans/publish"))
        }
    }
}
