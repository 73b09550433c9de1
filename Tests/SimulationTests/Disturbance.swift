import Pipeline
import Support
import Synchronization

/// What goes wrong in a run, drawn by a seed.
struct Disturbance {
    /// Of a thousand visits of a crash point how many are a process's last.
    var deaths = 4
    /// Of a hundred records of the outside how many are late.
    var late = 50
    /// For how many rounds at most.
    var longestDelay = 30
    /// Of a hundred rounds in how many one record, old or new, comes once more.
    var duplicates = 30
    /// Of a thousand rounds in how many one service falls asleep.
    var pauses = 20
    var longestPause = 25

    static let storm = Disturbance()
    static let calm = Disturbance(deaths: 0, late: 0, longestDelay: 0, duplicates: 0, pauses: 0, longestPause: 0)
}

/// The process died here.
struct Death: Error {}

/// Numbers that are the same for the same seed; crash points draw from it too.
final class Chance: Sendable {
    private let random: Mutex<SplitMix>

    init(seed: UInt64) { random = Mutex(SplitMix(seed: seed)) }

    /// A number from 0 up to but not including `bound`.
    func number(below bound: Int) -> Int {
        random.withLock { Int($0.next() % UInt64(bound)) }
    }

    func happens(_ count: Int, in total: Int) -> Bool { count > 0 && number(below: total) < count }

    /// A crash point that is the last one now and then.
    func probe(deaths: Int) -> CrashProbe {
        CrashProbe { [self] _ in if happens(deaths, in: 1000) { throw Death() } }
    }
}
