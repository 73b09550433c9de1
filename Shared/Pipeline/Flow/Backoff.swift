/// How long to wait before the next try: doubling, capped, from the first wait on.
struct Backoff {
    private let first: Duration
    private let cap: Duration
    private(set) var attempts = 0

    init(first: Duration = .milliseconds(50), cap: Duration = .seconds(5)) {
        self.first = first
        self.cap = cap
    }

    /// The wait after one more failure.
    mutating func next() -> Duration {
        let wait = first * (1 << min(attempts, 16))
        attempts += 1
        return min(wait, cap)
    }

    mutating func reset() { attempts = 0 }
}
