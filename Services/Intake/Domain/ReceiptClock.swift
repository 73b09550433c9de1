public import Contracts

/// The time after which the goods count as received.
///
/// - Source: DESIGN section 4, "Auto": an open after-sales case pauses it.
public enum ReceiptClock: Sendable, Equatable {
    case idle
    case running(due: Instant)
    /// What is left when the last open case ends.
    case paused(left: Duration)
}
