public import Contracts
import Synchronization

/// Keeps calls to a provider within its rate, and lets it alone for a while when it fails again and again.
///
/// - Source: the circuit breaker pattern: closed, open, and half open, in which one call tries.
public final class CallGuard: Sendable {
    private struct State {
        /// In thousandths of a call.
        var level: Int64
        var filledAt: Instant?
        var failures = 0
        var openUntil: Instant?
    }

    public static let failuresBeforeOpen = 5
    public static let openFor = Duration.seconds(60)
    private let ratePerSecond: Int64
    private let state: Mutex<State>

    /// - Parameter ratePerSecond: At least 1; as many may come at once.
    public init(ratePerSecond: Int64) {
        precondition(ratePerSecond > 0, "a rate of \(ratePerSecond)")
        self.ratePerSecond = ratePerSecond
        state = Mutex(State(level: ratePerSecond * 1000))
    }

    /// How many calls may be made now, at most so many; each of them must be `used` or left alone.
    public func allowance(atMost limit: Int, at now: Instant) -> Int {
        state.withLock { state in
            fill(&state, at: now)
            if let until = state.openUntil {
                guard until <= now else { return 0 }
                return min(1, min(limit, Int(state.level / 1000)))
            }
            return min(limit, Int(state.level / 1000))
        }
    }

    /// Puts down a call, and whether it failed.
    public func used(isOutage: Bool, at now: Instant) {
        state.withLock { state in
            fill(&state, at: now)
            state.level -= 1000
            guard isOutage else {
                state.failures = 0
                state.openUntil = nil
                return
            }
            state.failures += 1
            if state.failures >= Self.failuresBeforeOpen { state.openUntil = now + Self.openFor }
        }
    }

    private func fill(_ state: inout State, at now: Instant) {
        let elapsed = max(0, now.milliseconds - (state.filledAt ?? now).milliseconds)
        // A clock that was set back fills nothing.
        state.level = min(ratePerSecond * 1000, state.level + min(elapsed, 60_000) * ratePerSecond)
        state.filledAt = now
    }
}

/// How long to wait before asking again.
public enum RetryDelay {
    public static let longest = Duration.seconds(3600)

    /// Doubles from ten seconds, at most an hour; the second half of it by chance, so that not all come back at once.
    ///
    /// - Parameters:
    ///   - attempt: From 1.
    ///   - chance: 0 to 1000.
    public static func after(attempt: Int, chance: Int64) -> Duration {
        let whole = min(longest.milliseconds, 10_000 << Int64(min(max(attempt, 1) - 1, 20)))
        return .milliseconds(whole / 2 + whole / 2 * chance / 1000)
    }
}
