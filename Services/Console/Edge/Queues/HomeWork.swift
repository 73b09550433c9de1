import ConsoleDomain

/// What the first page says of work: how much waits, and the first steps while some are missing.
enum HomeWork {
    static func content(_ visit: Visit) async throws -> Content {
        let waiting = try await QueueOverview.counts(visit).filter { $0.1 > 0 }
        return [
            "has-work": .flag(!waiting.isEmpty),
            "work": .list(
                waiting.map { queue, count in
                    [
                        "path": .text(queue.path), "name": .text(visit.say(queue.title)),
                        "count": .text(QueueList.count(count, visit)),
                    ]
                }), "has-first-steps": .flag(try await hasFirstSteps(visit)),
        ]
    }

    private static func hasFirstSteps(_ visit: Visit) async throws -> Bool {
        guard visit.viewer.may(.masterEdit) else { return false }
        return try await visit.tools.database.read { try FirstRunPage.done(in: $0) }.contains(false)
    }
}
