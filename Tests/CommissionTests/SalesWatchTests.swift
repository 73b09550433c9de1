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

    private func watch(
        _ database: CommissionDatabase, _ scene: CommissionScene, _ signals: SalesSignals = SalesSignals(),
        by watch: SalesWatch? = nil
    ) throws -> [String] {
        try database.settle(scene.harness)
        let place = SideWorkPlace(
            connection: try database.connect(), now: scene.harness.clock.now, calendar: .shanghai, stop: StopFlag(),
            service: "commission")
        try (watch ?? SalesWatch(signals)).step(place)
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

    /// Confirmed long before the last look, but handled after it.
    @Test func saleThatIsHandledLateIsLookedAt() throws {
        try CommissionDatabase.with { database in
            let scene = try CommissionScene()
            joinWithPhone(scene)
            let same = SalesWatch()
            scene.harness.clock.advance(by: .hours(2))
            #expect(try watch(database, scene, by: same) == [])
            // Within a minute it would not look again.
            scene.harness.clock.advance(by: .minutes(2))
            publish(sale(1, phone: "phone-of-M3"), to: scene)
            #expect(try watch(database, scene, by: same).count == 1)
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

    /// Five sales: three in this hour, of which one is M3's own and came back, and two before.
    @Test(
        arguments: [
            (SalesSignals(), "own-purchase", 1),
            (SalesSignals(seesOwnPurchases: false), "", 0),
            (SalesSignals(seesOwnPurchases: false, refundRing: .ring(5, 2000)), "refund-ring", 5),
            (SalesSignals(seesOwnPurchases: false, refundRing: .ring(5, 2001)), "", 0),
            (SalesSignals(seesOwnPurchases: false, refundRing: .ring(6, 2000)), "", 0),
            (SalesSignals(seesOwnPurchases: false, velocity: .init(sales: 3)), "velocity", 3),
            (SalesSignals(seesOwnPurchases: false, velocity: .init(sales: 4)), "", 0),
            (SalesSignals(seesOwnPurchases: false, velocity: .init(sales: 3, timesUsual: 1080)), "velocity", 3),
            (SalesSignals(seesOwnPurchases: false, velocity: .init(sales: 3, timesUsual: 1081)), "", 0),
            (
                SalesSignals(days: 60, seesOwnPurchases: false, velocity: .init(sales: 3, timesUsual: 2160)),
                "velocity", 3
            ),
            (SalesSignals(seesOwnPurchases: false, refundRing: nil, velocity: nil), "", 0),
        ])
    func settingsSayWhatIsHeld(signals: SalesSignals, kind: String, count: Int) throws {
        try CommissionDatabase.with { database in
            let scene = try CommissionScene()
            joinWithPhone(scene)
            let own = sale(1, phone: "phone-of-M3", address: "home")
            publish(own, to: scene)
            scene.harness.publish(
                CaseRefunded.sample(orderID: own.orderID, lines: [RefundedLine(lineID: "1", quantity: 1, amount: 5000)])
            )
            for number in 2...3 { publish(sale(number), to: scene) }
            for number in 4...5 { publish(sale(number, placedAt: .sample + .hours(-2)), to: scene) }
            let held = try watch(database, scene, signals)
            #expect(held.count == count && held.allSatisfy { $0.hasPrefix("M3 \(kind): ") }, "\(held)")
            let addresses = try database.number("SELECT count(*) FROM member_addresses")
            #expect(addresses == (signals.seesOwnPurchases ? 1 : 0))
        }
    }

    @Test(arguments: [(8, 0), (9, 5)]) func olderSalesDoNotCount(days: Int64, count: Int) throws {
        try CommissionDatabase.with { database in
            let scene = try CommissionScene()
            scene.join("M3")
            for number in 1...5 {
                let order = sale(number)
                publish(order, to: scene)
                scene.harness.publish(
                    CaseRefunded.sample(
                        orderID: order.orderID, lines: [RefundedLine(lineID: "1", quantity: 1, amount: 5000)]))
            }
            scene.harness.clock.advance(by: .days(8) + .hours(1))
            let held = try watch(database, scene, SalesSignals(days: days, refundRing: .ring(5, 10_000)))
            #expect(held.count == count)
            #expect(held.allSatisfy { $0 == "M3 refund-ring: 5 of 5 sales of M3 in \(days) days came back" })
        }
    }
}

extension SalesSignals.RefundRing {
    fileprivate static func ring(_ sales: Int64, _ returnedBasisPoints: Int64) -> SalesSignals.RefundRing {
        SalesSignals.RefundRing(sales: sales, returnedBasisPoints: returnedBasisPoints)
    }
}
