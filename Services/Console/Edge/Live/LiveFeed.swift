import Contracts

/// Orders that have changed lately, read once a second however many pages are open.
///
/// It reads when somebody asks and the last answer is older than its pause, so a site that nobody watches reads nothing.
actor LiveFeed {
    struct Change: Sendable, Equatable {
        let orderID: String
        let at: Instant
    }

    /// What has happened since a position.
    struct News: Sendable, Equatable {
        let position: Int
        var changes: [Change] = []
        /// There was more than is kept.
        var isPartial = false
    }

    /// Lanes commit side by side, so an older change may appear after a newer one.
    private static let overlap = Duration.seconds(5)
    private static let keptCount = 2000

    private let pause: Duration
    private var lastRead: ContinuousClock.Instant?
    /// Of the last reading; nil before the first.
    private var known: [String: Instant]?
    private var newest = Instant(milliseconds: 0)
    private var kept: [Change] = []
    /// How many changes there were before those that are kept.
    private var forgotten = 0

    init(pause: Duration = .seconds(1)) { self.pause = pause }

    /// - Parameter position: Of the last answer; nil begins now.
    func news(since position: Int?, from database: Database) async throws -> News {
        try await read(database)
        let end = forgotten + kept.count
        guard let position, position < end else { return News(position: end) }
        return News(
            position: end, changes: Array(kept.dropFirst(max(0, position - forgotten))),
            isPartial: position < forgotten)
    }

    private func read(_ database: Database) async throws {
        let now = ContinuousClock.now
        if let lastRead, now - lastRead < pause { return }
        // Whoever comes while this one reads gets what is there already.
        lastRead = now
        let since = newest + .milliseconds(-Self.overlap.milliseconds)
        let changes = try await database.read { try LiveRows.changes(since: since, in: $0) }
        if let known { keep(changes.filter { known[$0.orderID] != $0.at }) }
        known = Dictionary(changes.map { ($0.orderID, $0.at) }) { first, _ in first }
        newest = max(newest, changes.first?.at ?? newest)
    }

    /// - Parameter fresh: Newest first.
    private func keep(_ fresh: [Change]) {
        if fresh.count >= LiveRows.limit {
            forgotten += kept.count + fresh.count
            kept = []
            return
        }
        kept += fresh.reversed()
        let surplus = max(0, kept.count - Self.keptCount)
        kept.removeFirst(surplus)
        forgotten += surplus
    }
}
