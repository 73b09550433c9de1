import ConsoleDomain
import Contracts
import Postgres

/// A case as the tables have it.
struct CaseRead: Sendable {
    static let columns: SQL = """
        c.case_id, c.order_id, c.kind, c.reason, c.lines, c.amount, o.currency, c.state, c.preview, c.outcome,
        c.decided_by, c.rule, c.refunded, c.carrier, c.waybill, c.replacement_order_id, c.opened_at, c.ended_at,
        o.external_order_id, o.channel,
        array_to_string(o.warehouses, ','), \(CaseClockRows.columns)
        """

    let caseID: String
    let orderID: String
    let kind: String
    let reason: String
    let lines: [CaseLine]
    let amount: Int64?
    let currency: String
    let state: String
    let preview: CasePreview?
    let outcome: String?
    let decidedBy: String?
    let rule: String?
    let refunded: Int64
    let carrier: String?
    let waybill: String?
    let replacement: String?
    let openedAt: Instant?
    let endedAt: Instant?
    let externalOrderID: String?
    let channel: String?
    let warehouses: [String]
    /// `nil` when it waits for nothing any more.
    let deadline: CaseDeadline?

    init(_ row: Row, _ first: Int) {
        caseID = row.text(first)
        orderID = row.text(first + 1)
        kind = row.textOrNil(first + 2) ?? ""
        reason = row.textOrNil(first + 3) ?? ""
        lines = Self.lines(row.textOrNil(first + 4))
        amount = row.int64OrNil(first + 5)
        currency = row.textOrNil(first + 6) ?? "CNY"
        state = row.textOrNil(first + 7) ?? ""
        preview = row.textOrNil(first + 8).flatMap(Self.preview)
        outcome = row.textOrNil(first + 9)
        decidedBy = row.textOrNil(first + 10)
        rule = row.textOrNil(first + 11)
        refunded = row.int64(first + 12)
        carrier = row.textOrNil(first + 13)
        waybill = row.textOrNil(first + 14)
        replacement = row.textOrNil(first + 15)
        openedAt = row.instantOrNil(first + 16)
        endedAt = row.instantOrNil(first + 17)
        externalOrderID = row.textOrNil(first + 18)
        channel = row.textOrNil(first + 19)
        warehouses = row.textOrNil(first + 20)?.split(separator: ",").map(String.init) ?? []
        deadline = CaseClockRows.deadline(row, first + 21)
    }

    /// What the handler has written is never broken; a page shows the rest when it is.
    private static func lines(_ json: String?) -> [CaseLine] {
        guard let json, let object = try? JSONDocument.object(Array("{\"lines\":\(json)}".utf8)) else { return [] }
        return (try? object.readListIfPresent("lines")) ?? []
    }

    private static func preview(_ json: String) -> CasePreview? {
        // As above.
        (try? JSONDocument.object(Array(json.utf8))).flatMap { try? CasePreview($0) }
    }

    var caseKind: CaseKind? { CaseKind(rawValue: kind) }

    func clock(_ visit: Visit) -> CaseClockWords? { deadline.map { CaseClockWords(deadline: $0, visit: visit) } }

    func content(_ visit: Visit) -> QueueContent {
        QueueContent(
            cells: [
                .link(caseID, "/cases/\(PercentCoding.encoded(caseID))"),
                QueueCell(
                    text: orderID, link: "/orders/\(PercentCoding.encoded(orderID))", below: externalOrderID),
                .tags([QueueCell.Tag(text: visit.say("queues.case-kind.\(kind)"))]),
                .text(visit.buyerReason(reason)), .text(amount.map { visit.formats.money($0, currency) }),
                .tags([stateTag(visit)]),
                clock(visit)?.cell ?? .text(nil), .text(openedAt.map { visit.formats.time($0) }),
            ], values: ["case": caseID, "order": orderID, "state": state, "kind": kind, "currency": currency])
    }

    func stateTag(_ visit: Visit) -> QueueCell.Tag {
        let tone =
            switch state {
            case "requested", "inspected": "warn"
            case "rejected": "bad"
            case "closed", "refunding": "good"
            default: "info"
            }
        return QueueCell.Tag(text: visit.say("queues.case-state.\(state)"), tone: tone)
    }
}
