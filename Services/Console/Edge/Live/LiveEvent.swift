import Contracts

/// One thing that an open page is told.
///
/// - Source: HTML Standard, "Server-sent events".
struct LiveEvent: Sendable, Equatable {
    let name: String
    /// Where to go on after an interruption; nil keeps the last one.
    var id: String?
    /// One line of JSON.
    let data: String

    var text: String {
        "event: \(name)\n" + (id.map { "id: \($0)\n" } ?? "") + "data: \(data)\n\n"
    }

    /// Keeps the connection from looking dead.
    static let heartbeat = ": here\n\n"
    /// How long a browser waits before it comes again by itself, in milliseconds.
    static let retry = "retry: 3000\n\n"

    /// Orders that have changed, and those of them that came after the page was made.
    static func orders(_ changed: [String], placed: [String], at place: LivePlace) -> LiveEvent {
        LiveEvent(
            name: "orders", id: place.text,
            data: json { json in
                json.array("changed") { array in changed.forEach { array.element($0) } }
                json.array("placed") { array in placed.forEach { array.element($0) } }
            })
    }

    /// More than is worth telling: the page has to be read anew.
    static func many(at place: LivePlace) -> LiveEvent { LiveEvent(name: "many", id: place.text, data: "{}") }

    /// How much waits in each queue, by its address.
    static func counts(_ counts: [LiveCount]) -> LiveEvent {
        LiveEvent(
            name: "counts",
            data: json { json in
                json.array("queues") { array in
                    for count in counts {
                        array.element { json in
                            json.field("path", count.path)
                            json.field("text", count.text)
                        }
                    }
                }
            })
    }

    private static func json(_ body: (inout JSONWriter) -> Void) -> String {
        String(decoding: JSONWriter.object(body), as: UTF8.self)
    }
}

struct LiveCount: Sendable, Equatable {
    let path: String
    let text: String
}

/// What a page has been told already: the newest change, and the newest order when it was made.
struct LivePlace: Sendable, Equatable {
    var changedAt: Instant
    let placedAt: Instant

    init(changedAt: Instant, placedAt: Instant) {
        self.changedAt = changedAt
        self.placedAt = placedAt
    }

    /// `1764000000000-1763999990000`, as browsers send it back.
    var text: String { "\(changedAt.milliseconds)-\(placedAt.milliseconds)" }

    init?(text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false).map { Int64($0) ?? -1 }
        guard parts.count == 2, parts.allSatisfy({ 0..<(1 << 47) ~= $0 }) else { return nil }
        self.init(changedAt: Instant(milliseconds: parts[0]), placedAt: Instant(milliseconds: parts[1]))
    }
}
