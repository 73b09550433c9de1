import Contracts

/// When a lane looks for due timers and for messages to offer again.
struct LaneSchedule {
    private static let timerInterval = Duration.milliseconds(200)
    private static let sweepInterval = Duration.seconds(1)
    private var timersAt: Instant
    private var sweepAt: Instant
    private var businessNow: Instant

    init(clock: any Clock) {
        timersAt = clock.machineNow
        sweepAt = clock.machineNow
        businessNow = clock.now
    }

    /// Also at once when the mall's clock was moved ahead of the machine's.
    func isTimerTurn(_ clock: any Clock) -> Bool {
        clock.machineNow >= timersAt || clock.now - businessNow > Self.timerInterval
    }

    mutating func timersRead(isFull: Bool, _ clock: any Clock) {
        businessNow = clock.now
        timersAt = isFull ? clock.machineNow : clock.machineNow + Self.timerInterval
    }

    func isSweepTurn(_ clock: any Clock) -> Bool { clock.machineNow >= sweepAt }

    mutating func swept(_ clock: any Clock) { sweepAt = clock.machineNow + Self.sweepInterval }
}
