import Contracts
import Foundation
import Kafka
import Postgres

/// How many orders a second reach a table, while the services that run do their part of the chain.
///
/// It trims the topics below what every group has committed, because the embedded broker rewrites all it holds.
struct ChainBench {
    let servers: String
    let prefix: String
    let databaseURL: String
    /// `intake` counts accepted orders; `chain` counts orders whose commission is booked.
    let goal: String

    func run(orders count: Int) throws {
        let feed = try OrderFeed(servers: servers, prefix: prefix)
        let trimmer = try Trimmer(
            servers: servers, prefix: prefix, groups: goal == "intake" ? ["intake"] : Topic.deciders)
        try feed.references()
        try trimmer.awaitReferences()
        if goal == "chain" {
            try feed.stock()
            try trimmer.awaitIdle([Topic.warehouseMovements])
        }
        let connection = try Connection(databaseURL)
        let placedAt = Instant(milliseconds: Int64(Date().timeIntervalSince1970 * 1000))
        let start = ContinuousClock.now
        var fed = 0
        var marks: [(orders: Int, seconds: Double)] = []
        var trimmedAt = start
        while true {
            let done = try reached(connection)
            marks.append((done, (ContinuousClock.now - start) / .seconds(1)))
            if done >= count { break }
            // A second or so of work lies ready, never the whole run: topics stay small.
            while fed < count, fed - done < 8000 {
                try feed.orders(fed..<min(count, fed + 1000), placedAt: placedAt)
                fed = min(count, fed + 1000)
            }
            guard marks.last!.seconds < 300 else {
                throw KafkaError(code: -1, message: "\(done) of \(count) after 300 s")
            }
            if ContinuousClock.now - trimmedAt > .seconds(1) {
                try trimmer.trim()
                trimmedAt = .now
            }
            Thread.sleep(forTimeInterval: pause(marks.last!, of: count))
        }
        let first = marks.first { $0.orders >= count / 10 }!
        let rate = Double(count - first.orders) / (marks.last!.seconds - first.seconds)
        print("{\"orders\":\(count),\"seconds\":\(marks.last!.seconds),\"ordersPerSecond\":\(rate)}")
    }

    /// How long until it is worth counting again. Counting all orders twenty times a second would take a tenth of the
    /// machine; so it is done seldom while many are missing, and often at the end, where it decides the figure.
    private func pause(_ mark: (orders: Int, seconds: Double), of count: Int) -> Double {
        guard mark.orders > 0 else { return 0.05 }
        let left = Double(count - mark.orders) * mark.seconds / Double(mark.orders)
        return min(max(left / 4, 0.05), 0.5)
    }

    private func reached(_ connection: Connection) throws -> Int {
        let answer =
            goal == "intake"
            ? try connection.query("SELECT count(*) FROM intake.orders")
            : try connection.query(
                "SELECT coalesce(sum(version), 0)::bigint FROM commission.fact_versions WHERE topic = 'commission.entries.v1'"
            )
        return Int(answer[0].int64(0))
    }
}
