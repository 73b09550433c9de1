import Contracts
import Postgres

/// One payout of a member.
struct MemberPayout: Sendable {
    let payoutID: String
    let amount: Int64
    let fee: Int64
    let tax: Int64
    let currency: String
    let state: String
    let reason: String?
    let requestedAt: Instant?
    let endedAt: Instant?

    /// Where a page ends.
    struct Place: Sendable, Equatable {
        let at: Instant
        let payoutID: String

        init(_ payout: MemberPayout) {
            at = payout.requestedAt ?? Instant(milliseconds: 0)
            payoutID = payout.payoutID
        }

        var text: String { "\(at.milliseconds).\(payoutID)" }

        init?(text: String) {
            let parts = text.split(separator: ".", maxSplits: 1).map(String.init)
            guard parts.count == 2, let milliseconds = Int64(parts[0]), milliseconds.magnitude < 1 << 47 else {
                return nil
            }
            at = Instant(milliseconds: milliseconds)
            payoutID = parts[1]
        }
    }
}

enum MemberPayoutRows {
    static let pageLength = 30

    static func newest(
        of member: String, _ scope: ScopeSQL, after place: MemberPayout.Place?, in connection: Connection
    ) throws(PostgresError) -> [MemberPayout] {
        let behind: SQL = place.map { "(p.requested_at, p.payout_id) < (\($0.at), \($0.payoutID))" } ?? "TRUE"
        return try connection.rows(
            """
            SELECT p.payout_id, p.amount, p.fee, p.tax, p.currency, p.state, p.reason, p.requested_at, p.ended_at
            FROM payouts p WHERE \(scope.payouts("p")) AND p.member_id = \(member) AND \(behind)
            ORDER BY p.requested_at DESC, p.payout_id DESC LIMIT \(pageLength + 1)
            """
        ).map { row in
            MemberPayout(
                payoutID: row.text(0), amount: row.int64(1), fee: row.int64(2), tax: row.int64(3),
                currency: row.text(4), state: row.text(5), reason: row.textOrNil(6), requestedAt: row.instantOrNil(7),
                endedAt: row.instantOrNil(8))
        }
    }
}
