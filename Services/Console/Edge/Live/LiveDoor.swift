import Synchronization

/// Lets in as many open pages as a process can keep up with.
final class LiveDoor: Sendable {
    static let limit = 100
    private let open = Mutex(0)
    private let limit: Int

    init(limit: Int = LiveDoor.limit) { self.limit = limit }

    /// A place that is free again once nobody holds it; nil when there is none.
    func enter() -> Place? {
        let isLetIn = open.withLock { open in
            guard open < limit else { return false }
            open += 1
            return true
        }
        return isLetIn ? Place(self) : nil
    }

    final class Place: Sendable {
        private let door: LiveDoor

        fileprivate init(_ door: LiveDoor) { self.door = door }

        deinit { door.open.withLock { $0 -= 1 } }
    }
}

/// What open pages of one site share.
struct LiveTools: Sendable {
    var door = LiveDoor()
    var feed = LiveFeed()
    var counts = QueueCounts()
    /// How old the counts may be that a stream tells.
    var countAge = Duration.seconds(4)
    /// How old those at the side of a page may be before they are counted anew; the page's script keeps them up.
    var pageCountAge = Duration.seconds(10)
    /// Between two looks of a page.
    var pause = Duration.seconds(1)
}
