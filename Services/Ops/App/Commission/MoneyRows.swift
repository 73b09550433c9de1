import CommissionDomain
import Contracts
import Postgres

/// Reads the bookings on members' available money that an order's commission led to.
enum MoneyRows {
    /// - Parameter rows: Of `selection`; by member, credits first.
    static func money(_ rows: Rows) throws -> [AvailableMoney] {
        let members = Dictionary(grouping: rows) { $0.text(0) }.sorted { $0.key < $1.key }
        return try members.map { memberID, rows in
            let credits = rows.filter { $0.bool(1) }.map(booking)
            var payouts: [String: Payout] = [:]
            for row in rows where !row.isNull(12) { payouts[row.text(6)] = try payout(row) }
            return AvailableMoney(
                memberID: memberID, matured: credits.filter { $0.payoutID == nil },
                returned: credits.filter { $0.payoutID != nil }, debits: rows.filter { !$0.bool(1) }.map(booking),
                payouts: payouts, entrySum: rows[0].int64(10), balance: rows[0].int64(11))
        }
    }

    private static func booking(_ row: Row) -> AvailableMoney.Booking {
        AvailableMoney.Booking(
            journalID: row.text(2), kind: row.text(3), cause: row.text(4), orderID: row.textOrNil(5),
            payoutID: row.textOrNil(6), at: row.instant(7), before: row.int64(8), amount: row.int64(9))
    }

    private static func payout(_ row: Row) throws -> Payout {
        guard let state = Payout.State(rawValue: row.text(12)) else {
            throw OpsFailure("state '\(row.text(12))' of payout \(row.text(6)) is unknown to this program")
        }
        return Payout(
            payoutID: row.text(6), memberID: row.text(0), amount: row.int64(13), fee: row.int64(14),
            tax: row.int64(15), currency: row.text(16), payee: row.text(17), requestedBy: row.text(18),
            requestedAt: row.instant(19), state: state, decidedBy: row.textOrNil(20),
            answeredAt: row.instantOrNil(21), answers: row.int64(22), reason: row.textOrNil(23))
    }

    /// `$1` is the order's id. A member's whole available account is summed up here; what comes out is what the order let
    /// mature, payouts that came back, and the debits that used up any of both. The index wants a member with a name.
    static let selection: StaticString = """
        WITH earners AS (
            SELECT DISTINCT e.member_id, j.currency
            FROM commission.journals AS j JOIN commission.entries AS e ON e.journal_id = j.journal_id
            WHERE j.order_id = $1 AND j.kind = 'mature' AND e.account = 'available'),
        booked AS (
            SELECT e.member_id, m.currency, e.journal_id, e.amount,
                j.kind = 'returned' OR j.kind = 'mature' AND j.order_id = $1 AS is_followed,
                (sum(abs(e.amount)) OVER (PARTITION BY e.member_id, e.amount > 0
                    ORDER BY j.booked_at, length(e.journal_id), e.journal_id ROWS UNBOUNDED PRECEDING))::int8 AS upto
            FROM earners AS m
            JOIN commission.entries AS e ON e.member_id = m.member_id AND e.account = 'available' AND e.member_id <> ''
            JOIN commission.journals AS j ON j.journal_id = e.journal_id AND j.currency = m.currency),
        followed AS (
            SELECT member_id, currency, sum(amount)::int8 AS entry_sum,
                range_agg(int8range(upto - amount, upto)) FILTER (WHERE is_followed) AS spans
            FROM booked GROUP BY 1, 2),
        used AS (
            SELECT b.member_id, b.amount > 0 AS is_credit, j.journal_id, j.kind, j.cause, j.order_id,
                CASE WHEN j.kind IN ('payout', 'paid', 'returned')
                    THEN coalesce(substring(j.cause FROM '^.*-P[0-9]+'), j.cause) END AS payout_id,
                j.booked_at, b.upto - abs(b.amount) AS before, abs(b.amount) AS amount, f.entry_sum, f.currency
            FROM booked AS b JOIN followed AS f USING (member_id)
            JOIN commission.journals AS j ON j.journal_id = b.journal_id
            WHERE CASE WHEN b.amount > 0 THEN b.is_followed ELSE f.spans && int8range(b.upto + b.amount, b.upto) END)
        SELECT u.member_id, u.is_credit, u.journal_id, u.kind, u.cause, u.order_id, u.payout_id, u.booked_at,
            u.before, u.amount, u.entry_sum, coalesce(a.amount, 0),
            p.state, p.amount, p.fee, p.tax, p.currency, p.payee, p.requested_by, p.requested_at, p.decided_by,
            p.answered_at, p.answers, p.reason
        FROM used AS u
        LEFT JOIN commission.balances AS a
            ON a.member_id = u.member_id AND a.account = 'available' AND a.currency = u.currency
        LEFT JOIN commission.payouts AS p ON p.payout_id = u.payout_id
        ORDER BY u.member_id, u.is_credit DESC, u.before
        """
}
