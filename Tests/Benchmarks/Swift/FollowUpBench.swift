import Contracts
import Foundation
import Kafka
import Postgres
import Support

/// What follows an order: how many carriers' scans a second fulfilment puts down, how many cases after-sales decides, how
/// many orders commission books, how many facts the console reads.
struct FollowUpBench {
    enum Goal: String {
        case scans, cases
        /// Over 3 and over 10 paid levels, out of a million members.
        case commission3, commission10
        /// Orders placed and confirmed, as the console reads them.
        case facts

        var levels: Int64 { self == .commission3 ? 3 : 10 }
    }

    let servers: String
    let prefix: String
    let databaseURL: String
    let goal: Goal

    /// Eight scans for each parcel, the first of which shows that it has left.
    private static let scansPerParcel = 8
    private static let placedAt = Instant(milliseconds: 1_795_334_400_000)

    func run(count: Int) throws {
        let producer = try Producer(["bootstrap.servers": servers, "linger.ms": "5"])
        defer { producer.close() }
        let connection = try Connection(databaseURL)
        let orders =
            switch goal {
            case .scans: count / Self.scansPerParcel
            case .facts: count / 2
            case .cases, .commission3, .commission10: count
            }
        try references(producer)
        for number in 0..<orders { try order(number, producer) }
        let rate: Double
        switch goal {
        case .scans:
            try wait("SELECT count(*) FROM fulfilment.shipments", for: orders, connection)
            for scan in try scans(connection) {
                try send(scan, on: .carrierScans, key: "\(scan.carrier)/\(scan.waybill)", producer)
            }
            rate = try measure("SELECT count(*) FROM fulfilment.scans", upTo: count, connection)
        case .cases:
            try wait("SELECT count(*) FROM after_sales.accounts WHERE is_paid", for: orders, connection)
            for number in 0..<orders {
                let request = AfterSalesRequest.sample(
                    channel: "bench", externalOrderID: "B-\(number)", kind: .refund, lines: [], amount: 500)
                try send(request, on: .channelAfterSales, key: "bench/B-\(number)", producer)
            }
            rate = try measure(
                "SELECT count(*) FROM after_sales.cases WHERE state = 'refunding'", upTo: count, connection)
        case .commission3, .commission10:
            try wait("SELECT count(*) FROM commission.orders", for: orders, connection)
            let trimmer = try Trimmer(servers: servers, prefix: prefix, groups: ["commission"])
            try trimmer.trim()
            for number in 0..<orders { try confirm(number, producer) }
            // Each tells one fact; their rows are few bytes, those of orders many.
            rate = try measure(
                """
                SELECT coalesce(sum(version), 0)::int8 FROM commission.fact_versions
                WHERE topic = 'commission.entries.v1'
                """, upTo: count, connection, trimmer)
        case .facts:
            // Lanes go on in the order of offsets, so the last of each partition says how many there are.
            rate = try measure(
                """
                SELECT COALESCE(sum((SELECT max(partition_offset) + 1 FROM console.facts
                    WHERE topic = 'intake.orders.v1' AND partition = p)), 0)::int8 FROM generate_series(0, 63) AS p
                """, upTo: count, connection)
        }
        _ = producer.flush(timeoutMilliseconds: 60_000)
        print("{\"goal\":\"\(goal.rawValue)\",\"count\":\(count),\"perSecond\":\(Int(rate))}")
    }

    private func references(_ producer: Producer) throws {
        let start = Instant(milliseconds: 1_700_000_000_000)
        try send(
            CatalogWarehouse(warehouse: "W1", province: "浙江省", effectiveFrom: start), on: .catalogWarehouses, key: "W1",
            producer)
        try send(CatalogItem(sku: "S", weightGrams: 300, effectiveFrom: start), on: .catalogItems, key: "S", producer)
        try send(
            CatalogChannel(channel: "bench", kind: .web, effectiveFrom: start), on: .catalogChannels, key: "bench",
            producer)
        let plan = DistributionPlan.sample(
            effectiveFrom: start,
            levels: (1...goal.levels).map { .init(level: $0, rates: [.init(.basisPoints(100))]) },
            acknowledgeLevels: true)
        try send(plan, on: .distributionPlans, key: plan.planID, producer)
    }

    /// As intake would tell it.
    private func order(_ number: Int, _ producer: Producer) throws {
        let placed = OrderPlaced.sample(
            channel: "bench", externalOrderID: "B-\(number)", placedAt: Self.placedAt, lines: [.sample(sku: "S")],
            attribution: attribution(number))
        try send(placed, on: .intakeOrders, key: placed.key, producer)
        switch goal {
        case .commission3, .commission10: break
        case .scans, .facts: try confirm(number, producer)
        case .cases:
            let paid = OrderPaid(
                orderID: placed.orderID, paymentID: "P", amount: placed.total, paidAt: Self.placedAt)
            try send(paid, on: .intakeOrders, key: placed.key, producer)
        }
    }

    private func confirm(_ number: Int, _ producer: Producer) throws {
        let pieces = [LineQuantity(lineID: "1", sku: "S", quantity: 1)]
        let confirmed = OrderConfirmed(
            orderID: OrderID(channel: "bench", externalOrderID: "B-\(number)", placedAt: Self.placedAt), reservation: 1,
            allocations: [WarehouseAllocation(warehouse: "W1", lines: pieces)], confirmedAt: Self.placedAt)
        try send(confirmed, on: .intakeOrders, key: confirmed.key, producer)
    }

    /// The chain of a tree in which everybody has four below: the nearest are many, the farthest few.
    private func attribution(_ number: Int) -> Attribution? {
        guard [.commission3, .commission10].contains(goal) else { return nil }
        var member = 250_000 + number.multipliedReportingOverflow(by: 7919).partialValue % 750_000
        var chain: [ChainLink] = []
        while chain.count < goal.levels {
            chain.append(ChainLink(memberID: "M\(member)"))
            member = member > 0 ? (member - 1) / 4 : 1_000_000 + chain.count
        }
        return Attribution(
            memberID: chain[0].memberID, kind: .binding, chain: chain, reason: "bench", contest: [])
    }

    /// Of all parcels in turn, as carriers send them.
    private func scans(_ connection: Connection) throws -> [CarrierScan] {
        let way: [CarrierScan.Status] = [
            .pickedUp, .inTransit, .inTransit, .inTransit, .inTransit, .outForDelivery, .atPickupPoint, .delivered,
        ]
        let parcels = try connection.query("SELECT carrier, waybill FROM fulfilment.shipments").map {
            ($0.text(0), $0.text(1))
        }
        return way.enumerated().flatMap { step, status in
            parcels.map { carrier, waybill in
                CarrierScan(
                    carrier: carrier, waybill: waybill, status: status, rawCode: "\(step)", location: "杭州转运中心",
                    occurredAt: Self.placedAt + .hours(Int64(step)))
            }
        }
    }

    private func send(_ message: some Message, on topic: Topic, key: String, _ producer: Producer) throws {
        let headers = [
            KafkaHeader(name: "ce_type", value: Array(type(of: message).type.utf8)),
            KafkaHeader(name: "ce_source", value: Array("/bench".utf8)),
        ]
        while true {
            do throws(KafkaError) {
                try producer.send(
                    topic: prefix + topic.name, key: Array(key.utf8), value: message.jsonBytes, headers: headers,
                    token: 0)
                _ = producer.poll(timeoutMilliseconds: 0)
                return
            } catch {
                guard error.isQueueFull else { throw error }
                _ = producer.poll(timeoutMilliseconds: 10)
            }
        }
    }

    private func wait(_ count: StaticString, for goal: Int, _ connection: Connection) throws {
        let limit = Date(timeIntervalSinceNow: 300)
        while Int(try connection.query(count)[0].int64(0)) < goal {
            guard Date() < limit else { throw KafkaError(code: -1, message: "the orders are not there after 300 s") }
            Thread.sleep(forTimeInterval: 0.2)
        }
    }

    /// From a tenth to the end, so that the start does not count.
    ///
    /// - Parameter trimmer: Once a second, where the embedded broker would else rewrite all that it was ever sent.
    private func measure(
        _ count: StaticString, upTo goal: Int, _ connection: Connection, _ trimmer: Trimmer? = nil
    ) throws -> Double {
        let start = ContinuousClock.now
        var trimmedAt = start
        var marks: [(done: Int, seconds: Double)] = []
        while (marks.last?.done ?? 0) < goal {
            Thread.sleep(forTimeInterval: 0.1)
            if let trimmer, ContinuousClock.now - trimmedAt > .seconds(1) {
                try trimmer.trim()
                trimmedAt = .now
            }
            let done = Int(try connection.query(count)[0].int64(0))
            marks.append((done, (ContinuousClock.now - start) / .seconds(1)))
            guard marks.last!.seconds < 300 else {
                throw KafkaError(code: -1, message: "\(done) of \(goal) after 300 s")
            }
        }
        let first = marks.first { $0.done >= goal / 10 }!
        return Double(goal - first.done) / max(marks.last!.seconds - first.seconds, 0.001)
    }
}
