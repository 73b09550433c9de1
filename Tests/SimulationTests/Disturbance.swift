import Pipeline
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
///
/// - Source: SplitMix64 (Steele, Lea, Flood 2014).
final class Chance: Sendable {
    private let state: Mutex<UInt64>

    init(seed: UInt64) { state = Mutex(seed) }

    /// A number from 0 up to but not including `bound`.
    func number(below bound: Int) -> Int {
        state.withLock { state in
            state &+= 0x9E37_79B9_7F4A_7C15
            var mixed = state
            mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
            mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
            return Int((mixed ^ (mixed >> 31)) % UInt64(bound))
        }
    }

    func happens(_ count: Int, in total: Int) -> Bool { count > 0 && number(below: total) < count }

    /// A crash point that is the last one now and then.
    func probe(deaths: Int) -> CrashProbe {
        CrashProbe { [self] _ in if happens(deaths, in: 1000) { throw Death() } }
    }
}
