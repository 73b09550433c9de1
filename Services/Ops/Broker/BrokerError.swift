import Glibc

/// The embedded broker or its front cannot run.
///
/// - Shape: `reason` says what was tried, with which path or port, and the operating system's answer.
public struct BrokerError: Error, Equatable, Sendable, CustomStringConvertible {
    public let reason: String

    init(_ reason: String) {
        self.reason = reason
    }

    /// - Parameter code: An `errno` value.
    init(_ action: String, code: Int32) {
        reason = "\(action): \(unsafe String(cString: strerror(code)))"
    }

    public var description: String { reason }
}
