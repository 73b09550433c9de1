import Contracts
import Postgres
import Support
import Testing

@testable import Commission
@testable import CommissionDomain
@testable import Pipeline

@Suite("Own purchases in PostgreSQL")
struct OwnPurchaseTests {
    private static let account = "wechat-mini/u-77"

    /// M3 below M1 has the account of samples and its phone.
    private func scene(_ plan: DistributionPlan = .sample(selfPurchase: .shift)) throws -> CommissionScene {
        let scene = try CommissionScene(plan)
        join(
            [
                DistributionMember(
                    memberID: "M3", parentID: "M1", grade: "gold", effectiveFrom: .sample + .days(-30),
                    buyers: [Self.account], phoneFingerprint: "phone-of-M3"),
                .sample(memberID: "M1"),
            ], scene)
        return scene
    }

    private func join(_ members: [DistributionMember], _ scene: CommissionScene) {
        for member in members { scene.harness.publish(member, on: .distributionMembers, key: member.memberID) }
    }

    private func buy(
        _ externalOrderID: String = "WX-1001", buyerID: String = account, attribution: Attribution? = nil,
        fingerprints: Fingerprints? = nil, _ scene: CommissionScene
    ) {
        let order = OrderPlaced.sample(
            externalOrderID: externalOrderID, buyerID: buyerID, fingerprints: fingerprints, attribution: attribution)
        scene.harness.publish(order)
        scene.harness.publish(OrderConfirmed.sample(orderID: order.orderID))
    }

    private static let others = Attribution.sample(chain: [ChainLink(memberID: "M9"), ChainLink(memberID: "M8")])

    /// An own purchase of each kind, one of them completed and paid back in part, and a sale to somebody else.
    private func fill(_ scene: CommissionScene) {
        buy(attribution: Self.others, scene)
        buy("WX-2", scene)
        buy("WX-3", buyerID: "wechat-mini/u-78", attribution: Self.others, scene)
        scene.harness.publish(OrderAttributionChanged.sample(.sample(chain: [ChainLink(memberID: "M7")])))
        scene.harness.publish(OrderCompleted.sample())
        scene.harness.publish(CaseRefunded.sample(3333))
    }

    @Test(arguments: [1, 300]) func tablesHoldWhatMemoryHolds(batch: Int) throws {
        try CommissionDatabase.with { database in
            let scene = try scene()
            fill(scene)
            let references = database.lane(
                over: scene.harness, CommissionHandler.referenceTopics, group: "references")
            let lane = database.lane(
                over: scene.harness, CommissionHandler.topics, group: "postgres", maximumBatch: batch)
            while try !references.step().isIdle {}
            while try !lane.step().isIdle {}
            try scene.harness.settle()
            try scene.harness.advance(by: .days(8))
            while try !lane.step().isIdle {}
            for orderID in [OrderID.sample, .sample("WX-2"), .sample("WX-3")] {
                var expected = try scene.order(orderID)
                expected.unsaved = CommissionOrder.Unsaved(order: false, accruals: false)
                #expect(try database.order(orderID) == expected)
            }
            #expect(try scene.order().ownChain?.links.map(\.memberID) == ["M3", "M1"])
            #expect(try scene.order().attribution?.memberID == "M7" && scene.order().state == .matured)
            #expect(scene.available("M3") == 667 && scene.available("M1") == 333 && scene.frozen("M9") == 1000)
            let turnovers = try database.connection.query("SELECT seller, parent, amount FROM turnovers")
            #expect(turnovers.map { "\($0.text(0)) \($0.text(1)) \($0.int64(2))" } == ["M3 M1 6667"])
            #expect(try database.breaches() == [])
            #expect(try database.number("SELECT count(*) FROM dead_letters") == 0)
        }
    }

    /// Level by level, and what leads to the first of them, in one batch.
    @Test func uplineOfTenIsFollowedToItsEnd() throws {
        try CommissionDatabase.with { database in
            let scene = try CommissionScene(.sample(selfPurchase: .shift))
            join(
                (1...12).map { number in
                    .sample(
                        memberID: "L\(number)", parentID: number < 12 ? "L\(number + 1)" : nil,
                        buyers: number == 1 ? [Self.account] : [])
                }, scene)
            buy("WX-1001", scene)
            try database.settle(scene.harness)
            let links = try database.order()?.ownChain?.links.map(\.memberID)
            #expect(links == (1...10).map { "L\($0)" })
            #expect(try database.number("SELECT count(*) FROM dead_letters") == 0)
        }
    }

    @Test func buyersAreFoundByAnyRecordOfTheirs() throws {
        try CommissionDatabase.with { database in
            let scene = try scene()
            join([.sample(memberID: "M2", buyers: ["a/1", Self.account]), .sample(memberID: "M2")], scene)
            join([.sample(memberID: "M3", effectiveFrom: .sample)], scene)
            try scene.harness.settle()
            try database.settle(scene.harness)
            let keys: [Key] = [.buyer(Self.account), .buyer("a/1"), .buyer("nobody")]
            var state = State<CommissionAggregate>()
            var memory = State<CommissionAggregate>()
            try database.connection.transaction { transaction in
                try CommissionTables().load(keys, into: &state, in: transaction)
            }
            for key in keys {
                memory.load(key, CommissionHandler().derived(key, from: scene.harness.database.aggregates))
            }
            // The second record of M2 took the place of the first, for it is of the same moment.
            #expect(state[.buyer(Self.account)] == .buyer(["M3"]) && !state.isLoaded(.buyer("a/1")))
            #expect(memory[.buyer(Self.account)] == .buyer(["M3"]) && memory[.buyer("a/1")] == .buyer([]))
        }
    }

    /// In margin mode a leg has neither rate nor amount.
    @Test func ownLegOfMarginsIsStored() throws {
        try CommissionDatabase.with { database in
            let prices: [DistributionPlan.SupplyPrice] = [.init(sku: "SKU-1", price: 8000)]
            let scene = try scene(.sample(mode: .margin, supplyPrices: prices, selfPurchase: .shift))
            buy("WX-1001", scene)
            try database.settle(scene.harness)
            #expect(try database.order()?.accrual?.legs.first?.leg.amount == 2000)
            #expect(try database.breaches() == [])
        }
    }

    /// A plan that shifts allows what the member's own account buys, and nothing that another one does.
    @Test func watchLeavesAllowedPurchasesAlone() throws {
        try CommissionDatabase.with { database in
            let scene = try scene()
            let own = Fingerprints(phone: "phone-of-M3", address: "home")
            buy("WX-1", fingerprints: own, scene)
            #expect(try watch(database, scene) == [])
            buy("WX-2", buyerID: "wechat-mini/u-78", attribution: .sample(), fingerprints: own, scene)
            #expect(try watch(database, scene) == ["\(OrderID.sample("WX-2")) M3"])
        }
    }

    /// What was ever noticed, by order and member.
    private func watch(_ database: CommissionDatabase, _ scene: CommissionScene) throws -> [String] {
        try database.settle(scene.harness)
        let place = SideWorkPlace(
            connection: try database.connect(), now: scene.harness.clock.now, calendar: .shanghai, stop: StopFlag(),
            service: "commission")
        try SalesWatch().step(place)
        return try database.connection.query("SELECT order_id || ' ' || member_id FROM suspicions ORDER BY 1").map {
            $0.text(0)
        }
    }

    /// Each script breaks the chain behind the back of the constraints.
    @Test(arguments: [
        "UPDATE orders SET own_chain = NULL", StoredAccruals.set("legs,0,kind", to: "\"level\""),
        "UPDATE orders SET own_chain = '{\"chain\":[{\"memberId\":\"M1\"},{\"memberId\":\"M3\"}]}'",
        "UPDATE orders SET own_chain = '{\"chain\":[{\"memberId\":\"M3\"}]}'",
        StoredAccruals.set("legs,1,memberId", to: "\"M9\""),
        "UPDATE plans SET terms = (terms::jsonb || '{\"selfPurchase\":\"block\"}')::json",
    ]) func tamperedChainIsSeen(script: String) throws {
        try CommissionDatabase.with { database in
            let scene = try scene()
            buy(attribution: Self.others, scene)
            try database.settle(scene.harness)
            #expect(try database.breaches() == [])
            try database.connection.run(script: script)
            #expect(try database.breaches().contains { $0.hasPrefix("I10 ") })
        }
    }
}
