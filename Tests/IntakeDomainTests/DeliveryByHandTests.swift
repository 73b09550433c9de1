import Contracts
import Support
import Testing

@testable import IntakeDomain

@Suite("Addresses changed by hand")
struct ChangeAddressTests {
    private func change(_ commandID: String = "C-1") -> ChangeAddress {
        ChangeAddress(
            head: .sample(commandID), orderID: .sample,
            shipTo: NewAddress(
                name: "韩梅梅", phone: "13900000000", country: "CN", province: "江苏省", city: "南京市", street: "中山路 2 号"))
    }

    @Test func theRegionIsToldAndTheRestKept() throws {
        var desk = try Desk()
        try desk.place(.sample(paid: true))
        #expect(try desk.command(change())?.outcome == .accepted)
        let revised = try #require(desk.last(OrderRevised.self))
        #expect(revised.cause == .address && revised.region?.province == "江苏省")
        let told = String(decoding: revised.jsonBytes, as: UTF8.self)
        #expect(!told.contains("韩梅梅") && !told.contains("13900000000") && !told.contains("中山路"))
        #expect(desk.state.parties(.sample)?.shipTo?.street == "中山路 2 号")
        #expect(desk.state.parties(.sample)?.buyer?.externalBuyerID == "u-77")
        #expect(desk.order()?.placed.region?.city == "南京市")
    }

    @Test func aWholeAddressEndsTheHoldForItsWant() throws {
        var desk = try Desk(.sample(holds: CatalogChannel.HoldRules(incompleteAddress: true)))
        try desk.place(.sample(shipTo: nil, paid: true))
        try desk.take(StockReserved.sample())
        _ = try desk.command(change())
        #expect(Array(desk.story.suffix(4)) == ["OrderRevised", "OrderReleased", "OrderConfirmed", "CommandAnswered"])
    }

    @Test func whatIsBeingPackedGoesWhereItGoes() throws {
        var desk = try Desk.confirmed()
        #expect(try desk.command(change())?.reason == "the order is confirmed already, its parcels are being packed")
        #expect(desk.state.parties(.sample)?.shipTo?.street == "文三路 1 号")
    }

    @Test func aPlatformsSealedAddressIsItsOwn() throws {
        var desk = try Desk()
        let sealed = ChannelOrder.Address(sealed: ChannelOrder.Sealed(scheme: "taobao", token: "t"))
        try desk.place(.sample(shipTo: sealed))
        #expect(try desk.command(change())?.reason == "the address is the platform's")
    }

    @Test func whatIsFetchedHasNoAddress() throws {
        var desk = try Desk()
        try desk.place(.sample(delivery: .pickup))
        #expect(try desk.command(change())?.reason == "the order is not sent to an address")
    }
}

@Suite("More time for the buyer")
struct ExtendReceiptTests {
    private func extend(_ commandID: String = "C-1", _ days: Int64) -> ExtendReceipt {
        ExtendReceipt(head: .sample(commandID), orderID: .sample, days: days)
    }

    @Test func aRunningClockRingsLater() throws {
        var desk = try Desk.shipped()
        #expect(try desk.command(extend("C-1", 3))?.outcome == .accepted)
        #expect(desk.timers["auto-receipt"] == .sample + .days(13))
        #expect(desk.order()?.receipt == .running(due: .sample + .days(13)))
    }

    @Test func aClockThatStandsStillKeepsTheTime() throws {
        var desk = try Desk.shipped()
        desk.now = .sample + .days(4)
        try desk.take(CaseOpened.sample())
        #expect(try desk.command(extend("C-1", 3))?.outcome == .accepted)
        #expect(desk.order()?.receipt == .paused(left: .days(9)))
        #expect(desk.timers["auto-receipt"] == nil)
    }

    @Test func theSameCommandExtendsOnce() throws {
        var desk = try Desk.shipped()
        _ = try desk.command(extend("C-1", 3))
        #expect(try desk.command(extend("C-1", 3)) == nil)
        #expect(desk.timers["auto-receipt"] == .sample + .days(13))
    }

    @Test(arguments: [(0, false), (1, true), (180, true), (181, false), (-3, false)])
    func daysHaveBounds(days: Int64, isAccepted: Bool) throws {
        var desk = try Desk.shipped()
        #expect(try desk.command(extend("C-1", days))?.outcome == (isAccepted ? .accepted : .refused))
    }

    @Test func withoutAClockOfOursThereIsNothingToExtend() throws {
        var desk = try Desk.shipped(.sample(paid: true), .sample(clocks: .platform))
        #expect(try desk.command(extend("C-1", 3))?.reason == "the platform has the clock of this channel")
    }
}
