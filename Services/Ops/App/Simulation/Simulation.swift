import Contracts
import Foundation
import Kafka

/// Runs the demo: publishes an act, waits until nothing is in flight, lets time pass, publishes the next.
final class Simulation {
    /// A service may die and be started again meanwhile; longer than this nothing moves only when something is broken.
    private static let patience = Duration.seconds(150)

    private let script: DemoScript
    private let environment: OpsEnvironment
    private let publisher: RecordPublisher
    private let reader: TopicReader
    private let quiescence: Quiescence
    private let progress = Progress()
    private var offset: Duration
    private(set) var world: DemoWorld

    init(_ script: DemoScript, _ environment: OpsEnvironment) throws {
        self.script = script
        self.environment = environment
        world = DemoWorld(script)
        publisher = try RecordPublisher(environment)
        reader = try TopicReader(DemoWorld.topics.map(\.name), from: .beginning, environment)
        quiescence = try Quiescence(environment)
        offset = try ShiftedClock(environment).offset()
    }

    /// Plays all acts until every demo order has met its fate.
    ///
    /// - Throws: `OpsFailure` when nothing moves any more, or an order is left without a fate.
    func run() throws {
        try play("catalogue, distributors and channels", script.references)
        try play("stock", script.stock)
        try play("orders", script.orderRecords)
        try play("payments", script.laterPayments)
        try play("second thoughts", script.secondThoughts)
        try pass(.minutes(31), "payments time out")
        try play("late payments", script.latePayments)
        try pass(.hours(3), "parcels leave")
        try pass(.hours(36), "carriers deliver")
        try play("returns", script.returns)
        try pass(.days(3), "returns come back")
        try pass(.days(8), "receipts")
        try pass(.days(16), "commissions mature")
        // An order that was paused by a case comes later than the others.
        for _ in 0..<6 where !world.unfinished.isEmpty {
            try pass(.days(8), "the last orders")
        }
        progress.end()
        let left = world.unfinished
        guard left.isEmpty else {
            let names = left.prefix(5).map(\.text).joined(separator: ", ")
            throw OpsFailure("\(left.count) of \(world.count) orders have met no fate: \(names)")
        }
        let stranded = quiescence.stranded
        guard stranded.isEmpty else { throw OpsFailure("messages were left over: \(stranded.joined(separator: ", "))") }
    }

    func close() {
        publisher.close()
        reader.close()
    }

    private func play(_ act: String, _ records: [OutgoingRecord]) throws {
        progress.show(act, "publishing \(records.count)")
        try publisher.publish(records)
        try settle(act)
    }

    private func pass(_ step: Duration, _ act: String) throws {
        offset = try ShiftedClock(environment).advance(by: step)
        try settle("\(DurationText.text(step)) pass, \(act)")
    }

    private var now: Instant { Instant(milliseconds: Int64(Date().timeIntervalSince1970 * 1000)) + offset }

    /// Lets the outside answer until nobody has anything left to say.
    private func settle(_ act: String) throws {
        var lastMove = ContinuousClock.now
        var seen: [GroupLag] = []
        while ContinuousClock.now - lastMove < Self.patience {
            let records = try reader.next(timeoutMilliseconds: 100)
            let answers = try world.hear(records) + world.due(at: now)
            try publisher.publish(answers)
            if !records.isEmpty || !answers.isEmpty {
                lastMove = .now
                continue
            }
            if try isAtRest() { return }
            if quiescence.groups != seen {
                seen = quiescence.groups
                lastMove = .now
            }
            progress.show(
                act, "\(quiescence.behind) messages to handle, \(world.fates.count) of \(world.count) orders done")
        }
        progress.end()
        throw OpsFailure("\(act): nothing has moved for \(Self.patience); \(quiescence.obstacles)")
    }

    private func isAtRest() throws -> Bool {
        do {
            guard try quiescence.isReached(at: now) else { return false }
        } catch let error as KafkaError where error.isRetriable || error.isTimedOut {
            return false  // An outage: the next look sees more.
        }
        return DemoWorld.topics.allSatisfy { reader.end(of: $0.name) >= quiescence.end(of: $0) }
    }
}
