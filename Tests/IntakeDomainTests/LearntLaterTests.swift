import Contracts
import Support
import Testing

@testable import IntakeDomain

@Suite("What is learnt after the sale")
struct LearntLaterTests {
    private let before = Instant.sample + .days(-3)

    private func desk(
        _ mode: CatalogChannel.AttributionMode = .firstBind, members: [String] = ["M1", "M2"],
        referral: String? = nil, days: Int64? = nil
    ) throws -> Desk {
        var desk = try Desk(.sample(attributionMode: mode, bindingDays: days))
        for member in members { try desk.take(DistributionMember.sample(memberID: member)) }
        let named = referral.map { ChannelOrder.Referral(code: $0, kind: .link) }
        try desk.place(.sample(referral: named, paid: true))
        return desk
    }

    @Test func aBindingOfBeforeGivesTheOrderAway() throws {
        var desk = try desk(referral: "M2")
        try desk.take(DistributionBinding.sample(memberID: "M1", boundAt: before))
        let changed = try #require(desk.last(OrderAttributionChanged.self))
        #expect(changed.attribution?.memberID == "M1")
        #expect(changed.former?.memberID == "M2")
        #expect(changed.attribution?.contest.map(\.memberID) == ["M2"])
        #expect(changed.actor == nil)
        #expect(desk.order()?.attribution == changed.attribution)
    }

    @Test func aBindingOfAfterwardsChangesNothing() throws {
        var desk = try desk(referral: "M2")
        try desk.take(DistributionBinding.sample(memberID: "M1", boundAt: .sample + .milliseconds(1)))
        #expect(desk.last(OrderAttributionChanged.self) == nil)
    }

    @Test func theSameBindingAgainChangesNothing() throws {
        var desk = try desk(referral: "M2")
        for _ in 0..<3 { try desk.take(DistributionBinding.sample(memberID: "M1", boundAt: before)) }
        #expect(desk.told.filter { $0 is OrderAttributionChanged }.count == 1)
    }

    @Test func aMemberThatIsDescribedLateGetsItsOrder() throws {
        var desk = try desk(members: [], referral: "M1")
        #expect(desk.last(OrderPlaced.self)?.contest.map(\.reason) == ["is unknown"])
        try desk.take(DistributionMember.sample(memberID: "M1", parentID: "M9", effectiveFrom: before))
        #expect(desk.last(OrderAttributionChanged.self)?.attribution?.chain.map(\.memberID) == ["M1"])
        // The one above comes later still.
        try desk.take(DistributionMember.sample(memberID: "M9", effectiveFrom: before))
        #expect(desk.last(OrderAttributionChanged.self)?.attribution?.chain.map(\.memberID) == ["M1", "M9"])
        #expect(desk.told.filter { $0 is OrderAttributionChanged }.count == 2)
    }

    @Test func aMemberOfAfterwardsGetsNothing() throws {
        var desk = try desk(members: [], referral: "M1")
        try desk.take(
            DistributionMember.sample(memberID: "M1", joinedAt: .sample + .hours(1), effectiveFrom: .sample + .hours(1))
        )
        #expect(desk.last(OrderAttributionChanged.self) == nil)
        // A record that reaches back does.
        try desk.take(DistributionMember.sample(memberID: "M1", effectiveFrom: before))
        #expect(desk.order()?.attribution?.memberID == "M1")
    }

    @Test func aClickThatComesLateWinsWhereTheLastOneCounts() throws {
        var desk = try desk(.lastClick)
        try desk.take(DistributionBinding.sample(memberID: "M1", boundAt: before))
        let click = ChannelVisit(
            channel: "wechat-mini", visitorID: "u-77", memberID: "M2", at: .sample + .minutes(-1))
        try desk.take(click, on: .channelVisits, key: "wechat-mini/u-77")
        #expect(desk.order()?.attribution?.memberID == "M2")
        #expect(desk.order()?.attribution?.kind == .link)
        let later = ChannelVisit(
            channel: "wechat-mini", visitorID: "u-77", memberID: "M1", at: .sample + .minutes(1))
        try desk.take(later, on: .channelVisits, key: "wechat-mini/u-77")
        #expect(desk.order()?.attribution?.memberID == "M2")
    }

    @Test func aChangeOfAKnownMemberCountsAtTheLatestWhenTheOrderEnds() throws {
        var desk = try desk(referral: "M2")
        try desk.take(StockReserved.sample())
        try desk.take(ShipmentDispatched.sample())
        try desk.take(DistributionMember.sample(memberID: "M2", parentID: "M1", effectiveFrom: before))
        try desk.take(ShipmentDelivered.sample())
        try desk.fire(.autoReceipt)
        #expect(desk.order()?.attribution?.chain.map(\.memberID) == ["M2", "M1"])
        let story = desk.story
        let changed = try #require(story.firstIndex(of: "OrderAttributionChanged"))
        #expect(try #require(story.firstIndex(of: "OrderCompleted")) > changed)
    }

    @Test func whatIsOverStaysWhereItIs() throws {
        var completed = try desk(referral: "M2")
        try completed.take(StockReserved.sample())
        try completed.take(ShipmentDispatched.sample())
        _ = try completed.command(ConfirmReceipt(head: .sample(), orderID: .sample))
        var cancelled = try desk(referral: "M2")
        try cancelled.take(ChannelOrderCancel.sample(), on: .channelOrders)
        for var desk in [completed, cancelled] {
            try desk.take(DistributionBinding.sample(memberID: "M1", boundAt: before))
            #expect(desk.last(OrderAttributionChanged.self) == nil)
        }
    }

    @Test(arguments: ["M1", nil])
    func aPersonsWordIsTheLast(memberID: String?) throws {
        var desk = try desk(members: ["M1", "M2", "M3"], referral: "M2")
        let command = ReassignDistributor(head: .sample(), orderID: .sample, memberID: memberID)
        #expect(try desk.command(command)?.outcome == .accepted)
        try desk.take(DistributionBinding.sample(memberID: "M3", boundAt: before))
        #expect(desk.order()?.attribution?.memberID == memberID)
        let correction = try #require(desk.order()?.handling.corrections.first)
        #expect(correction.actor == "user-1" && correction.reason == "asked by phone" && correction.commandID == "C-1")
        #expect(correction.before?.memberID == "M2" && correction.after?.memberID == memberID)
        #expect(desk.last(OrderAttributionChanged.self)?.former?.memberID == "M2")
        #expect(desk.last(OrderAttributionChanged.self)?.actor == "user-1")
    }

    @Test func whoLosesIsKeptEvenWhenNobodyWins() throws {
        var desk = try Desk(.sample(memberID: "M4"))
        try desk.take(DistributionMember.sample(memberID: "M1", status: .disabled))
        try desk.take(DistributionMember.sample(memberID: "M2", buyers: ["wechat-mini/u-77"]))
        try desk.take(DistributionMember.sample(memberID: "M4", parentID: "M5"))
        try desk.take(DistributionMember.sample(memberID: "M5", parentID: "M4"))
        try desk.take(DistributionBinding.sample(memberID: "M1", boundAt: before))
        try desk.place(.sample(referral: ChannelOrder.Referral(code: "M2", kind: .code)))
        let contest = try #require(desk.last(OrderPlaced.self)).contest
        #expect(contest.map(\.memberID) == ["M1", "M2", "M4"])
        #expect(contest.map(\.reason) == ["is disabled", "is the buyer itself", "stands in a loop of members"])
        #expect(desk.order()?.claims?.contest == contest)
    }

    @Test func aDisabledMemberAboveIsLeftOutAndNamed() throws {
        var desk = try Desk()
        try desk.take(DistributionMember.sample(memberID: "M1", parentID: "M2"))
        try desk.take(DistributionMember.sample(memberID: "M2", parentID: "M3", status: .disabled))
        try desk.take(DistributionMember.sample(memberID: "M3"))
        try desk.place(.sample(referral: ChannelOrder.Referral(code: "M1", kind: .link)))
        let attribution = try #require(desk.order()?.attribution)
        #expect(attribution.chain.map(\.memberID) == ["M1", "M3"])
        #expect(
            attribution.contest == [
                Contender(memberID: "M2", kind: .link, reason: "stands above M1 but is disabled")
            ])
    }
}
