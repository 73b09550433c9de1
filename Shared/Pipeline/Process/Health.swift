import Contracts
import Synchronization

/// What the process says of itself: alive as long as it answers, ready when nothing fails and all has started.
public final class Health: Sendable {
    private struct Status {
        var isStarted = false
        var failures: [String: String] = [:]
    }

    private let status = Mutex(Status())

    public init() {}

    public func started() { status.withLock { $0.isStarted = true } }
    public func failing(_ part: String, _ reason: String) { status.withLock { $0.failures[part] = reason } }
    public func recovered(_ part: String) { status.withLock { $0.failures[part] = nil } }

    public var isReady: Bool { status.withLock { $0.isStarted && $0.failures.isEmpty } }

    /// One JSON object: `{"ready": false, "started": true, "failing": {"lane-0": "…"}}`.
    public var report: [UInt8] {
        let status = status.withLock { $0 }
        return JSONWriter.object { json in
            json.field("ready", status.isStarted && status.failures.isEmpty)
            json.field("started", status.isStarted)
            json.array("failing") { array in
                for (part, reason) in status.failures.sorted(by: { $0.key < $1.key }) {
                    array.element { object in
                        object.field("part", part)
                        object.field("reason", reason)
                    }
                }
            }
        }
    }
}
