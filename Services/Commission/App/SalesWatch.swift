import CommissionDomain
import Contracts
import Logging
import Pipeline
import Postgres
import Synchronization

/// Looks at new sales for what should not be paid before somebody has looked too: sales to oneself under another name,
/// goods that mostly come back, sudden multitudes.
///
/// Nothing is decided here: each suspicion becomes a timer, once for ever, and the lanes hold the entry.
final class SalesWatch: SideWork {
    let name = "sales-watch"
    private let signals: SalesSignals
    private let lookedAt = Mutex<Instant?>(nil)

    private static let pause = Duration.minutes(1)

    init(_ signals: SalesSignals = SalesSignals()) { self.signals = signals }

    func step(_ place: SideWorkPlace) throws {
        guard !signals.isOff else { return }
        let now = place.now
        let last = lookedAt.withLock { $0 }
        if let last, now < last + Self.pause { return }
        // From a little before the last look, for what was being written then.
        let since = last.map { $0 + .minutes(-5) } ?? now + .days(-signals.days)
        var count = 0
        try place.connection.transaction { transaction in
            let noticed = try look(since: since, at: now, in: transaction)
            try place.setTimers(
                noticed.map {
                    .set(kind: Suspicion.timerKind, key: String(decoding: $0.jsonBytes, as: UTF8.self), due: now)
                }, in: transaction)
            count = noticed.count
        }
        lookedAt.withLock { $0 = now }
        if count > 0 { Logger(label: name).warning("sales to be looked at", metadata: ["sales": "\(count)"]) }
    }

    /// - Parameter since: Sales booked earlier only count beside newer ones.
    /// - Returns: What nobody had noticed before.
    func look(
        since: Instant, at now: Instant, in transaction: borrowing Transaction
    ) throws -> [Suspicion] {
        if signals.seesOwnPurchases {
            var recent = Parameters()
            recent.appendTimestamp(milliseconds: since.milliseconds)
            try transaction.run(Self.addresses, recent)
        }
        var parameters = Parameters()
        parameters.appendTimestamp(milliseconds: since.milliseconds)
        parameters.appendTimestamp(milliseconds: now.milliseconds)
        parameters.appendTimestamp(milliseconds: (now + .days(-signals.days)).milliseconds)
        // No number of sales is as many as NULL: what is off notices nothing.
        parameters.append(signals.refundRing?.sales)
        parameters.append(signals.refundRing?.returnedBasisPoints)
        parameters.append(signals.velocity?.sales)
        parameters.append(signals.velocity?.timesUsual)
        parameters.append(signals.seesOwnPurchases)
        parameters.append(signals.days)
        return try transaction.query(Self.statement, parameters).map { row in
            guard let orderID = OrderID(row.text(0)), let kind = CommissionHoldKind(rawValue: row.text(2)) else {
                throw Fault("suspicion of order \(row.text(0)) cannot be read", field: "kind")
            }
            return Suspicion(orderID: orderID, memberID: row.text(1), kind: kind, reason: row.text(3))
        }
    }

    /// Where members have bought for themselves: the address, for sales under another phone.
    private static let addresses: StaticString = """
        INSERT INTO member_addresses (member_id, address)
        SELECT DISTINCT m.member_id, o.placed #>> '{fingerprints,address}'
        FROM journals AS j JOIN orders AS o ON o.order_id = j.order_id
        JOIN members AS m ON m.record ->> 'phoneFingerprint' = o.placed #>> '{fingerprints,phone}'
        WHERE j.kind = 'accrue' AND j.booked_at >= $1 AND o.placed #>> '{fingerprints,address}' IS NOT NULL
        ON CONFLICT DO NOTHING
        """

    /// An hour counts by when buyers bought: a channel that catches up is no multitude.
    private static let statement: StaticString = """
        WITH fresh AS (
            SELECT o.order_id, o.placed #>> '{fingerprints,phone}' AS phone,
                o.placed #>> '{fingerprints,address}' AS address
            FROM journals AS j JOIN orders AS o ON o.order_id = j.order_id
            WHERE j.kind = 'accrue' AND j.booked_at >= $1 AND o.state = 'accrued'),
        earning AS (
            SELECT DISTINCT l.order_id, l.member_id, f.phone, f.address
            FROM fresh AS f JOIN legs AS l ON l.order_id = f.order_id
            WHERE l.reversed < l.amount AND l.kind <> 'self'),
        own AS (
            SELECT e.order_id, e.member_id, 'own-purchase' AS kind,
                CASE WHEN EXISTS (SELECT FROM members AS m
                                  WHERE m.member_id = e.member_id AND m.record ->> 'phoneFingerprint' = e.phone)
                     THEN 'the buyer has the phone of ' ELSE 'the goods go where they once went to ' END
                || e.member_id AS reason
            FROM earning AS e
            WHERE $8 AND (EXISTS (SELECT FROM members AS m
                          WHERE m.member_id = e.member_id AND m.record ->> 'phoneFingerprint' = e.phone)
                OR EXISTS (SELECT FROM member_addresses AS a
                           WHERE a.member_id = e.member_id AND a.address = e.address))),
        sellers AS (
            SELECT DISTINCT a.seller FROM fresh AS f JOIN accruals AS a ON a.order_id = f.order_id
            WHERE a.seller IS NOT NULL),
        sales AS (
            SELECT DISTINCT a.seller AS member_id, o.order_id, (o.placed ->> 'placedAt')::timestamptz AS placed_at, o.state,
                EXISTS (SELECT FROM json_array_elements(o.after_sales -> 'refunds')) AS is_returned
            FROM sellers AS s JOIN accruals AS a ON a.seller = s.seller JOIN orders AS o ON o.order_id = a.order_id
            WHERE o.confirmed_at >= $3),
        habits AS (
            SELECT member_id, count(*) AS sold, count(*) FILTER (WHERE is_returned) AS returned,
                count(*) FILTER (WHERE placed_at > $2 - interval '1 hour') AS lately,
                count(*) FILTER (WHERE placed_at <= $2 - interval '1 hour') AS before
            FROM sales GROUP BY 1),
        noticed AS (
            SELECT * FROM own
            UNION ALL
            SELECT s.order_id, s.member_id, 'refund-ring', h.returned || ' of ' || h.sold || ' sales of '
                || s.member_id || ' in ' || $9 || ' days came back'
            FROM habits AS h JOIN sales AS s ON s.member_id = h.member_id AND s.state = 'accrued'
            WHERE h.sold >= $4 AND h.returned * 10000 >= h.sold * $5
            UNION ALL
            SELECT s.order_id, s.member_id, 'velocity', h.lately || ' sales of ' || s.member_id || ' in one hour, '
                || h.before || ' in the ' || $9 || ' days before'
            FROM habits AS h JOIN sales AS s ON s.member_id = h.member_id AND s.state = 'accrued'
                AND s.placed_at > $2 - interval '1 hour'
            WHERE h.lately >= $6 AND h.lately * 24 * $9 >= h.before * $7)
        INSERT INTO suspicions (order_id, member_id, kind, reason, noticed_at)
        SELECT DISTINCT ON (order_id, member_id, kind) order_id, member_id, kind, reason, $2 FROM noticed
        ON CONFLICT DO NOTHING
        RETURNING order_id, member_id, kind, reason
        """
}
