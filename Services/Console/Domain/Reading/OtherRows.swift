public import Contracts

/// One version of what a reference topic holds; without a body it is ended.
public struct ReferenceRecord: Sendable, Equatable {
    public let topic: String
    public let key: String
    public let offset: Int64
    public let effectiveFrom: Instant
    public let recordedAt: Instant
    public let body: String?
    /// For the table of its own that members have, because their tree is walked.
    public let member: DistributionMember?
}

/// Whether a SKU runs low.
public struct AlertPatch: Sendable, Equatable {
    public let sku: String
    public var available: Int64
    public var threshold: Int64
    public var reason: String?
    public var since: Instant?
    public var recoveredAt: Instant?

    mutating func add(_ later: AlertPatch) {
        available = later.available
        threshold = later.threshold
        reason = later.reason ?? reason
        since = later.since ?? since
        recoveredAt = later.recoveredAt
    }
}

/// Visits of distributors' links, added up; whose they were is not kept.
public struct VisitCount: Sendable, Equatable {
    public let day: CivilDay
    public let channel: String
    public let memberID: String
    /// Empty for a link to no goods in particular.
    public let sku: String
    public var visits: Int64
}

/// A message that a service has put aside. Its content may name people and stays with its service.
public struct DeadLetterNote: Sendable, Equatable {
    public let service: String
    public let messageID: String
    public let key: String
    public let type: String
    public let note: Inbound.DeadLetter
}

/// One movement of stock, and the mall's day of it.
public struct MovementRow: Sendable, Equatable {
    public let moved: StockMoved
    public let at: Instant
    public let day: CivilDay

    public init(moved: StockMoved, at: Instant, day: CivilDay) {
        self.moved = moved
        self.at = at
        self.day = day
    }
}
