import Contracts

/// A browser that has signed in.
struct Session: Sendable, Equatable {
    let sessionID: Int64
    /// What its cookie holds; the table has only the hash.
    let token: String
    let userID: Int64
    /// The password was right, the second factor is still to come.
    let needsFactor: Bool
    let seenAt: Instant
}

/// A session as its user sees it.
struct OpenSession: Sendable {
    let sessionID: Int64
    let createdAt: Instant
    let seenAt: Instant
    let address: String
    let agent: String
}

/// How long a session lasts.
struct SessionLimits: Sendable {
    /// Without a request.
    let idle: Duration
    /// Whatever happens.
    let whole: Duration
    /// A password that was right waits so long for its second factor.
    static let factor = Duration.minutes(10)
    /// How exact `seen_at` is kept.
    static let sight = Duration.minutes(1)
}
