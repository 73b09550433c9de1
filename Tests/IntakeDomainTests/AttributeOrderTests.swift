import Contracts
import IntakeDomain
import Support
import Testing

@Suite("Whose order it is")
struct AttributeOrderTests {
    /// Bindings of the buyer at these days before the sale, oldest first.
    private func attribution(
        _ mode: CatalogChannel.AttributionMode, bindingDays: Int64? = nil, bound: [(String, Duration)] = [],
        referral: (String, ChannelOrder.Referral.Kind, Duration?)? = nil, agent: String? = nil
    ) throws -> Attribution? {
        var desk = try Desk(.sample(memberID: agent, attributionMode: mode, bindingDays: bindingDays))
        for member in ["M1", "M2", "M3"] { try desk.take(DistributionMember.sample(memberID: member)) }
        for (member, before) in bound {
            try desk.take(DistributionBinding.sample(memberID: member, boundAt: .sample + (.zero - before)))
        }
        let named = referral.map { referral in
            ChannelOrder.Referral(code: referral.0, kind: referral.1, at: referral.2.map { .sample + (.zero - $0) })
        }
        try desk.place(.sample(referral: named))
        return desk.last(OrderPlaced.self)?.attribution
    }

    @Test func theFirstBindingHoldsForEver() throws {
        let found = try attribution(
            .firstBind, bound: [("M1", .days(900)), ("M2", .days(1))], referral: ("M3", .link, nil))
        #expect(found?.memberID == "M1")
        #expect(found?.kind == .binding)
        #expect(found?.contest.map(\.memberID) == ["M2", "M3"])
        #expect(found?.contest.first?.reason == "M1 comes first")
    }

    @Test func aBuyerWithoutBindingBelongsToTheReferral() throws {
        let found = try attribution(.firstBind, referral: ("M3", .live, nil))
        #expect(found?.memberID == "M3")
        #expect(found?.kind == .live)
    }

    @Test(arguments: [
        (Duration.zero, "M1"), (.milliseconds(1), "M3"),
    ])
    func aBindingOfTheFutureDoesNotCount(late: Duration, member: String) throws {
        let found = try attribution(.firstBind, bound: [("M1", .zero - late)], referral: ("M3", .link, nil))
        #expect(found?.memberID == member)
    }

    /// The sale comes at the last moment of the binding, and one later.
    @Test(arguments: [
        (Duration.days(30) - .milliseconds(1), "M1"), (.days(30), "M3"),
    ])
    func aBindingOfDaysEnds(before: Duration, member: String) throws {
        let found = try attribution(
            .days, bindingDays: 30, bound: [("M1", before)], referral: ("M3", .link, nil))
        #expect(found?.memberID == member)
    }

    /// Another member binds within the 30 days of the first, which is void even when they are over, or right after.
    @Test(arguments: [
        (Duration.days(10) + .milliseconds(1), nil as String?), (.days(10), "M2"),
    ])
    func nobodyTakesAProtectedBuyer(second: Duration, member: String?) throws {
        let found = try attribution(.days, bindingDays: 30, bound: [("M1", .days(40)), ("M2", second)])
        #expect(found?.memberID == member)
    }

    @Test func theSameMembersBindingProlongs() throws {
        let found = try attribution(
            .days, bindingDays: 30, bound: [("M1", .days(50)), ("M1", .days(25)), ("M2", .days(10))])
        #expect(found?.memberID == "M1")
        #expect(found?.contest.map(\.memberID) == ["M2"])
    }

    @Test(arguments: [
        (Duration.days(2), "M1"), (.days(1), "M3"), (.hours(1), "M3"),
    ])
    func theLastClickWins(referral: Duration, member: String) throws {
        let found = try attribution(
            .lastClick, bound: [("M2", .days(3)), ("M1", .days(1))], referral: ("M3", .link, referral))
        #expect(found?.memberID == member)
    }

    @Test(arguments: [
        (ChannelOrder.Referral.Kind.code, "M3" as String?), (.link, nil),
    ])
    func onlyACodeCounts(kind: ChannelOrder.Referral.Kind, member: String?) throws {
        let found = try attribution(.code, bound: [("M1", .days(1))], referral: ("M3", kind, nil), agent: "M2")
        #expect(found?.memberID == member)
    }

    @Test func anAgentsChannelIsTheAgents() throws {
        let found = try attribution(.agent, bound: [("M1", .days(1))], referral: ("M3", .code, nil), agent: "M2")
        #expect(found?.memberID == "M2")
        #expect(found?.kind == .agent)
        #expect(found?.contest.map(\.reason) == Array(repeating: "the channel belongs to its agent", count: 2))
    }

    @Test func anUnknownMemberDoesNotDelayTheSale() throws {
        #expect(try attribution(.firstBind, referral: ("nobody", .link, nil)) == nil)
    }
}

@Suite("Uplines")
struct UplineTests {
    private func placed(_ members: [DistributionMember], referral: String = "M1") throws -> OrderPlaced? {
        var desk = try Desk()
        for member in members { try desk.take(member) }
        try desk.place(.sample(referral: ChannelOrder.Referral(code: referral, kind: .link)))
        return desk.last(OrderPlaced.self)
    }

    @Test func theChainIsNearestFirstWithGrades() throws {
        let chain = try placed([
            .sample(memberID: "M1", parentID: "M2", grade: "silver"), .sample(memberID: "M2", parentID: "M3"),
            .sample(memberID: "M3", grade: "gold"),
        ])?.attribution?.chain
        #expect(
            chain == [
                ChainLink(memberID: "M1", grade: "silver"), ChainLink(memberID: "M2"),
                ChainLink(memberID: "M3", grade: "gold"),
            ])
    }

    @Test func theChainEndsAfterTenLevels() throws {
        let members = (1...12).map { DistributionMember.sample(memberID: "M\($0)", parentID: "M\($0 + 1)") }
        #expect(try placed(members)?.attribution?.chain.map(\.memberID) == (1...10).map { "M\($0)" })
    }

    @Test func theParentOfTheSaleCounts() throws {
        let chain = try placed([
            .sample(memberID: "M2"), .sample(memberID: "M3"),
            .sample(memberID: "M1", parentID: "M2", effectiveFrom: .sample + .days(-10)),
            .sample(memberID: "M1", parentID: "M3", effectiveFrom: .sample + .milliseconds(1)),
        ])?.attribution?.chain
        #expect(chain?.map(\.memberID) == ["M1", "M2"])
    }

    @Test func aParentFromTheMomentOfTheSaleCounts() throws {
        let chain = try placed([
            .sample(memberID: "M2"), .sample(memberID: "M3"),
            .sample(memberID: "M1", parentID: "M2", effectiveFrom: .sample + .days(-10)),
            .sample(memberID: "M1", parentID: "M3", effectiveFrom: .sample),
        ])?.attribution?.chain
        #expect(chain?.map(\.memberID) == ["M1", "M3"])
    }

    @Test func aMemberWhoJoinedLaterIsUnknown() throws {
        let late = DistributionMember.sample(memberID: "M1", joinedAt: .sample + .milliseconds(1))
        #expect(try placed([late])?.attribution == nil)
    }

    @Test func aDisabledOneAboveIsLeftOut() throws {
        let chain = try placed([
            .sample(memberID: "M1", parentID: "M2"), .sample(memberID: "M2", parentID: "M3", status: .disabled),
            .sample(memberID: "M3"),
        ])?.attribution?.chain
        #expect(chain?.map(\.memberID) == ["M1", "M3"])
    }

    @Test(arguments: [
        ([DistributionMember.sample(memberID: "M1", status: .disabled)], "is disabled"),
        ([.sample(memberID: "M1", buyers: ["wechat-mini/u-77"])], "is the buyer itself"),
        (
            [.sample(memberID: "M1", parentID: "M2"), .sample(memberID: "M2", parentID: "M1")],
            "stands in a loop of members"
        ),
    ])
    func theNextCandidateFollowsARefusedOne(members: [DistributionMember], reason: String) throws {
        var desk = try Desk(.sample(memberID: "M9"))
        for member in members + [.sample(memberID: "M9")] { try desk.take(member) }
        try desk.place(.sample(referral: ChannelOrder.Referral(code: "M1", kind: .link)))
        let attribution = desk.last(OrderPlaced.self)?.attribution
        #expect(attribution?.memberID == "M9")
        #expect(attribution?.contest == [Contender(memberID: "M1", kind: .link, reason: reason)])
    }
}
