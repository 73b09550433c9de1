import ConsoleDomain
import Contracts
import HTTPTypes

/// What one open page is told: changes of its viewer's orders, and how much waits in its queues.
struct LiveStream {
    private let visit: Visit
    private let live: LiveTools
    private let isResumed: Bool
    private var place: LivePlace?
    private var position: Int?
    private var counts: [LiveCount] = []
    private var looks = 0

    /// In looks, of which there is one a second.
    private static let countEvery = 5
    private static let checkEvery = 15
    /// So many looks, then the browser comes again and is asked anew who it is.
    private static let life = 600

    init(_ visit: Visit) {
        self.visit = visit
        live = visit.tools.live
        // The browser's own header, or what the page's script remembers.
        let last = HTTPField.Name("last-event-id").flatMap { visit.call.headers[$0] } ?? visit.query["after"]
        place = last.flatMap { LivePlace(text: $0) }
        isResumed = place != nil
    }

    /// What is to be sent now; nil once the page has to come again.
    mutating func look() async throws -> String? {
        defer { looks += 1 }
        if looks > 0, looks % Self.checkEvery == 0 {
            guard try await isStillAllowed() else { return nil }
        }
        guard looks < Self.life else { return nil }
        var text = looks == 0 ? LiveEvent.retry : ""
        if visit.viewer.may(.ordersView) { text += try await orders().map(\.text).joined() }
        if looks % Self.countEvery == 0, let event = try await countEvent() { text += event.text }
        if text.isEmpty, looks % Self.checkEvery == 0 { text = LiveEvent.heartbeat }
        return text
    }

    private mutating func orders() async throws -> [LiveEvent] {
        let database = visit.tools.database
        let scope = visit.scope
        guard let position else {
            self.position = try await live.feed.news(since: nil, from: database).position
            return try await begin(scope, database)
        }
        let news = try await live.feed.news(since: position, from: database)
        self.position = news.position
        guard var place else { return [] }
        if let newest = news.changes.map(\.at).max() { place.changedAt = max(place.changedAt, newest) }
        self.place = place
        if news.isPartial { return [.many(at: place)] }
        let ids = Array(Set(news.changes.map(\.orderID))).sorted()
        guard !ids.isEmpty else { return [] }
        let orders = try await database.read { try LiveRows.visible(ids, scope, in: $0) }
        return tell(orders, place)
    }

    /// A new page begins now; one that was away hears what it has missed.
    private mutating func begin(_ scope: ScopeSQL, _ database: Database) async throws -> [LiveEvent] {
        guard var place else {
            let now = try await database.read { try LiveRows.now(scope, in: $0) }
            self.place = now
            return [.orders([], placed: [], at: now)]
        }
        let since = place.changedAt
        let missed = try await database.read { try LiveRows.missed(since: since, scope, in: $0) }
        if let newest = missed.last?.changedAt { place.changedAt = newest }
        self.place = place
        return missed.count > LiveRows.limit ? [.many(at: place)] : tell(missed, place)
    }

    private func tell(_ orders: [LiveRows.Order], _ place: LivePlace) -> [LiveEvent] {
        guard !orders.isEmpty else { return [] }
        return [
            .orders(
                orders.map(\.orderID), placed: orders.filter { $0.placedAt > place.placedAt }.map(\.orderID), at: place)
        ]
    }

    private mutating func countEvent() async throws -> LiveEvent? {
        let now = try await live.counts.lately(live.countAge, for: visit).map {
            LiveCount(path: WorkQueue.path($0.queue), text: QueueList.count($0.count, visit))
        }
        // A page that was made just now shows them.
        let isNews = now != counts && (looks > 0 || isResumed)
        counts = now
        return isNews ? .counts(now) : nil
    }

    /// Whether the session, or what its user may see, is still the same.
    private func isStillAllowed() async throws -> Bool {
        guard let session = visit.session else { return true }
        let now = visit.tools.clock()
        let limits = visit.tools.settings.sessions
        let known = try await visit.tools.database.read { connection in
            try SessionRows.find(session.token, at: now, limits, in: connection)
        }
        return known?.viewer == visit.viewer
    }
}
