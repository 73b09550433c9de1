import Contracts
import Synchronization

/// How much each channel may post: a bucket that fills at its rate and holds two seconds of it.
///
/// It counts signed posts alone, so nobody else can use up a channel's share; it is this process's, not the house's.
final class RateLimit: Sendable {
    private struct Bucket {
        /// In thousandths of a post.
        var level: Int64
        var filledAt: Instant
    }

    private let buckets = Mutex<[String: Bucket]>([:])

    /// Takes one post out of the channel's share.
    ///
    /// - Parameter rate: Posts per second.
    /// - Returns: After how many seconds there is one again; `nil` when this one may pass.
    func take(_ channel: String, rate: Int64, at now: Instant) -> Int64? {
        buckets.withLock { buckets in
            var bucket = buckets[channel] ?? Bucket(level: 2000 * rate, filledAt: now)
            let elapsed = max(0, now.milliseconds - bucket.filledAt.milliseconds)
            // A clock that was set back fills nothing; an hour fills every bucket.
            bucket.level = min(2000 * rate, bucket.level + min(elapsed, 3_600_000) * rate)
            bucket.filledAt = now
            defer { buckets[channel] = bucket }
            guard bucket.level < 1000 else {
                bucket.level -= 1000
                return nil
            }
            let missingMilliseconds = (1000 - bucket.level + rate - 1) / rate
            return max(1, (missingMilliseconds + 999) / 1000)
        }
    }
}
