import Contracts
import IntakeDomain
import Support
import Testing

@Suite("What the outside describes")
struct KeepReferenceTests {
    @Test func theSameRecordAgainChangesNothing() throws {
        var desk = try Desk()
        for _ in 0..<2 {
            try desk.take(DistributionMember.sample())
            try desk.take(DistributionBinding.sample())
        }
        #expect(try desk.take(CatalogItem.sample(), on: .catalogItems, key: "SKU-1").changesNothing)
        #expect(desk.state.member("M3")?.versions.count == 1)
        #expect(desk.state.binding("wechat-mini/u-77")?.entries.count == 1)
    }

    @Test func recordsThatComeShuffledMakeTheSameHistory() throws {
        let records = [3, 1, 2].map { DistributionMember.sample(effectiveFrom: .sample + .days(Int64($0))) }
        var first = try Desk()
        var second = try Desk()
        for record in records { try first.take(record) }
        for record in records.reversed() { try second.take(record) }
        #expect(first.state.member("M3") == second.state.member("M3"))
        #expect(first.state.member("M3")?.versions.map(\.effectiveFrom) == (1...3).map { .sample + .days($0) })
    }

    @Test func aRecordWithoutADateHoldsFromItsOwnTime() throws {
        var desk = try Desk()
        try desk.take(DistributionMember(memberID: "M3"))
        #expect(desk.state.member("M3")?.versions.map(\.effectiveFrom) == [.sample])
        #expect(desk.state.member("M3")?.version(at: .sample + .milliseconds(-1)) == nil)
    }

    @Test func aMemberIsGoneFromItsTombstoneOn() throws {
        var desk = try Desk()
        try desk.take(DistributionMember.sample(parentID: "M1"))
        try desk.takeTombstone(on: .distributionMembers, key: "M3")
        #expect(desk.state.member("M3")?.version(at: .sample + .milliseconds(-1))?.isActive == true)
        #expect(desk.state.member("M3")?.version(at: .sample)?.isActive == false)
        #expect(desk.state.member("M3")?.version(at: .sample)?.parentID == "M1")
    }

    @Test func aBuyerIsFreeFromTheTombstoneOn() throws {
        var desk = try Desk()
        try desk.take(DistributionBinding.sample())
        try desk.takeTombstone(on: .distributionBindings, key: "wechat-mini/u-77")
        let history = desk.state.binding("wechat-mini/u-77")
        #expect(history?.entries(at: .sample + .milliseconds(-1)).map(\.memberID) == ["M3"])
        #expect(history?.entries(at: .sample).isEmpty == true)
    }

    @Test func aTombstoneOfWhatWasNeverThereIsNothing() throws {
        var desk = try Desk()
        try desk.takeTombstone(on: .catalogListings, key: "wechat-mini/none")
        #expect(desk.state[.listing("wechat-mini", "none")] == nil)
    }

    @Test func aListingThatIsWithdrawnMatchesNoMore() throws {
        var desk = try Desk()
        let listing = CatalogListing(channel: "wechat-mini", externalSku: "theirs", components: [.init(sku: "SKU-1")])
        try desk.take(listing, on: .catalogListings, key: "wechat-mini/theirs")
        try desk.takeTombstone(on: .catalogListings, key: "wechat-mini/theirs")
        try desk.place(.sample(lines: [.sample(sku: "theirs")]))
        #expect(desk.order()?.hold == "unmatched-sku")
    }

    @Test func theFirstBindingOutlivesManyOthers() throws {
        var desk = try Desk()
        for number in 0..<300 {
            try desk.take(
                DistributionBinding.sample(memberID: "M\(number)", boundAt: .sample + .seconds(number - 1000)))
        }
        let entries = desk.state.binding("wechat-mini/u-77")?.entries
        #expect(entries?.count == BindingHistory.maximumEntries)
        #expect(entries?.first?.member == "M0")
        #expect(entries?.last?.member == "M299")
    }
}
