import Contracts

/// A message of which it is not known yet whether all it needs is loaded.
struct Unsure<Message: Sendable> {
    let message: Message
    /// Its place among the batch's entries; `nil` for one that waits.
    var entry: Int?
}

extension Unsure {
    init?(_ content: Entry<Message>.Content, entry: Int? = nil) {
        guard case .message(let message) = content else { return nil }
        self.init(message: message, entry: entry)
    }
}

extension State {
    /// Where the loaded ones of these keys stand, and those that are not loaded.
    func places(of keys: [Key]) -> (places: [Int], missing: [Key]) {
        var places: [Int] = []
        var missing: [Key] = []
        places.reserveCapacity(keys.count)
        for key in keys {
            if let place = place(of: key) { places.append(place) } else { missing.append(key) }
        }
        return (places, missing)
    }

    /// Nothing that stands there has changed since it was loaded, so a message that needs it names the same keys as then.
    func isUnmoved(_ places: [Int]) -> Bool { !places.contains { hasMoved($0) } }
}
