import ConsoleDomain
import Contracts
import Postgres

/// Parcels that are late: not sent or not there when promised, silent for two days, or in trouble.
enum LateQueue {
    static let silence = Duration.hours(48)

    static let late = WorkQueue(
        name: "late", view: .shipmentsView,
        columns: [
            QueueColumn("parcel"), QueueColumn("order"), QueueColumn("why"), QueueColumn("waybill"),
            QueueColumn("last-scan"), QueueColumn("promised"), QueueColumn("dispatched"),
        ],
        filters: [
            QueueFilter(name: "why", options: ["exception", "promise", "silent", "ship-by"], prefix: "queues.why"),
            QueueFilter(name: "carrier"), QueueFilter(name: "warehouse"),
        ],
        sql: { question in
            QueueSQL(
                from: "parcels p", id: "p.shipment_id",
                at: "coalesce(p.promised_by, p.ship_by, p.dispatched_at, p.planned_at)",
                subject: "'parcel/' || p.shipment_id",
                columns: """
                    p.shipment_id, p.order_id, p.carrier, p.waybill, p.tracking_status, p.tracking_location,
                    p.tracked_at, p.promised_by, p.dispatched_at, p.exception, p.ship_by, \(promise(question)),
                    \(silent(question)), \(shipBy(question))
                    """,
                waits: """
                    p.state IN ('planned', 'labelled', 'dispatched')
                    AND coalesce(p.promised_by, p.ship_by, p.dispatched_at, p.planned_at) IS NOT NULL
                    AND \(reason(question)) AND \(question.filter("carrier") { "p.carrier = \($0)" })
                    AND \(question.filter("warehouse") { "p.warehouse = \($0)" })
                    """, scope: question.scope.parcels("p"))
        }, read: read)

    private static func promise(_ question: QueueQuestion) -> SQL {
        "coalesce(p.state = 'dispatched' AND p.promised_by < \(question.now), FALSE)"
    }

    private static func silent(_ question: QueueQuestion) -> SQL {
        let since = question.now + .milliseconds(-silence.milliseconds)
        return "coalesce(p.state = 'dispatched' AND coalesce(p.tracked_at, p.dispatched_at) < \(since), FALSE)"
    }

    private static func shipBy(_ question: QueueQuestion) -> SQL {
        "coalesce(p.state IN ('planned', 'labelled') AND p.ship_by < \(question.now), FALSE)"
    }

    private static func reason(_ question: QueueQuestion) -> SQL {
        switch question.filters["why"] {
        case "exception": "p.exception IS NOT NULL"
        case "promise": promise(question)
        case "silent": silent(question)
        case "ship-by": shipBy(question)
        default:
            "(p.exception IS NOT NULL OR \(promise(question)) OR \(silent(question)) OR \(shipBy(question)))"
        }
    }

    @Sendable private static func read(_ row: Row, _ visit: Visit) -> QueueContent {
        let first = QueueReader.firstColumn
        let (id, orderID) = (row.text(first), row.text(first + 1))
        let exception = row.textOrNil(first + 9)
        var tags: [QueueCell.Tag] = []
        if exception != nil { tags.append(QueueCell.Tag(text: visit.say("queues.why.exception"), tone: "bad")) }
        for (offset, why) in [(11, "promise"), (12, "silent"), (13, "ship-by")] where row.bool(first + offset) {
            tags.append(QueueCell.Tag(text: visit.say("queues.why.\(why)"), tone: "warn"))
        }
        let status = row.textOrNil(first + 4).map { visit.say("queues.scan.\($0)") }
        let scan = [status, row.textOrNil(first + 5)].compactMap { $0 }.joined(separator: " · ")
        return QueueContent(
            cells: [
                .link(id, "/parcels/\(PercentCoding.encoded(id))"), QueueWords.order(orderID),
                .tags(tags, below: exception), .text(row.textOrNil(first + 3), below: row.textOrNil(first + 2)),
                .text(QueueWords.time(row, first + 6, visit), below: scan),
                .text(
                    QueueWords.time(row, row.isNull(first + 7) ? first + 10 : first + 7, visit)),
                .text(QueueWords.time(row, first + 8, visit)),
            ], values: ["parcel": id, "order": orderID])
    }
}
