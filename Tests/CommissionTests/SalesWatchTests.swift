import CommissionDomain
import Contracts
import Postgres
import Support
import Testing

@testable import Commission
@testable import Pipeline

@Suite("The watch over sales")
struct SalesWatchTests {
    private func sale(
        _ number: Int, phone: String = "p-\(UInt8.random(in: 0...255))", address: String? = nil,
        placedAt: Instant = .sample
    ) -> OrderPlaced {
        .sample(
            externalOrderID: "WX-\(number)", placedAt: placedAt, lines: [.sample()],
            fingerprints: Fingerprints(phone: phone, address: address), attribution: .sample())
    }

    private func publish(_ order: OrderPlaced, to scene: CommissionScene) {
        scene.harness.publish(order)
        scene.harness.publish(OrderConfirmed.sample(orderID: order.orderID))
    }

    private func watch(_ database: CommissionDatabase, _ scene: CommissionScene) throws -> [String] {
        try database.settle(scene.harness)
        let place = SideWorkPlace(
            connection: try database.connect(), now: scene.harness.clock.now, calendar: .shanghai, stop: StopFlag(),
            service: "commission")
        try SalesWatch().step(place)
        try database.settle(scene.harness)
        return try database.connection.query(
            """
            SELECT h ->> 'memberId' || ' ' || (h ->> 'kind') || ': ' || (h ->> 'reason')
            FROM orders, json_array_elements(holds -> 'holds') AS h WHERE holds IS NOT NULL ORDER BY order_id, 1
            """
        ).map { $0.text(0) }
    }

    private func joinWithPhone(_ scene: CommissionScene) {
        let member = DistributionMember(
            memberID: "M3", effectiveFrom: .sample + .days(-30), phoneFingerprint: "phone-of-M3")
        scene.harness.publish(member, on: .distributionMembers, key: "M3")
    }

    @Test func saleToOnesOwnPhoneOrAddressIsHeld() throws {
        try CommissionDatabase.with { database in
            let scene = try CommissionScene()
            joinWithPhone(scene)
            publish(sale(1, phone: "phone-of-M3", address: "home"), to: scene)
            publish(sale(2, phone: "another", address: "elsewhere"), to: scene)
            #expect(try watch(database, scene) == ["M3 own-purchase: the buyer has the phone of M3"])
            publish(sale(3, phone: "a friend's", address: "home"), to: scene)
            #expect(
                try Set(watch(database, scene)) == [
                    "M3 own-purchase: the buyer has the phone of M3",
                    "M3 own-purchase: the goods go where they once went to M3",
                ])
            #expect(try database.breaches() == [])
        }
    }

    @Test func whatSomebodyLetGoIsNotHeldAgain() throws {
        try CommissionDatabase.with { database in
            let scene = try CommissionScene()
            joinWithPhone(scene)
            let order = sale(1, phone: "phone-of-M3")
            publish(order, to: scene)
            #expect(try watch(database, scene).count == 1)
            let release = ReleaseEntry(head: .by("u-2", "L-1"), memberID: "M3", entryID: "\(order.orderID)-J1")
            scene.harness.publish(release, on: .commands(of: "commission"), key: "M3")
            #expect(try watch(database, scene) == [])
        }
    }

    @Test(arguments: [(10, 5, true), (10, 4, false), (9, 9, false)])
    func goodsThatMostlyComeBackAreARing(sold: Int, returned: Int, isHeld: Bool) throws {
        try CommissionDatabase.with { database in
            let scene = try CommissionScene()
            scene.join("M3")
            for number in 1...sold {
                let order = sale(number)
                publish(order, to: scene)
                guard number <= returned else { continue }
                scene.harness.publish(
                    CaseRefunded.sample(
                        orderID: order.orderID, lines: [RefundedLine(lineID: "1", quantity: 1, amount: 5000)]))
            }
            let held = try watch(database, scene)
            #expect(held.count == (isHeld ? sold : 0))
            #expect(held.allSatisfy { $0 == "M3 refund-ring: \(returned) of \(sold) sales of M3 in 30 days came back" })
        }
    }

    /// A channel that tells of yesterday's sales all at once is no multitude.
    @Test(arguments: [(20, 0, true), (19, 0, false), (40, 2, false)])
    func suddenMultitudeIsHeld(sold: Int, hoursAgo: Int64, isHeld: Bool) throws {
        try CommissionDatabase.with { database in
            let scene = try CommissionScene()
            scene.join("M3")
            for number in 1...sold { publish(sale(number, placedAt: .sample + .hours(-hoursAgo)), to: scene) }
            let held = try watch(database, scene)
            #expect(held.count == (isHeld ? sold : 0))
        }
    }
}
