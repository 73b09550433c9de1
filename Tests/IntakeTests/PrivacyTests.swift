import Contracts
import IntakeDomain
import Pipeline
import Support
import Testing

@testable import Intake

@Suite("Whom orders are for") struct PrivacyTests {
    private static let buyerID = "wechat-mini/u-77"

    /// An order of a buyer, called off, so that it is over.
    private static func over(_ mall: Mall, _ externalOrderID: String = "WX-1001") throws {
        mall.publish(ChannelOrder.sample(externalOrderID: externalOrderID))
        try mall.service.settle()
        mall.publish(
            ChannelOrderCancel(
                channel: "wechat-mini", externalOrderID: externalOrderID, requestedAt: .sample + .minutes(1)))
        try mall.service.settle()
    }

    private static func erase(
        _ mall: Mall, _ commandID: String = "E-1", order: OrderID = .sample, buyer: String = buyerID,
        now: Bool = false
    ) throws -> CommandAnswered? {
        let command = EraseBuyer(
            head: .sample(commandID, "asked by letter"), orderID: order, buyerID: buyer, now: now)
        let answer = try mall.command(command)
        try mall.service.advance(by: .seconds(1))
        return answer
    }

    private static func parties(_ mall: Mall, _ orderID: OrderID = .sample) -> Parties? {
        guard case .parties(let parties) = mall.service.database.aggregates[.parties(orderID)] else { return nil }
        return parties
    }

    /// Of each record under a key whether it is a tombstone.
    private static func tombstones(_ mall: Mall, _ topic: Topic, _ key: String) -> [Bool] {
        mall.service.values(topic, key).map { $0 == nil }
    }

    @Test func partiesAreToldSealedUnderOneKeyOfTheBuyer() throws {
        let mall = try Mall(privacy: .sample)
        for number in 1...2 {
            mall.publish(ChannelOrder.sample(externalOrderID: "WX-\(number)"))
            try mall.service.settle()
        }
        #expect(mall.service.facts(BuyerKeyWrapped.self).map(\.buyerID) == [Self.buyerID])
        let told = mall.service.facts(PartiesRecorded.self)
        #expect(told.map(\.orderID) == [.sample("WX-1"), .sample("WX-2")])
        #expect(told.allSatisfy { $0.buyerID == Self.buyerID && $0.sealed.hasPrefix("key of \(Self.buyerID): ") })
    }

    @Test func aBuyerWithoutANameHasAKeyPerOrder() throws {
        let mall = try Mall(privacy: .sample)
        mall.publish(ChannelOrder.sample(buyer: ChannelOrder.Buyer(name: "李雷")))
        try mall.service.settle()
        #expect(mall.service.facts(BuyerKeyWrapped.self).map(\.buyerID) == ["order/\(OrderID.sample.text)"])
    }

    @Test func aChangedAddressIsToldAnew() throws {
        let mall = try Mall(privacy: .sample)
        mall.publish(ChannelOrder.sample())
        try mall.service.settle()
        let address = NewAddress(
            name: "韩梅梅", phone: "13900000000", country: "CN", province: "浙江省", city: "杭州市", district: "西湖区",
            street: "文二路 2 号")
        let command = ChangeAddress(head: .sample("A-1", "moved"), orderID: .sample, shipTo: address)
        #expect(try mall.command(command)?.outcome == .accepted)
        #expect(mall.service.facts(PartiesRecorded.self).count == 2)
        #expect(mall.service.facts(PartiesRecorded.self).last?.sealed.contains("文二路 2 号") == true)
        #expect(mall.service.facts(BuyerKeyWrapped.self).count == 1)
    }

    @Test func othersForgetAtOnceAndIntakeWhenTheTimeIsOver() throws {
        let mall = try Mall(privacy: .sample)
        try Self.over(mall)
        #expect(try Self.erase(mall)?.outcome == .accepted)
        #expect(Self.tombstones(mall, .intakeParties, OrderID.sample.text) == [false, true])
        #expect(Self.parties(mall)?.isLocked == true && Self.parties(mall)?.erasedAt == nil)
        try mall.service.advance(by: .days(1094))
        #expect(Self.tombstones(mall, .intakeBuyerKeys, Self.buyerID) == [false])
        try mall.service.advance(by: .days(2))
        #expect(Self.tombstones(mall, .intakeBuyerKeys, Self.buyerID) == [false, true])
        #expect(mall.service.facts(BuyerErased.self).map(\.orderID) == [.sample])
        let left = try #require(Self.parties(mall))
        #expect(left.erasedAt != nil && left.buyer == nil && left.shipTo == nil && left.note == nil)
        #expect(mall.order()?.state == .cancelled, "the order itself stays")
    }

    @Test func nowDoesNotWait() throws {
        let mall = try Mall(privacy: .sample)
        for number in 1...3 { try Self.over(mall, "WX-\(number)") }
        #expect(try Self.erase(mall, order: .sample("WX-2"), now: true)?.outcome == .accepted)
        #expect(Set(mall.service.facts(BuyerErased.self).map(\.orderID)) == Set((1...3).map { .sample("WX-\($0)") }))
        #expect(Self.tombstones(mall, .intakeBuyerKeys, Self.buyerID) == [false, true])
    }

    @Test func aWishThatWaitsCanBeHurried() throws {
        let mall = try Mall(privacy: .sample)
        try Self.over(mall)
        #expect(try Self.erase(mall, "E-1")?.outcome == .accepted)
        #expect(try Self.erase(mall, "E-2")?.reason == "was asked for already")
        #expect(try Self.erase(mall, "E-3", now: true)?.outcome == .accepted)
        #expect(mall.service.facts(BuyerErased.self).count == 1)
        #expect(Self.tombstones(mall, .intakeParties, OrderID.sample.text) == [false, true])
        #expect(try Self.erase(mall, "E-4")?.reason == "nothing is kept of the buyer")
    }

    @Test func anOpenOrderStandsInTheWay() throws {
        let mall = try Mall(privacy: .sample)
        try Self.over(mall)
        mall.publish(ChannelOrder.sample(externalOrderID: "WX-2", paid: true))
        try mall.service.settle()
        let answer = try Self.erase(mall)
        #expect(answer?.outcome == .refused)
        #expect(answer?.reason == "order \(OrderID.sample("WX-2").text) is not over yet")
        #expect(Self.tombstones(mall, .intakeParties, OrderID.sample.text) == [false])
    }

    @Test func anotherBuyersOrderIsRefused() throws {
        let mall = try Mall(privacy: .sample)
        try Self.over(mall)
        #expect(try Self.erase(mall, buyer: "wechat-mini/u-78")?.reason == "the order is of another buyer")
    }

    @Test func anOrderPlacedBeforeTheErasureBringsNothingBack() throws {
        let mall = try Mall(privacy: .sample)
        try Self.over(mall)
        #expect(try Self.erase(mall, now: true)?.outcome == .accepted)
        let told = mall.service.facts(PartiesRecorded.self).count
        mall.publish(ChannelOrder.sample())
        mall.publish(ChannelOrder.sample(externalOrderID: "WX-9"))
        try mall.service.settle()
        #expect(mall.order(.sample("WX-9")) != nil)
        #expect(Self.parties(mall, .sample("WX-9")) == nil)
        #expect(mall.service.facts(PartiesRecorded.self).count == told)
    }

    @Test func aLaterOrderOfTheSameBuyerGetsANewKey() throws {
        let mall = try Mall(privacy: .sample)
        try Self.over(mall)
        #expect(try Self.erase(mall, now: true)?.outcome == .accepted)
        mall.service.clock.advance(by: .days(1))
        mall.publish(ChannelOrder.sample(externalOrderID: "WX-9", placedAt: mall.service.clock.now))
        try mall.service.settle()
        #expect(Self.tombstones(mall, .intakeBuyerKeys, Self.buyerID) == [false, true, false])
        #expect(Self.parties(mall, .sample("WX-9", placedAt: mall.service.clock.now))?.shipTo != nil)
    }
}
