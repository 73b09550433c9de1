/// Places where a process may die, listed so that tests can let it die at each.
///
/// A point that no test ever reached fails the conformance suite.
public enum CrashPoint: String, CaseIterable, Sendable {
    case afterPoll
    case afterBegin
    case afterLoad
    case afterDecide
    case afterSave
    case beforeCommit
    case afterCommit
    case afterOffsets
    case relayAfterSelect
    case relayAfterSend
    case relayAfterAcknowledge
    case relayAfterDelete
}

/// Called at every crash point; only tests pass anything but `nothing`.
public struct CrashProbe: Sendable {
    private let visit: @Sendable (CrashPoint) throws -> Void

    public init(_ visit: @escaping @Sendable (CrashPoint) throws -> Void) { self.visit = visit }

    public static let nothing = CrashProbe { _ in }

    func callAsFunction(_ point: CrashPoint) throws { try visit(point) }
}
