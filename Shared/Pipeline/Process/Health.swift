import Contracts
public import Logging
import Synchronization

/// What the process says of itself: alive as long as it answers, ready when nothing fails and all has started.
///
/// Each change between failing and working is one line of the log, however often it is tried in between.
public final class Health: Sendable {
    private struct Status {
        var isStarted = false
        var failures: [String: String] = [:]
    }

    private let status = Mutex(Status())
    private let logger: Logger

    public init(logger: Logger = Logger(label: "health")) { self.logger = logger }

    public func started() { status.withLock { $0.isStarted = true } }

    public func failing(_ part: String, _ reason: String) {
        let isNew = status.withLock { $0.failures.updateValue(reason, forKey: part) == nil }
        if isNew { logger.warning("failing", metadata: ["part": "\(part)", "error": "\(reason)"]) }
    }

    public func recovered(_ part: String) {
        let wasFailing = status.withLock { $0.failures.removeValue(forKey: part) != nil }
        if wasFailing { logger.notice("works again", metadata: ["part": "\(part)"]) }
    }

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
