import Contracts
import Foundation
import Postgres

/// Tells when nothing is in flight: every group has handled everything, every fact is out, no timer is due.
///
/// Two looks at the groups must agree, with an empty outbox between them: whatever a service did in between would have
/// moved an end.
final class Quiescence {
    private let lag: LagReader
    private let administrator: Administrator
    private var connection: Connection?
    private var waiting: Int64 = 0
    private var waitingSince = ContinuousClock.now

    /// What the last look saw, for progress and for a failure's text.
    private(set) var groups: [GroupLag] = []
    private(set) var pending: [Pending] = []

    init(_ environment: OpsEnvironment) throws {
        lag = try LagReader(environment)
        administrator = try Administrator(environment)
    }

    /// Waits for rest; answers false when the time was up.
    static func wait(_ environment: OpsEnvironment, seconds: Int) throws -> Bool {
        let quiescence = try Quiescence(environment)
        let offset = try ShiftedClock(environment).offset()
        let deadline = ContinuousClock.now + .seconds(seconds)
        while ContinuousClock.now < deadline {
            let now = Instant(milliseconds: Int64(Date().timeIntervalSince1970 * 1000)) + offset
            if try quiescence.isReached(at: now) { return true }
            Thread.sleep(forTimeInterval: 0.1)
        }
        return false
    }

    /// - Parameter now: The mall's time.
    func isReached(at now: Instant) throws -> Bool {
        groups = try lag.read(ServiceTopics.deciding)
        guard behind == 0 else { return false }
        let connection = try connection ?? administrator.connect()
        self.connection = connection
        do {
            pending = try Pending.read(connection, now: now)
        } catch {
            self.connection = nil
            throw error
        }
        guard pending.allSatisfy({ $0.unsent == 0 && $0.dueTimers == 0 }), isWaitingSettled() else { return false }
        let before = groups
        groups = try lag.read(ServiceTopics.deciding)
        return groups == before
    }

    /// Records that some group has not handled.
    var behind: Int64 { groups.reduce(0) { $0 + $1.lag } }

    /// Records ever published on a topic.
    func end(of topic: Topic) -> Int64 { groups.first { $0.topic == topic.name }?.end ?? 0 }

    /// What keeps it from being reached, in words.
    var obstacles: String {
        let lags = groups.filter { $0.lag > 0 }.map { "\($0.group) is \($0.lag) behind on \($0.topic)" }
        var rest: [String] = []
        for row in pending {
            for (count, what) in [(row.unsent, "unsent"), (row.waiting, "waiting"), (row.dueTimers, "due timers")] {
                if count > 0 { rest.append("\(row.schema) has \(count) \(what)") }
            }
        }
        return (lags + rest).joined(separator: ", ")
    }

    /// Messages that nobody will handle by themselves: those that wait at rest, and dead letters.
    var stranded: [String] {
        pending.filter { $0.waiting + $0.deadLetters > 0 }
            .map { "\($0.waiting) waiting and \($0.deadLetters) dead in \($0.schema)" }
    }

    /// Waiting messages find their aggregate within a second of its coming; those left after five wait for something
    /// that is not on its way.
    private func isWaitingSettled() -> Bool {
        let now = pending.reduce(0) { $0 + $1.waiting }
        if now != waiting {
            waiting = now
            waitingSince = .now
        }
        return now == 0 || ContinuousClock.now - waitingSince > .seconds(5)
    }
}
