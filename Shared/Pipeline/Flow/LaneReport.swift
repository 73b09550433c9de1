public import Contracts

/// What one step of a lane did.
public struct LaneReport: Sendable, Equatable {
    /// Messages decided, also those that changed nothing.
    public var handled = 0
    /// Messages that had been handled before.
    public var known = 0
    /// Types on fact topics that the service does not take.
    public var ignored = 0
    public var parked = 0
    public var facts = 0
    public var faults: [Fault] = []

    public init() {}

    public static func + (left: LaneReport, right: LaneReport) -> LaneReport {
        var sum = left
        sum.handled += right.handled
        sum.known += right.known
        sum.ignored += right.ignored
        sum.parked += right.parked
        sum.facts += right.facts
        sum.faults += right.faults
        return sum
    }

    public var isIdle: Bool { self == LaneReport() }
}
