import Contracts
import IntakeDomain
import Support
import Testing

@testable import Intake

@Suite("Fingerprints of phones and addresses")
struct FingerprintTests {
    private static func placed(_ order: ChannelOrder, _ mall: Mall) throws -> OrderPlaced? {
        mall.publish(order)
        try mall.service.settle()
        return mall.service.facts(OrderPlaced.self).last
    }

    private static func address(_ phone: String?, _ street: String?) -> ChannelOrder.Address {
        ChannelOrder.Address(
            name: "李雷", phone: phone, province: "浙江省", city: "杭州市", district: "西湖区", street: street)
    }

    @Test(arguments: [
        ("138 0000 0000", "文三路 1 号"), ("+86 138-0000-0000", "文三路1号"), ("008613800000000", " 文三路1 号"),
    ])
    func writtenDifferentlyTheyAreTheSame(phone: String, street: String) throws {
        let mall = try Mall(privacy: .sample)
        let first = try Self.placed(.sample(externalOrderID: "A", shipTo: Self.address("13800000000", "文三路1号")), mall)
        let second = try Self.placed(.sample(externalOrderID: "B", shipTo: Self.address(phone, street)), mall)
        #expect(first?.fingerprints?.phone == "print of phone/13800000000")
        #expect(first?.fingerprints?.address == "print of address/cn/浙江省/杭州市/西湖区/文三路1号")
        #expect(first?.fingerprints == second?.fingerprints)
    }

    @Test func whatIsMaskedHasNone() throws {
        let mall = try Mall(privacy: .sample)
        let order = ChannelOrder.sample(
            buyer: ChannelOrder.Buyer(externalBuyerID: "u", phone: "138****0000"),
            shipTo: Self.address("138****0000", "文三路*号"))
        #expect(try Self.placed(order, mall)?.fingerprints == nil)
    }

    @Test func withoutAVaultNothingIsTold() throws {
        #expect(try Self.placed(.sample(), Mall())?.fingerprints == nil)
    }

    @Test func anotherAddressHasAnother() throws {
        let mall = try Mall(privacy: .sample)
        _ = try Self.placed(.sample(), mall)
        let command = ChangeAddress(
            head: .sample("C-1", "moved"), orderID: .sample,
            shipTo: NewAddress(
                name: "李雷", phone: "13900000000", country: "CN", province: "浙江省", city: "杭州市", district: "西湖区",
                street: "古墩路 2 号"))
        #expect(try mall.command(command)?.outcome == .accepted)
        let revised = mall.service.facts(OrderRevised.self).last
        #expect(revised?.fingerprints?.phone == "print of phone/13900000000")
        #expect(revised?.fingerprints?.address?.hasSuffix("古墩路2号") == true)
    }
}
