import Metrics

/// Counts answers by status, and how long they took.
public struct EdgeMeter: Sendable {
    private let counters: [Int: Counter]
    private let others = Self.counter("other")
    private let seconds = Metrics.Timer(label: "tributary_edge_seconds")

    public init() {
        let statuses = [200, 202, 401, 404, 405, 409, 413, 415, 422, 429, 503]
        counters = Dictionary(uniqueKeysWithValues: statuses.map { ($0, Self.counter("\($0)")) })
    }

    public func count(_ status: Int, _ duration: Duration) {
        (counters[status] ?? others).increment()
        seconds.recordNanoseconds(Int64(duration / .nanoseconds(1)))
    }

    private static func counter(_ status: String) -> Counter {
        Counter(label: "tributary_edge_requests_total", dimensions: [("status", status)])
    }
}
