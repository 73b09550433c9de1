import ConsoleDomain
import Contracts
import Postgres

struct StoryLine: Sendable {
    let lineID: String
    let sku: String
    let name: String?
    let quantity: Int64
    let unitPrice: Int64
    let discount: Int64
    let paid: Int64
    let freightShare: Int64
    let isGift: Bool
    let refundedQuantity: Int64
    let refundedAmount: Int64

    static func all(of orderID: String, in connection: Connection) throws(PostgresError) -> [StoryLine] {
        try connection.rows(
            """
            SELECT l.line_id, l.sku, i.body ->> 'name', l.quantity, l.unit_price, l.discount, l.paid, l.freight_share,
                l.gift, l.refunded_quantity, l.refunded_amount
            FROM order_lines l LEFT JOIN current_records i ON i.topic = 'catalog.items.v1' AND i.key = l.sku
            WHERE l.order_id = \(orderID) ORDER BY length(l.line_id), l.line_id
            """
        ).map { row in
            StoryLine(
                lineID: row.text(0), sku: row.text(1), name: row.textOrNil(2), quantity: row.int64(3),
                unitPrice: row.int64(4), discount: row.int64(5), paid: row.int64(6), freightShare: row.int64(7),
                isGift: row.bool(8), refundedQuantity: row.int64(9), refundedAmount: row.int64(10))
        }
    }
}

struct StoryParcel: Sendable {
    let shipmentID: String
    let direction: String
    let warehouse: String?
    let carrier: String?
    let waybill: String?
    let lines: String?
    let state: String?
    let plannedAt: Instant?
    let dispatchedAt: Instant?
    let promisedBy: Instant?
    let deliveredAt: Instant?
    let trackingStatus: String?
    let trackingLocation: String?
    let trackedAt: Instant?
    let exception: String?

    static func all(
        of orderID: String, _ scope: ScopeSQL, in connection: Connection
    ) throws(PostgresError) -> [StoryParcel] {
        try connection.rows(
            """
            SELECT p.shipment_id, p.direction, p.warehouse, p.carrier, p.waybill, p.lines, p.state, p.planned_at,
                p.dispatched_at, p.promised_by, p.delivered_at, p.tracking_status, p.tracking_location, p.tracked_at,
                p.exception
            FROM parcels p WHERE p.order_id = \(orderID) AND \(scope.parcels("p"))
            ORDER BY p.direction, length(p.shipment_id), p.shipment_id
            """
        ).map { row in
            StoryParcel(
                shipmentID: row.text(0), direction: row.text(1), warehouse: row.textOrNil(2), carrier: row.textOrNil(3),
                waybill: row.textOrNil(4), lines: row.textOrNil(5), state: row.textOrNil(6),
                plannedAt: row.instantOrNil(7), dispatchedAt: row.instantOrNil(8), promisedBy: row.instantOrNil(9),
                deliveredAt: row.instantOrNil(10), trackingStatus: row.textOrNil(11),
                trackingLocation: row.textOrNil(12), trackedAt: row.instantOrNil(13), exception: row.textOrNil(14))
        }
    }
}

struct StoryCase: Sendable {
    let caseID: String
    let kind: String?
    let reason: String?
    let amount: Int64?
    let refunded: Int64
    let state: String?
    let openedAt: Instant?
    let endedAt: Instant?
    let replacement: String?
    /// `nil` when it waits for nothing any more.
    let deadline: CaseDeadline?

    static func all(of orderID: String, _ scope: ScopeSQL, in connection: Connection) throws(PostgresError)
        -> [StoryCase]
    {
        try connection.rows(
            """
            SELECT c.case_id, c.kind, c.reason, c.amount, c.refunded, c.state, c.opened_at, c.ended_at,
                c.replacement_order_id, \(CaseClockRows.columns)
            FROM cases c WHERE c.order_id = \(orderID) AND \(scope.cases("c"))
            ORDER BY c.opened_at, c.case_id
            """
        ).map { row in
            StoryCase(
                caseID: row.text(0), kind: row.textOrNil(1), reason: row.textOrNil(2), amount: row.int64OrNil(3),
                refunded: row.int64(4), state: row.textOrNil(5), openedAt: row.instantOrNil(6),
                endedAt: row.instantOrNil(7), replacement: row.textOrNil(8),
                deadline: CaseClockRows.deadline(row, 9))
        }
    }
}

struct StoryRefund: Sendable {
    let refundID: String
    let caseID: String?
    let amount: Int64
    let currency: String
    let reason: String?
    let state: String
    let failure: String?
    let dueAt: Instant?
    let endedAt: Instant?

    static func all(
        of orderID: String, _ scope: ScopeSQL, in connection: Connection
    ) throws(PostgresError) -> [StoryRefund] {
        try connection.rows(
            """
            SELECT r.refund_id, r.case_id, r.amount, r.currency, r.reason, r.state, r.failure, r.due_at, r.ended_at
            FROM refunds r WHERE r.order_id = \(orderID) AND \(scope.ofOrder("r")) ORDER BY r.due_at, r.refund_id
            """
        ).map { row in
            StoryRefund(
                refundID: row.text(0), caseID: row.textOrNil(1), amount: row.int64(2), currency: row.text(3),
                reason: row.textOrNil(4), state: row.text(5), failure: row.textOrNil(6), dueAt: row.instantOrNil(7),
                endedAt: row.instantOrNil(8))
        }
    }
}
