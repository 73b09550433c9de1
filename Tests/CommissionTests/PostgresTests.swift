import Contracts
import Dispatch
import Pipeline
import Postgres
import Support
import Synchronization
import Testing

@testable import Commission
@testable import CommissionDomain

@Suite("Commission in PostgreSQL")
struct PostgresTests {
    /// Everything that can happen to an order, as one story.
    private static let story: [any Fact] = [
        OrderPlaced.sold([.sample(), .sample("2", sku: "SKU-2", quantity: 3)], freight: 800),
        OrderRevised(
            orderID: .sample, cause: .price, reservation: 1, weightGrams: 7,
            lines: [.sample(), .sample("2", sku: "SKU-2", quantity: 3)], goodsTotal: 40_000,
            freight: 800, total: 40_800, receivable: 40_800, reason: "haggled", revisedAt: .sample, version: 2),
        OrderConfirmed.sample(), CaseOpened.sample(), CaseRefunded.sample(3333), CaseClosed.sample(),
        OrderAttributionChanged.sample(
            .sample(chain: [ChainLink(memberID: "M9", grade: "金"), ChainLink(memberID: "M1")])),
        OrderCompleted.sample(), CaseRefunded.sample(number: 2, 10_000, of: "2"),
    ]

    private func published() throws -> CommissionScene {
        let scene = try CommissionScene()
        let item = CatalogItem.sample(commissionClass: "beauty")
        scene.harness.publish(item, on: .catalogItems, key: item.sku)
        scene.harness.publish(
            DistributionMember.sample(grade: "gold"), on: .distributionMembers, key: "M3")
        scene.harness.publish(OrderPlaced.sample(externalOrderID: "WX-2", attribution: nil))
        for fact in Self.story { scene.harness.publish(fact) }
        return scene
    }

    /// An order without what only its maker knows about its rows.
    private func asStored(_ order: CommissionOrder) -> CommissionOrder {
        var order = order
        order.unsaved = CommissionOrder.Unsaved(order: false, accruals: false)
        return order
    }

    @Test(arguments: [1, 2, 300]) func tablesHoldWhatMemoryHolds(batch: Int) throws {
        try CommissionDatabase.with { database in
            let scene = try published()
            let lane = database.lane(
                over: scene.harness, CommissionHandler.topics, group: "postgres", maximumBatch: batch)
            let references = database.lane(
                over: scene.harness, CommissionHandler.referenceTopics, group: "references")
            while try !references.step().isIdle {}
            while try !lane.step().isIdle {}
            try scene.harness.settle()
            try scene.harness.advance(by: .days(8))
            while try !lane.step().isIdle {}
            for orderID in [OrderID.sample, .sample("WX-2")] {
                #expect(try database.order(orderID) == asStored(scene.order(orderID)))
            }
            #expect(try scene.order().state == .matured)
            #expect(try database.breaches() == [])
            let told = try database.connection.query("SELECT event_id FROM outbox ORDER BY id").map { $0.text(0) }
            #expect(told.sorted() == scene.harness.database.outbox.map(\.envelope.id).sorted())
            #expect(try database.number("SELECT count(*) FROM journals") == Int64(scene.journals.count))
        }
    }

    @Test func referencesComeBackAsTheyWere() throws {
        try CommissionDatabase.with { database in
            let scene = try published()
            scene.publish(.sample(version: 2, effectiveFrom: nil))
            for (topic, key) in [(Topic.distributionPlans, "2026"), (.distributionMembers, "M3")] {
                scene.harness.broker.publish(topic.name, key: key, value: nil, at: Instant.sample.milliseconds)
            }
            try scene.harness.settle()
            try database.settle(scene.harness)
            var state = State<CommissionAggregate>()
            let keys: [Key] = [.plans, .item("SKU-1"), .item("SKU-404"), .member("M3")]
            try database.connection.transaction { transaction in
                try CommissionTables().load(keys, into: &state, in: transaction)
            }
            for key in keys where key != .item("SKU-404") {
                #expect(state[key] != nil && state[key] == scene.harness.database.aggregates[key], "\(key)")
            }
            #expect(!state.isLoaded(.item("SKU-404")))
        }
    }

    @Test func balancesAreWhatEntriesSumTo() throws {
        try CommissionDatabase.with { database in
            let scene = try published()
            try database.settle(scene.harness)
            let rows = try database.connection.query(
                "SELECT member_id, account, amount FROM balances WHERE amount <> 0 ORDER BY 1, 2")
            #expect(rows.map { "\($0.text(0)) \($0.text(1)) \($0.int64(2))" } == ["M1 frozen 1333", "M9 frozen 2667"])
            #expect(try database.breaches() == [])
        }
    }

    @Test func secondReadingOfTheTopicsChangesNoRow() throws {
        try CommissionDatabase.with { database in
            let scene = try published()
            try database.settle(scene.harness)
            let before = try snapshot(database)
            try database.settle(scene.harness, group: "again")
            for (number, fact) in Self.story.enumerated() {
                for delivery in 0..<10 { scene.harness.publish(fact, id: "again-\(number)-\(delivery)") }
            }
            try database.settle(scene.harness)
            #expect(try snapshot(database) == before)
            #expect(try database.number("SELECT count(*) FROM dead_letters") == 0)
        }
    }

    private func snapshot(_ database: CommissionDatabase) throws -> [String] {
        try database.connection.query(
            """
            SELECT 'journal ' || journal_id || cause || total FROM journals UNION ALL
            SELECT 'balance ' || member_id || account || amount FROM balances UNION ALL
            SELECT 'leg ' || order_id || accrual || leg || reversed FROM legs UNION ALL
            SELECT 'outbox ' || event_id FROM outbox ORDER BY 1
            """
        ).map { $0.text(0) }
    }

    @Test func lanesThatShareADistributorNeitherBlockNorLose() throws {
        try CommissionDatabase.with { database in
            let scene = try CommissionScene()
            for number in 1...400 {
                // The chains name the same two members in both directions, so that locks could cross.
                let members = number % 2 == 0 ? ["M1", "M2"] : ["M2", "M1"]
                let placed = OrderPlaced.sample(
                    externalOrderID: "WX-\(number)",
                    attribution: .sample(chain: members.map { ChainLink(memberID: $0) }))
                scene.harness.publish(placed)
                scene.harness.publish(OrderConfirmed.sample(orderID: placed.orderID))
            }
            let references = database.lane(
                over: scene.harness, CommissionHandler.referenceTopics, group: "references")
            while try !references.step().isIdle {}
            let harness = scene.harness
            nonisolated(unsafe) let shared = (database, harness)
            let failures = Mutex<[String]>([])
            // A transaction that begins and does not commit was the victim of a deadlock.
            let begun = Mutex(0)
            let probe = CrashProbe { point in
                begun.withLock { $0 += point == .afterBegin ? 1 : point == .afterCommit ? -1 : 0 }
            }
            DispatchQueue.concurrentPerform(iterations: 2) { half in
                do {
                    let (database, harness) = unsafe shared
                    let lane = database.lane(
                        over: harness, CommissionHandler.topics, group: "postgres",
                        partitions: Set(Int32(half * 6)..<Int32(half * 6 + 6)), maximumBatch: 7, probe: probe)
                    while try !lane.step().isIdle {}
                } catch {
                    failures.withLock { $0.append("\(error)") }
                }
            }
            #expect(failures.withLock { $0 } == [] && begun.withLock { $0 } == 0)
            #expect(try database.number("SELECT count(*) FROM journals") == 400)
            #expect(try database.number("SELECT amount FROM balances WHERE member_id = 'M1'") == 300_000)
            #expect(try database.breaches() == [])
        }
    }
}
