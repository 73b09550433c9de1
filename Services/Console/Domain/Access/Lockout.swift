public import Contracts

/// How often somebody may guess: a few tries are free, then each further failure shuts the door for twice as long.
public struct Lockout: Sendable, Equatable {
    /// Failures that cost nothing.
    public let free: Int
    public static let shortest = Duration.minutes(1)
    public static let longest = Duration.hours(1)
    /// After so long without a failure all is forgotten.
    public static let memory = Duration.hours(24)

    /// Of one user's name.
    public static let ofUser = Lockout(free: 5)
    /// Of one address, behind which many may sit.
    public static let ofAddress = Lockout(free: 20)

    public init(free: Int) { self.free = free }

    /// Until when nobody may try, once so many have failed; nil while tries are free.
    public func end(after failures: Int, at now: Instant) -> Instant? {
        guard failures >= free else { return nil }
        let doublings = min(failures - free, 6)
        let length = Duration.milliseconds(Self.shortest.milliseconds << Int64(doublings))
        return now + min(length, Self.longest)
    }
}
