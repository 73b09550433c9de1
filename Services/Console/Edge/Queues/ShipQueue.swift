import ConsoleDomain
import Contracts
import Postgres

/// Parcels that a warehouse has to pack and send.
enum ShipQueue {
    static let ship = WorkQueue(
        name: "ship", view: .shipmentsView,
        columns: [
            QueueColumn("parcel"), QueueColumn("order"), QueueColumn("warehouse"), QueueColumn("goods"),
            QueueColumn("weight", isNumber: true), QueueColumn("state"), QueueColumn("waybill"),
            QueueColumn("ship-by"), QueueColumn("planned"),
        ],
        filters: [
            QueueFilter(name: "warehouse"),
            QueueFilter(name: "state", options: ["planned", "labelled"], prefix: "queues.parcel"),
        ],
        actions: [wave, dispatch, carrier, cancel],
        sql: { question in
            QueueSQL(
                from: "parcels p LEFT JOIN orders o ON o.order_id = p.order_id",
                id: "p.shipment_id", at: "p.planned_at", subject: "'parcel/' || p.shipment_id",
                columns: """
                    p.shipment_id, p.order_id, p.warehouse, p.state, p.carrier, p.waybill, p.weight_grams, p.ship_by,
                    array_to_string(o.holds, ','),
                    (SELECT string_agg((l ->> 'sku') || ' × ' || (l ->> 'quantity'), ', ')
                        FROM json_array_elements(p.lines) l)
                    """,
                waits: """
                    p.state IN ('planned', 'labelled') AND p.planned_at IS NOT NULL AND p.direction = 'out'
                    AND \(question.filter("warehouse") { "p.warehouse = \($0)" })
                    AND \(question.filter("state") { "p.state = \($0)" })
                    """, scope: question.scope.parcels("p"))
        }, read: read)

    @Sendable private static func read(_ row: Row, _ visit: Visit) -> QueueContent {
        let first = QueueReader.firstColumn
        let (id, orderID, state) = (row.text(first), row.text(first + 1), row.textOrNil(first + 3) ?? "")
        let holds = row.textOrNil(first + 8)?.split(separator: ",").map(String.init) ?? []
        let shipBy = row.instantOrNil(first + 7)
        let isLate = shipBy.map { $0 < visit.mallNow } ?? false
        var tags = [QueueCell.Tag(text: visit.say("queues.parcel.\(state)"), tone: state == "labelled" ? "info" : "")]
        tags += holds.map { QueueCell.Tag(text: QueueWords.hold($0, visit), tone: "warn") }
        return QueueContent(
            cells: [
                .link(id, "/parcels/\(PercentCoding.encoded(id))"), QueueWords.order(orderID),
                .text(row.textOrNil(first + 2)), .text(row.textOrNil(first + 9)),
                .text(row.int64OrNil(first + 6).map { visit.formats.number($0) + " g" }), .tags(tags),
                .text(row.textOrNil(first + 5), below: row.textOrNil(first + 4)),
                shipBy.map {
                    QueueCell(
                        text: visit.formats.time($0),
                        tags: isLate ? [QueueCell.Tag(text: visit.say("queues.overdue"), tone: "bad")] : [])
                } ?? .text(nil), .text(QueueWords.time(row, QueueReader.timeColumn, visit)),
            ],
            values: [
                "parcel": id, "order": orderID, "warehouse": row.textOrNil(first + 2) ?? "", "state": state,
                "carrier": row.textOrNil(first + 4) ?? "", "waybill": row.textOrNil(first + 5) ?? "",
                "held": holds.isEmpty ? "" : "yes",
            ])
    }

    private static func isOpen(_ row: QueueRow) -> Bool { ["planned", "labelled"].contains(row["state"]) }

    private static let wave = QueueAction(
        name: "wave", permission: .shipmentsManage, shared: [QueueField("wave", .text(1...64))],
        once: { "\($0["order"]) \($0["warehouse"])" }, allows: { row, _ in isOpen(row) && row["held"].isEmpty },
        send: { visit, row, answers in
            let orderID = try QueueWords.orderID(row["order"])
            let (waveID, warehouse) = (answers.text("wave") ?? "", row["warehouse"])
            return try await visit.tools.commands.send(
                visit, to: "fulfilment", about: row.subject, reason: answers.reason
            ) { ReleaseWave(head: $0, orderID: orderID, waveID: waveID, warehouse: warehouse) }
        })

    static let dispatch = QueueAction(
        name: "dispatch", permission: .shipmentsDispatch,
        fields: [QueueField("carrier", .text(0...40)), QueueField("waybill", .text(0...60))],
        allows: { row, _ in isOpen(row) && row["held"].isEmpty },
        send: { visit, row, answers in
            let orderID = try QueueWords.orderID(row["order"])
            let (shipmentID, carrier, waybill) = (row["parcel"], answers.text("carrier"), answers.text("waybill"))
            return try await visit.tools.commands.send(
                visit, to: "fulfilment", about: row.subject, reason: answers.reason
            ) {
                DispatchShipment(
                    head: $0, orderID: orderID, shipmentID: shipmentID, carrier: carrier, waybill: waybill)
            }
        }, defaults: { field, row in row[field] })

    private static let carrier = QueueAction(
        name: "carrier", permission: .shipmentsManage, shared: [QueueField("carrier", .text(1...40))],
        allows: { row, _ in isOpen(row) },
        send: { visit, row, answers in
            let orderID = try QueueWords.orderID(row["order"])
            let (shipmentID, carrier) = (row["parcel"], answers.text("carrier") ?? "")
            return try await visit.tools.commands.send(
                visit, to: "fulfilment", about: row.subject, reason: answers.reason
            ) { ReassignCarrier(head: $0, orderID: orderID, shipmentID: shipmentID, carrier: carrier) }
        })

    private static let cancel = QueueAction(
        name: "cancel", permission: .shipmentsManage, isDangerous: true, allows: { row, _ in isOpen(row) },
        send: { visit, row, answers in
            let orderID = try QueueWords.orderID(row["order"])
            let shipmentID = row["parcel"]
            return try await visit.tools.commands.send(
                visit, to: "fulfilment", about: row.subject, reason: answers.reason
            ) { CancelShipment(head: $0, orderID: orderID, shipmentID: shipmentID) }
        })
}
