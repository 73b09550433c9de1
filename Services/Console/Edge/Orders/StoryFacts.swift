import ConsoleDomain
import Contracts
import Postgres

/// One fact of an order's timeline.
struct StoryFact: Sendable {
    let topic: String
    let partition: Int32
    let offset: Int64
    let type: String
    let version: Int64?
    let at: Instant
    let traceparent: String?
    let body: String?

    /// More than any order has.
    private static let most = 1000

    static func all(
        of orderID: String, on topics: [String], in connection: Connection
    ) throws(PostgresError) -> [StoryFact] {
        try connection.rows(
            """
            SELECT f.topic, f.partition, f.partition_offset, f.type, f.version, f.at, f.traceparent, f.body
            FROM facts f WHERE f.key = \(orderID) AND f.topic = ANY(\(topics))
            ORDER BY f.at, f.topic, f.version LIMIT \(most)
            """
        ).map { row in
            StoryFact(
                topic: row.text(0), partition: row.int32(1), offset: row.int64(2), type: row.text(3),
                version: row.int64OrNil(4), at: row.instant(5), traceparent: row.textOrNil(6), body: row.textOrNil(7))
        }
    }

    /// Topics of which the viewer may read the facts themselves; members see sums of their own and no facts.
    static func topics(for viewer: Viewer) -> [String] {
        guard viewer.scope.member == nil else { return [] }
        var topics: [Topic] = [.intakeOrders, .inventoryStock]
        if viewer.may(.shipmentsView) { topics.append(.fulfilmentShipments) }
        if viewer.may(.casesView) { topics += [.afterSalesCases, .afterSalesRefunds] }
        if viewer.may(.commissionView) { topics.append(.commissionEntries) }
        return topics.map(\.name)
    }

    /// `OrderPaid` of `tributary.intake.orders.OrderPaid.v1`.
    var shortType: String { CommandDesk.shortName(type) }

    /// The trace's id of a W3C traceparent.
    var traceID: String? {
        guard let parts = traceparent?.split(separator: "-"), parts.count == 4 else { return nil }
        return String(parts[1])
    }

    /// Of a fact about one parcel.
    var shipmentID: String? {
        guard topic == Topic.fulfilmentShipments.name, let body else { return nil }
        // A body that cannot be read names no parcel.
        return try? JSONDocument.object(Array(body.utf8)).stringIfPresent("shipmentId")
    }

    /// The fact as its type; nil for another type, and for one whose body a newer service wrote differently.
    func read<Value: Fact>(_: Value.Type) -> Value? {
        guard type == Value.type, let body else { return nil }
        // What cannot be read here still stands in the timeline as it came.
        return try? Value(JSONDocument.object(Array(body.utf8)))
    }
}

/// What one member has of an order.
struct StoryEarning: Sendable {
    let memberID: String
    let currency: String
    let accrued: Int64
    let matured: Int64
    let reversedFrozen: Int64
    let reversedMatured: Int64
    let isHeld: Bool

    var frozen: Int64 { accrued - matured - reversedFrozen }

    static func all(
        of orderID: String, _ scope: ScopeSQL, in connection: Connection
    ) throws(PostgresError) -> [StoryEarning] {
        try connection.rows(
            """
            SELECT e.member_id, COALESCE(e.currency, ''), e.accrued, e.matured, e.reversed_frozen, e.reversed_matured,
                e.holds::text <> '{}'
            FROM earnings e WHERE e.order_id = \(orderID) AND \(scope.earnings("e")) ORDER BY e.level, e.member_id
            """
        ).map { row in
            StoryEarning(
                memberID: row.text(0), currency: row.text(1), accrued: row.int64(2), matured: row.int64(3),
                reversedFrozen: row.int64(4), reversedMatured: row.int64(5), isHeld: row.bool(6))
        }
    }
}
