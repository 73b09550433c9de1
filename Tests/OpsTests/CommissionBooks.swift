import Contracts
import Postgres
import Support
import Testing

@testable import Commission
@testable import Pipeline

/// Commission's books in a migrated database, written by the real service, for what ops says about them.
final class CommissionBooks {
    let connection: Connection
    private let harness = ServiceHarness(CommissionHandler())
    private var asked = 0
    private var references: Lane<CommissionHandler, PostgresStore<CommissionTables>, MemorySource>
    private var lane: Lane<CommissionHandler, PostgresStore<CommissionTables>, MemorySource>

    private init(_ connection: Connection) throws {
        self.connection = connection
        let name = try connection.query("SELECT current_database()::text")[0].text(0)
        let url = try MigratedDatabase.url(of: name) + "?options=-c%20search_path%3Dcommission"
        let harness = harness
        func makeLane(_ topics: [Topic], _ group: String) -> Lane<
            CommissionHandler, PostgresStore<CommissionTables>, MemorySource
        > {
            var options = LaneOptions()
            options.readsTimers = topics.contains(.intakeOrders)
            return Lane(
                handler: CommissionHandler(),
                store: PostgresStore(url: url, service: "commission", tables: CommissionTables()),
                source: MemorySource(harness.broker, group: group, topics: topics.map(\.name)), clock: harness.clock,
                options: options)
        }
        references = makeLane(CommissionHandler.referenceTopics, "references")
        lane = makeLane(CommissionHandler.topics, "commission")
    }

    /// - Parameter plans: Known before anything else happens.
    static func with(_ plans: [DistributionPlan] = [.sample()], _ body: (CommissionBooks) throws -> Void) throws {
        try MigratedDatabase.with { connection in
            let books = try CommissionBooks(connection)
            for plan in plans { books.harness.publish(plan, on: .distributionPlans, key: plan.planID) }
            try books.settle()
            try body(books)
        }
    }

    func publish<F: Fact>(_ fact: F) { harness.publish(fact) }

    func publish(_ item: CatalogItem) { harness.publish(item, on: .catalogItems, key: item.sku) }

    func publish(_ member: DistributionMember) {
        harness.publish(member, on: .distributionMembers, key: member.memberID)
    }

    func join(_ memberID: String) { publish(DistributionMember.sample(memberID: memberID)) }

    /// Has a command carried out; its reason is "as agreed".
    func ask(by actor: String = "u-1", _ command: (CommandHead) -> any HeadedCommand) throws {
        asked += 1
        let command = command(
            CommandHead(commandID: "C-\(asked)", actor: actor, reason: "as agreed", issuedAt: .sample))
        func publish<C: HeadedCommand>(_ command: C) {
            harness.publish(command, on: .commands(of: "commission"), key: command.key, id: command.commandID)
        }
        publish(command)
        try settle()
    }

    /// Tells what became of a payout.
    func answer(_ result: PayoutResult) throws {
        harness.publish(result, on: .paymentResults, key: result.payoutID)
        try settle()
    }

    /// Publishes facts and has the service handle each before the next comes.
    func tell(_ facts: [any Fact]) throws {
        for fact in facts {
            publish(fact)
            try settle()
        }
    }

    /// Places and confirms an order.
    func sell(_ placed: OrderPlaced) throws {
        try tell([placed, OrderConfirmed.sample(orderID: placed.orderID)])
    }

    func advance(by duration: Duration) throws {
        harness.clock.advance(by: duration)
        try settle()
    }

    func settle() throws {
        for _ in 0..<1000 {
            if try (references.step() + lane.step()).isIdle { return }
        }
        preconditionFailure("the service does not come to rest")
    }

    /// Closes a month as the process does.
    func close(_ period: String) throws {
        try ask { SettlePeriod(head: $0, period: period) }
        try connection.run(script: "SET search_path = commission")
        let place = SideWorkPlace(
            connection: connection, now: harness.clock.now, calendar: .shanghai, stop: StopFlag(),
            service: "commission")
        try PeriodCloser().step(place)
        // Timers that others set are found at the next look.
        try advance(by: .seconds(1))
    }

    /// Does what nobody may.
    func tamper(_ script: String) throws {
        try connection.run(script: "SET session_replication_role = replica; SET search_path = commission; \(script)")
    }
}

extension OrderPlaced {
    /// 100.00 sold by M3 of grade gold, below M1.
    static func sold(
        _ externalOrderID: String = "WX-1001", _ lines: [PlacedLine] = [.sample()], placedAt: Instant = .sample,
        attribution: Attribution? = .sample()
    ) -> OrderPlaced {
        .sample(externalOrderID: externalOrderID, placedAt: placedAt, lines: lines, attribution: attribution)
    }
}

extension CaseRefunded {
    static func sold(
        _ amount: Int64, of lineID: String = "1", order orderID: OrderID = .sample, number: Int = 1
    ) -> CaseRefunded {
        .sample(
            orderID: orderID, number: number, lines: [RefundedLine(lineID: lineID, quantity: 1, amount: amount)])
    }
}
