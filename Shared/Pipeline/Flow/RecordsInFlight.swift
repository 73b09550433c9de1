import Kafka

/// Records a relay has handed to its producer and not yet heard of.
///
/// When one is refused, what was sent behind it under the same key is sent again too, and nothing of that key before
/// all of it has landed: whoever reads the topic sees the last occurrences in order.
struct RecordsInFlight {
    static let maximum = 4000

    enum Landing {
        case acknowledged(OutboxName)
        case refused(OutboxName, KafkaError)
        /// Acknowledged, but behind one that was refused.
        case toBeSentAgain
        /// Of a producer that is gone.
        case unknown
    }

    private var records: [UInt: (name: OutboxName, key: String)] = [:]
    private var names: Set<OutboxName> = []
    private var counts: [String: Int] = [:]
    private var disturbed: Set<String> = []
    private(set) var nextToken: UInt = 0

    init() {}

    /// Starts empty, with tokens that no answer to the former producer can name.
    init(after former: RecordsInFlight) { nextToken = former.nextToken }

    var isEmpty: Bool { records.isEmpty }
    var isFull: Bool { records.count >= Self.maximum }

    /// On their way, or acknowledged and not yet marked as sent.
    var held: [OutboxName] { Array(names) }

    func isDisturbed(_ key: String) -> Bool { disturbed.contains(key) }

    /// Puts down what was sent with `nextToken`.
    mutating func add(_ name: OutboxName, key: String) {
        records[nextToken] = (name, key)
        names.insert(name)
        counts[key, default: 0] += 1
        nextToken += 1
    }

    mutating func land(_ delivery: Delivery) -> Landing {
        guard let (name, key) = records.removeValue(forKey: delivery.token) else { return .unknown }
        let wasDisturbed = disturbed.contains(key)
        if delivery.error != nil { disturbed.insert(key) }
        let left = counts[key, default: 1] - 1
        counts[key] = left == 0 ? nil : left
        if left == 0 { disturbed.remove(key) }
        if let error = delivery.error {
            names.remove(name)
            return .refused(name, error)
        }
        guard wasDisturbed else { return .acknowledged(name) }
        names.remove(name)
        return .toBeSentAgain
    }

    /// These are marked as sent.
    mutating func forget(_ sent: [OutboxName]) { names.subtract(sent) }
}
