import ConsoleDomain
import Contracts
import Postgres

/// One parcel: what is in it, where it is, and every scan of it.
enum ParcelPages {
    static let routes: [Route] = [.get("/parcels/{id}", .may(.shipmentsView), show)]

    private static func show(_ visit: Visit) async throws -> Answer {
        let id = visit.path["id"] ?? ""
        var question = QueueQuestion(viewer: visit.viewer, now: visit.mallNow)
        question.picks = [id]
        let asked = question
        let found = try await visit.tools.database.read { connection -> (QueueRow, Content)? in
            guard let row = try QueueReader.rows(ShipQueue.ship, asked, visit, in: connection).first else { return nil }
            return (row, try details(id, row, visit, in: connection))
        }
        guard let (row, details) = found else { throw SiteProblem.notFound }
        let actions = ShipQueue.ship.actions.filter {
            visit.viewer.may($0.permission) && $0.allows(row, visit.viewer)
        }
        var content = details
        content["id"] = .text(id)
        content["row"] = .content(QueueList.row(row, ShipQueue.ship, visit))
        content["columns"] = .list(QueueList.columns(ShipQueue.ship, visit))
        content["actions"] = .list(
            actions.map {
                [
                    "name": .text($0.name), "label": .text(visit.say("queues.ship.do.\($0.name)")),
                    "is-dangerous": .flag($0.isDangerous),
                ]
            })
        return .page(
            Page.styled(
                template: "parcel", title: visit.say("queues.parcel.title", ["id": id]),
                crumbs: [
                    Page.Crumb(visit.say("queues.title"), "/queues"),
                    Page.Crumb(visit.say("queues.ship"), ShipQueue.ship.path), Page.Crumb(id),
                ], content: content))
    }

    private static func details(
        _ id: String, _ row: QueueRow, _ visit: Visit, in connection: Connection
    ) throws(PostgresError) -> Content {
        let scans = try connection.rows(
            """
            SELECT body ->> 'status', body ->> 'location', body ->> 'occurredAt', body ->> 'rawCode', type, at FROM facts
            WHERE key = \(row["order"]) AND body ->> 'shipmentId' = \(id) ORDER BY at DESC, version DESC LIMIT 200
            """)
        let commands = try CaseRows.commands(about: "parcel/\(id)", in: connection)
        return [
            "scans": .list(scans.map { scan($0, visit) }),
            "commands": .list(commands.map { CaseContent.command($0, visit) }),
        ]
    }

    private static func scan(_ row: Row, _ visit: Visit) -> Content {
        let at = row.textOrNil(2).flatMap { Instant(rfc3339: $0) } ?? row.instant(5)
        let status = row.textOrNil(0).map { visit.say("queues.scan.\($0)") }
        return [
            "at": .text(visit.formats.exactTime(at)),
            "what": .text(status ?? CommandDesk.shortName(row.text(4))), "place": .text(row.textOrNil(1)),
            "code": .text(row.textOrNil(3)),
        ]
    }
}
