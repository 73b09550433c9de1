public import Contracts
public import Postgres

/// Work of a service that takes longer than a lane may: on a thread and a connection of its own, in slices.
///
/// Its results are rows that decisions read, and timers that the lanes take as messages.
/// - Source: DESIGN section 2, "Lane": what takes above 100 ms runs outside.
public protocol SideWork: Sendable {
    /// As health and logs call it.
    var name: String { get }

    /// Looks for work and does it, asking between slices whether it is time to stop.
    ///
    /// - Errors: An outage is waited out and the step done again; every other error ends the process.
    func step(_ place: SideWorkPlace) throws
}

/// What a step of side work is given.
public struct SideWorkPlace {
    /// The service's role, with its schema in front of the search path; plans may read tables whole.
    public let connection: Connection
    public let now: Instant
    public let calendar: BusinessCalendar
    private let stop: StopFlag
    private let service: String

    init(connection: Connection, now: Instant, calendar: BusinessCalendar, stop: StopFlag, service: String) {
        self.connection = connection
        self.now = now
        self.calendar = calendar
        self.stop = stop
        self.service = service
    }

    public var isStopping: Bool { stop.isRequested }

    /// Sets timers with the work's own rows, so that the lanes hear of them together or not at all.
    public func setTimers(_ timers: [TimerChange], in transaction: borrowing Transaction) throws {
        var effects = Effects()
        effects.timers = timers
        try EffectsWriter(service: service).write(effects, in: transaction)
    }
}
