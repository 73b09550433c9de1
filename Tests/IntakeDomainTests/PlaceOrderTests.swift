import Contracts
import IntakeDomain
import Support
import Testing

@Suite("Placing orders")
struct PlaceOrderTests {
    @Test func anOrderIsToldAsItIsUnderstood() throws {
        var desk = try Desk()
        try desk.place(.sample(lines: [.sample(quantity: 2, discount: 1000)], orderDiscount: 500, freight: 800))
        let placed = desk.last(OrderPlaced.self)
        #expect(placed?.orderID == .sample)
        #expect(placed?.reservation == 1)
        #expect(placed?.buyerID == "wechat-mini/u-77")
        #expect(placed?.region == Region(country: "CN", province: "浙江省", city: "杭州市", district: "西湖区"))
        #expect(placed?.weightGrams == 500)
        #expect(placed?.goodsTotal == 18_500)
        #expect(placed?.total == 19_300)
    }

    @Test func namesAndPhonesAreKeptApart() throws {
        var desk = try Desk()
        let decision = try desk.place(.sample())
        let facts = decision.facts.map { String(decoding: $0.jsonBytes, as: UTF8.self) }.joined()
        for secret in ["李雷", "13800000000", "文三路"] { #expect(!facts.contains(secret)) }
        guard case .parties(let parties) = desk.state[.parties(.sample)] else {
            Issue.record("no parties")
            return
        }
        #expect(parties.shipTo?.phone == "13800000000")
    }

    @Test func theSameOrderAgainChangesNothing() throws {
        var desk = try Desk()
        try desk.place(.sample())
        #expect(try desk.place(.sample()).changesNothing)
    }

    @Test func theSameOrderAgainMayBringItsPayment() throws {
        var desk = try Desk()
        try desk.place(.sample())
        try desk.place(.sample(paid: true))
        #expect(desk.story == ["OrderPlaced", "OrderPaid"])
        #expect(desk.timers.isEmpty)
    }

    @Test func anotherOrderUnderTheSameNameIsAFault() throws {
        var desk = try Desk()
        try desk.place(.sample())
        let other = ChannelOrder.sample(lines: [.sample(quantity: 2)])
        #expect(
            fault { try desk.place(other) }
                == Fault("is placed already with other content", field: "externalOrderId"))
    }

    @Test func aDiscountAboveTheGoodsIsAFault() throws {
        var desk = try Desk()
        let order = ChannelOrder.sample(orderDiscount: 10_001, freight: 1)
        #expect(fault { try desk.place(order) }?.field == "orderDiscount")
    }

    @Test func aDiscountOfAllGoodsIsAllowed() throws {
        var desk = try Desk()
        try desk.place(.sample(orderDiscount: 10_000, freight: 1))
        #expect(desk.last(OrderPlaced.self)?.lines.map(\.paid) == [0])
    }

    @Test func anOrderOfNothingIsPaidAtOnce() throws {
        var desk = try Desk()
        try desk.place(.sample(orderDiscount: 10_000))
        #expect(desk.story == ["OrderPlaced", "OrderPaid"])
        #expect(desk.last(OrderPaid.self)?.paymentID == "zero")
        #expect(desk.timers.isEmpty)
    }

    @Test func anUnknownChannelIsWaitedForHalfAMinute() throws {
        var desk = try Desk()
        let wait = try desk.place(.sample(channel: "new-shop")).wait
        #expect(wait?.key == .channel("new-shop"))
        #expect(wait?.patience == .seconds(30))
    }

    @Test func aChannelThatIsNoLongerActiveIsUnknown() throws {
        var desk = try Desk()
        try desk.takeTombstone(on: .catalogChannels, key: "wechat-mini")
        #expect(try desk.place(.sample()).wait != nil)
    }

    @Test func anUnmatchedSkuHoldsTheOrderAndAsksForNoStock() throws {
        var desk = try Desk()
        try desk.place(.sample(lines: [.sample(), .sample("2", sku: "theirs")], paid: true))
        #expect(desk.story == ["OrderPlaced", "OrderHeld", "OrderPaid"])
        #expect(desk.last(OrderPlaced.self)?.reservation == 0)
        #expect(desk.order()?.hold == "unmatched-sku")
    }

    @Test func aListingMatchesTheChannelsSku() throws {
        var desk = try Desk()
        let listing = CatalogListing(
            channel: "wechat-mini", externalSku: "theirs", components: [.init(sku: "SKU-1")])
        try desk.take(listing, on: .catalogListings, key: "wechat-mini/theirs")
        try desk.place(.sample(lines: [.sample(sku: "theirs", quantity: 3)]))
        #expect(desk.last(OrderPlaced.self)?.lines.map(\.sku) == ["SKU-1"])
        #expect(desk.last(OrderPlaced.self)?.weightGrams == 750)
    }

    @Test func aBundleStaysOneLineAndWeighsItsPieces() throws {
        var desk = try Desk()
        let listing = CatalogListing(
            channel: "wechat-mini", externalSku: "set",
            components: [.init(sku: "SKU-1", quantity: 2), .init(sku: "SKU-2")])
        try desk.take(listing, on: .catalogListings, key: "wechat-mini/set")
        try desk.take(CatalogItem.sample(sku: "SKU-2", weightGrams: 7), on: .catalogItems, key: "SKU-2")
        try desk.place(.sample(lines: [.sample(sku: "set", quantity: 3)]))
        #expect(desk.last(OrderPlaced.self)?.lines.map(\.sku) == ["set"])
        #expect(desk.last(OrderPlaced.self)?.weightGrams == 1521)
        #expect(desk.order()?.hold == nil)
    }

    @Test func aHistoricalOrderIsCompletedAtOnce() throws {
        var desk = try Desk()
        try desk.place(.sample(lines: [.sample(sku: "gone")], paid: true, historical: true))
        #expect(desk.story == ["OrderPlaced"])
        #expect(desk.order()?.state == .completed)
        #expect(desk.order()?.account.paid == 10_000)
        #expect(desk.timers.isEmpty)
    }

    @Test(arguments: [
        (CatalogChannel.sample(), ChannelOrder.PaymentTerms.prepaid, Int64?(30)),
        (.sample(paymentTimeoutMinutes: 15), .prepaid, 15),
        (.sample(clocks: .platform), .prepaid, nil),
        (.sample(), .cashOnDelivery, nil),
    ])
    func theTimeToPayIsTheChannels(
        channel: CatalogChannel, terms: ChannelOrder.PaymentTerms, minutes: Int64?
    ) throws {
        var desk = try Desk(channel)
        // Long after it was placed: the time counts from now.
        desk.now = .sample + .days(1)
        try desk.place(.sample(paymentTerms: terms))
        #expect(desk.timers["payment-timeout"] == minutes.map { .sample + .days(1) + .minutes($0) })
    }
}
