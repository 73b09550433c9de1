public import Contracts
import Foundation
import Synchronization

/// The one source of time of a process.
public protocol Clock: Sendable {
    /// The mall's time: what decisions, timers and facts see; may be shifted in demos and tests.
    var now: Instant { get }
    /// The machine's time: what deadlines, back-off and retention count by; never shifted.
    var machineNow: Instant { get }
}

/// The machine's clock plus the offset of `ops.clock.v1`.
public final class SystemClock: Clock {
    private let offsetMilliseconds = Atomic<Int64>(0)

    public init() {}

    public var machineNow: Instant {
        var time = timespec()
        unsafe clock_gettime(CLOCK_REALTIME, &time)
        return Instant(milliseconds: Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000)
    }

    public var now: Instant {
        Instant(milliseconds: machineNow.milliseconds + offsetMilliseconds.load(ordering: .relaxed))
    }

    /// Takes the offset that an operator has published.
    public func shift(to offset: Duration) {
        offsetMilliseconds.store(offset.milliseconds, ordering: .relaxed)
    }
}

/// A clock that stands still until it is told to move.
public final class ManualClock: Clock {
    private let milliseconds: Atomic<Int64>

    public init(_ start: Instant) { milliseconds = Atomic(start.milliseconds) }

    public var now: Instant { Instant(milliseconds: milliseconds.load(ordering: .relaxed)) }
    public var machineNow: Instant { now }

    public func advance(by duration: Duration) { milliseconds.add(duration.milliseconds, ordering: .relaxed) }
}
