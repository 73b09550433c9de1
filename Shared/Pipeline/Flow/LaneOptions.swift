/// How a lane works; the defaults are those of a running service.
public struct LaneOptions: Sendable {
    public var name = "lane"
    /// Messages per transaction.
    public var maximumBatch = 300
    /// How long an idle poll waits for a first record.
    public var idleMilliseconds = 100
    /// The reference lane has no timers and no waiting rows of its own.
    public var readsTimers = true
    /// Makes the position durable with every batch: for topics others wait for.
    public var commitsEachBatch = false
    public var probe = CrashProbe.nothing
    public var stop = StopFlag()
    public var health = Health()
    public var wakeRelay: @Sendable () -> Void = {}
    /// Where attempts are counted after an unclean stop; `nil` when the last stop was clean.
    public var attempts: (any AttemptStore)?

    public init() {}
}
