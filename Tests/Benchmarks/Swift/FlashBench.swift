import Contracts
import Foundation
import Kafka
import Postgres
import Support
import Synchronization

/// A flash sale: many publishers ask for one SKU, of which there is far too little, while inventory runs.
struct FlashBench {
    private static let sku = "HOT"
    /// Orders come in waves, the next when the last is half decided: buyers of a flash sale press the button at once, and
    /// topics stay small, because the embedded broker rewrites all it holds.
    private static let wave = 30_000
    let servers: String
    let prefix: String
    let databaseURL: String

    func run(orders count: Int, units: Int64, publishers: Int) throws {
        let trimmer = try Trimmer(servers: servers, prefix: prefix, groups: ["inventory"])
        try references(units)
        let connection = try Connection(databaseURL)
        try awaitStock(units, connection)
        let gate = PublisherGate()
        let threads = (0..<publishers).map { number in
            Thread { publish(stride(from: number, to: count, by: publishers), gate) }
        }
        for thread in threads { thread.stackSize = 1 << 18 }
        gate.allow(Self.wave)
        let start = ContinuousClock.now
        for thread in threads { thread.start() }
        var marks: [(orders: Int, seconds: Double)] = []
        var trimmedAt = start
        while (marks.last?.orders ?? 0) < count {
            Thread.sleep(forTimeInterval: 0.2)
            let decided = Int(try connection.query("SELECT count(*) FROM inventory.orders")[0].int64(0))
            marks.append((decided, (ContinuousClock.now - start) / .seconds(1)))
            gate.allow(((decided + Self.wave / 2) / Self.wave + 1) * Self.wave)
            guard marks.last!.seconds < 300 else { throw KafkaError(code: -1, message: "\(decided) after 300 s") }
            if ContinuousClock.now - trimmedAt > .seconds(1) {
                try trimmer.trim()
                trimmedAt = .now
            }
        }
        let first = marks.first { $0.orders >= count / 10 }!
        let rate = Double(count - first.orders) / (marks.last!.seconds - first.seconds)
        try report(rate, publishers, connection)
    }

    private func report(_ rate: Double, _ publishers: Int, _ connection: Connection) throws {
        let row = try connection.query(
            """
            SELECT (SELECT sum(reserved)::bigint FROM inventory.stock_levels),
                (SELECT sum(quantity - released)::bigint FROM inventory.reservations),
                (SELECT count(*) FROM inventory.orders WHERE standing = 'reserved'),
                (SELECT count(*) FROM inventory.orders WHERE standing = 'rejected'),
                (SELECT count(*) FROM inventory.dead_letters)
            """)[0]
        print(
            "{\"publishers\":\(publishers),\"decisionsPerSecond\":\(Int(rate)),\"unitsReserved\":\(row.int64(0)),"
                + "\"unitsSold\":\(row.int64(1)),\"ordersReserved\":\(row.int64(2)),\"ordersRejected\":\(row.int64(3)),"
                + "\"deadLetters\":\(row.int64(4))}")
    }

    private func references(_ units: Int64) throws {
        let producer = try Producer(["bootstrap.servers": servers])
        let start = Instant(milliseconds: 1_700_000_000_000)
        let messages: [(any Message, Topic, String)] = [
            (
                CatalogWarehouse(warehouse: "W1", province: "浙江省", effectiveFrom: start), .catalogWarehouses, "W1"
            ),
            (CatalogItem(sku: Self.sku, weightGrams: 300, effectiveFrom: start), .catalogItems, Self.sku),
            (
                WarehouseMovement(
                    movementID: "R1", warehouse: "W1", sku: Self.sku, kind: .received, quantity: units,
                    occurredAt: start), .warehouseMovements, Self.sku
            ),
        ]
        for (message, topic, key) in messages {
            try producer.send(
                topic: prefix + topic.name, key: Array(key.utf8), value: message.jsonBytes, headers: [], token: 0)
        }
        guard producer.flush(timeoutMilliseconds: 60_000) else { throw KafkaError(code: -1, message: "not flushed") }
    }

    private func awaitStock(_ units: Int64, _ connection: Connection) throws {
        let limit = Date(timeIntervalSinceNow: 60)
        while try connection.query("SELECT coalesce(sum(on_hand), 0)::bigint FROM inventory.stock_levels")[0].int64(0)
            < units
        {
            guard Date() < limit else { throw KafkaError(code: -1, message: "the stock does not arrive") }
            Thread.sleep(forTimeInterval: 0.05)
        }
    }

    /// A client of its own for each publisher, as each intake would have.
    private func publish(_ numbers: StrideTo<Int>, _ gate: PublisherGate) {
        do {
            let producer = try Producer(["bootstrap.servers": servers, "linger.ms": "25", "log_level": "0"])
            let placedAt = Instant(milliseconds: Int64(Date().timeIntervalSince1970 * 1000))
            for number in numbers {
                gate.pass(number)
                let order = Self.order(number, placedAt)
                let envelope = Envelope(
                    id: "intake.orders.v1/\(order.key)/1", type: OrderPlaced.type, source: "/bench", time: placedAt)
                try producer.send(
                    topic: prefix + OrderPlaced.topic.name, key: Array(order.key.utf8), value: order.jsonBytes,
                    headers: envelope.headers.map { KafkaHeader(name: $0.name, value: Array($0.value.utf8)) }, token: 0)
                _ = producer.poll(timeoutMilliseconds: 0)
            }
            _ = producer.flush(timeoutMilliseconds: 60_000)
        } catch {
            FileHandle.standardError.write(Data("publisher: \(error)\n".utf8))
        }
    }

    /// One to three pieces.
    private static func order(_ number: Int, _ placedAt: Instant) -> OrderPlaced {
        .sample(
            channel: "bench", externalOrderID: "F-\(number)", placedAt: placedAt,
            lines: [.sample(sku: sku, quantity: Int64(number % 3 + 1))])
    }
}

/// Lets orders out in their order, never far ahead of what is decided.
private final class PublisherGate: Sendable {
    private let condition = NSCondition()
    private let allowed = Atomic<Int>(0)

    func allow(_ number: Int) {
        condition.lock()
        allowed.store(number, ordering: .relaxed)
        condition.broadcast()
        condition.unlock()
    }

    /// Returns when the order's turn has come.
    func pass(_ number: Int) {
        if number < allowed.load(ordering: .relaxed) { return }
        condition.lock()
        while number >= allowed.load(ordering: .relaxed) { condition.wait() }
        condition.unlock()
    }
}
