import ConsoleDomain
import Contracts

/// How much waits in each queue.
enum QueueOverview {
    static func show(_ visit: Visit) async throws -> Answer {
        let counts = try await counts(visit)
        return .page(
            Page.styled(
                template: "queues", title: visit.say("queues.title"), crumbs: [Page.Crumb(visit.say("queues.title"))],
                content: [
                    "queues": .list(
                        counts.map { queue, count in
                            [
                                "path": .text(queue.path), "name": .text(visit.say(queue.title)),
                                "about": .text(visit.say("\(queue.title).about")),
                                "count": .text(QueueList.count(count, visit)), "is-empty": .flag(count == 0),
                            ]
                        })
                ], scripts: ["live.js"]))
    }

    static func tell(_ visit: Visit) async throws -> Answer {
        let counts = try await counts(visit)
        return .json(
            JSONWriter.object { json in
                json.array("queues") { array in
                    for (queue, count) in counts {
                        array.element { json in
                            json.field("name", queue.name)
                            json.field("path", queue.path)
                            json.field("count", count)
                            json.field("more", count >= QueueReader.mostCounted)
                        }
                    }
                }
            })
    }

    /// Of each queue that the viewer sees.
    static func counts(_ visit: Visit) async throws -> [(WorkQueue, Int64)] {
        let counts = try await visit.tools.live.counts.now(for: visit)
        return zip(Queues.seen(by: visit), counts).map { ($0, $1.count) }
    }
}
