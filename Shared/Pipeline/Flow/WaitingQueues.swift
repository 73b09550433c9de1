import Contracts

/// Messages that wait, by the text of the key they wait for, as one batch sees and changes them.
struct WaitingQueues<Message: Sendable> {
    struct Item {
        var row: WaitingRow
        let entry: Entry<Message>
        /// Whether the row is new or differs from the stored one.
        var isChanged: Bool
        fileprivate var timesTaken = 0
        fileprivate var arrival = 0

        init(row: WaitingRow, entry: Entry<Message>, isChanged: Bool) {
            self.row = row
            self.entry = entry
            self.isChanged = isChanged
        }
    }

    /// How often one batch may offer the same message: two keys that name each other must not hold it up for ever.
    private static var maximumOffers: Int { 16 }
    private var items: [String: [Item]] = [:]
    private var arrivals = 0

    var isEmpty: Bool { items.isEmpty }

    func count(of key: String) -> Int { items[key]?.count ?? 0 }

    /// Queues a message behind the older ones: stored rows by their number, then new ones as they came.
    mutating func put(_ item: Item) {
        var item = item
        if item.arrival == 0 {
            arrivals += 1
            item.arrival = arrivals
        }
        var queue = items[item.row.key] ?? []
        let place = queue.firstIndex { Self.isOlder(item, $0) } ?? queue.endIndex
        queue.insert(item, at: place)
        items[item.row.key] = queue
    }

    /// Takes the oldest message out that waits for the key.
    mutating func takeFirst(of key: String) -> Item? {
        guard var queue = items[key], queue[0].timesTaken < Self.maximumOffers else { return nil }
        var item = queue.removeFirst()
        items[key] = queue.isEmpty ? nil : queue
        item.timesTaken += 1
        return item
    }

    /// Takes out the message of one row.
    mutating func take(id: Int64, of key: String) -> Item? {
        guard var queue = items[key], let index = queue.firstIndex(where: { $0.row.id == id }) else { return nil }
        let item = queue.remove(at: index)
        items[key] = queue.isEmpty ? nil : queue
        return item
    }

    /// What is to be written: messages that began to wait, or were offered in vain; oldest first.
    var changedRows: [WaitingRow] {
        items.values.joined().filter(\.isChanged).sorted(by: Self.isOlder).map(\.row)
    }

    private static func isOlder(_ left: Item, _ right: Item) -> Bool {
        // A row without a number is new, hence younger than every stored one.
        let numbers = (left.row.id == 0 ? Int64.max : left.row.id, right.row.id == 0 ? Int64.max : right.row.id)
        return numbers.0 != numbers.1 ? numbers.0 < numbers.1 : left.arrival < right.arrival
    }
}
