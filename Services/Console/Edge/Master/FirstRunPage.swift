import ConsoleDomain
import Contracts
import Postgres

/// The way from an empty mall to its first order.
enum FirstRunPage {
    static let routes: [Route] = [.get("/first-run", .may(.masterView, .masterEdit), show)]

    /// One step of it.
    struct Step: Sendable {
        /// Of the phrases `first-run.<name>` and `first-run.<name>.about`.
        let name: String
        let path: String
        let exists: SQL
    }

    static let steps: [Step] = [
        step("warehouse", .warehouses), step("items", .items), step("channel", .channels), step("plan", .plans),
        step("members", .members),
        Step(name: "order", path: "/orders", exists: "SELECT FROM orders WHERE placed_at IS NOT NULL"),
    ]

    private static func step(_ name: String, _ kind: MasterKind) -> Step {
        Step(
            name: name, path: kind.path,
            exists: "SELECT FROM current_records WHERE topic = \(kind.topic.name)")
    }

    /// Which steps are done; only that there is something, not what.
    static func done(in connection: Connection) throws(PostgresError) -> [Bool] {
        var done: [Bool] = []
        for step in steps { done.append(try connection.rows("SELECT EXISTS (\(step.exists))")[0].bool(0)) }
        return done
    }

    private static func show(_ visit: Visit) async throws -> Answer {
        let done = try await visit.tools.database.read { try self.done(in: $0) }
        let next = done.firstIndex(of: false)
        return .page(
            Page.styled(
                template: "first-run", title: visit.say("first-run.title"),
                crumbs: [Page.Crumb(visit.say("first-run.title"))],
                content: [
                    "is-done": .flag(next == nil),
                    "steps": .list(
                        zip(steps, done).enumerated().map { index, pair in
                            [
                                "name": .text(visit.say("first-run.\(pair.0.name)")),
                                "about": .text(visit.say("first-run.\(pair.0.name).about")),
                                "path": .text(pair.0.path), "is-done": .flag(pair.1), "is-next": .flag(index == next),
                                "import": .text(pair.0.name == "order" ? nil : "\(pair.0.path)/import"),
                            ]
                        }),
                ]))
    }
}
