import ConsoleDomain
import Contracts
import Postgres

/// Something that waits for people: what stands in it, and what may be done about it.
struct WorkQueue: Sendable {
    /// Of its address `/queues/<name>` and its phrases `queues.<name>…`.
    let name: String
    let view: Permission
    /// Phrases are `queues.column.<name>`.
    let columns: [QueueColumn]
    var filters: [QueueFilter] = []
    var actions: [QueueAction] = []
    let sql: @Sendable (QueueQuestion) -> QueueSQL
    /// Makes a row of what `QueueSQL.columns` has answered, which begins at `QueueReader.firstColumn`.
    let read: @Sendable (Row, Visit) -> QueueContent

    var path: String { Self.path(name) }
    var title: String { "queues.\(name)" }

    static func path(_ name: String) -> String { "/queues/\(name)" }

    func action(_ name: String?) -> QueueAction? { actions.first { $0.name == name } }
}

struct QueueColumn: Sendable {
    let name: String
    var isNumber = false

    init(_ name: String, isNumber: Bool = false) {
        self.name = name
        self.isNumber = isNumber
    }
}

/// A field above the list that makes it shorter.
struct QueueFilter: Sendable {
    let name: String
    /// With phrases `<prefix>.<option>`; a filter without options is typed.
    var options: [String] = []
    var prefix = ""
}

/// What a list is asked for.
struct QueueQuestion: Sendable {
    let viewer: Viewer
    let now: Instant
    var filters: [String: String] = [:]
    /// Only these, whether they wait or not.
    var picks: [String]?
    /// The last row of the page before.
    var after: (at: Instant, id: String)?

    var scope: ScopeSQL { ScopeSQL(viewer.scope) }

    /// `TRUE` while nothing is chosen.
    func filter(_ name: String, _ condition: (String) -> SQL) -> SQL { filters[name].map(condition) ?? "TRUE" }
}

/// A queue as SQL.
struct QueueSQL: Sendable {
    let from: SQL
    /// Text that names a row.
    let id: SQL
    /// The time by which the oldest comes first; never null where `waits` holds.
    let at: SQL
    /// What the audit log calls it.
    let subject: SQL
    let columns: SQL
    /// What of it waits for somebody.
    let waits: SQL
    /// The viewer's part of the mall.
    let scope: SQL
}

/// One thing that waits.
struct QueueRow: Sendable {
    let id: String
    let at: Instant
    let subject: String
    let pending: PendingCommand?
    let content: QueueContent

    subscript(_ name: String) -> String { content.values[name] ?? "" }
}

/// What a row shows and what actions need of it.
struct QueueContent: Sendable {
    let cells: [QueueCell]
    let values: [String: String]
}

/// The last command about a row that was not simply carried out.
struct PendingCommand: Sendable {
    /// `waiting`, `refused`, `unsent`.
    let state: String
    let commandID: String
    let actor: String
    let answer: String?

    /// Whether it still has to be answered.
    var isWaiting: Bool { state == "waiting" }
}

/// One cell of a list.
struct QueueCell: Sendable {
    struct Tag: Sendable {
        let text: String
        /// `good`, `warn`, `bad`, `info` or nothing.
        var tone = ""
    }

    var text: String?
    var link: String?
    /// A second line, quieter.
    var below: String?
    var tags: [Tag] = []

    static func text(_ text: String?, below: String? = nil) -> QueueCell { QueueCell(text: text, below: below) }

    static func link(_ text: String, _ path: String, below: String? = nil) -> QueueCell {
        QueueCell(text: text, link: path, below: below)
    }

    static func tags(_ tags: [Tag], below: String? = nil) -> QueueCell { QueueCell(below: below, tags: tags) }
}
