import ConsoleDomain
import Contracts
import Postgres

/// A line of a member's statement as it is shown.
struct StatementLine: Sendable {
    let key: String
    let version: Int64
    let kind: StatementEntry.Kind
    let orderID: String?
    let amount: Int64
    let currency: String
    let reason: String?
    let reference: String?
    let at: Instant
}

/// The member's statement.
enum StatementRows {
    /// Where a page of lines ends: the next begins behind it.
    struct Place: Sendable, Equatable {
        let at: Instant
        let key: String
        let version: Int64
    }

    static let pageLength = 50

    /// The sums of a month by currency; with those before it as its opening.
    static func statements(
        of member: String, _ scope: ScopeSQL, from: Instant, to: Instant, in connection: Connection
    ) throws(PostgresError) -> [(currency: String, statement: MemberStatement)] {
        let rows = try connection.rows(
            """
            SELECT e.currency, e.kind, e.at < \(from), l.is_late, sum(e.amount)::int8
            FROM entries e CROSS JOIN LATERAL (
                SELECT e.kind = 'reversed' AND EXISTS (
                    SELECT FROM entries m WHERE m.key = e.key AND m.member_id = e.member_id AND m.kind = 'matured'
                        AND m.version < e.version) AS is_late) l
            WHERE \(scope.payouts("e")) AND e.member_id = \(member) AND e.at < \(to) GROUP BY 1, 2, 3, 4
            """)
        var movements: [String: [MemberStatement.Movement]] = [:]
        for row in rows {
            guard let kind = StatementEntry.Kind(rawValue: row.text(1)) else { continue }
            movements[row.text(0), default: []].append(
                MemberStatement.Movement(
                    kind, isEarlier: row.bool(2), isAfterMaturity: row.bool(3), amount: row.int64(4)))
        }
        return movements.sorted { $0.key < $1.key }.map { ($0.key, MemberStatement($0.value)) }
    }

    /// Lines of `from..<to`, newest first.
    static func lines(
        of member: String, _ scope: ScopeSQL, from: Instant, to: Instant, after place: Place?, limit: Int = pageLength,
        in connection: Connection
    ) throws(PostgresError) -> [StatementLine] {
        try connection.rows(
            """
            SELECT e.key, e.version, e.kind, e.order_id, e.amount, e.currency, e.reason, e.reference, e.at
            FROM entries e WHERE \(scope.payouts("e")) AND e.member_id = \(member) AND e.at >= \(from)
                AND e.at < \(to) AND \(behind(place))
            ORDER BY e.at DESC, e.key DESC, e.version DESC LIMIT \(limit)
            """
        ).compactMap { row in
            guard let kind = StatementEntry.Kind(rawValue: row.text(2)) else { return nil }
            return StatementLine(
                key: row.text(0), version: row.int64(1), kind: kind, orderID: row.textOrNil(3), amount: row.int64(4),
                currency: row.text(5), reason: row.textOrNil(6), reference: row.textOrNil(7), at: row.instant(8))
        }
    }

    /// When a month was closed, and what was payable then, by currency.
    static func settlements(
        of member: String, _ period: StatementMonth, _ scope: ScopeSQL, in connection: Connection
    ) throws(PostgresError) -> [(currency: String, payable: Int64, turnover: Int64, at: Instant)] {
        try connection.rows(
            """
            SELECT s.currency, s.payable, s.turnover, s.settled_at FROM settlements s
            WHERE \(scope.payouts("s")) AND s.member_id = \(member) AND s.period = \(period.description) ORDER BY 1
            """
        ).map { ($0.text(0), $0.int64(1), $0.int64(2), $0.instant(3)) }
    }

    private static func behind(_ place: Place?) -> SQL {
        guard let place else { return "TRUE" }
        return "(e.at, e.key, e.version) < (\(place.at), \(place.key), \(place.version))"
    }
}

extension StatementRows.Place {
    init(_ line: StatementLine) { self.init(at: line.at, key: line.key, version: line.version) }

    /// `1764000000000.3.KEY`, as links carry it.
    var text: String { "\(at.milliseconds).\(version).\(key)" }

    init?(text: String) {
        let parts = text.split(separator: ".", maxSplits: 2).map(String.init)
        guard parts.count == 3, let milliseconds = Int64(parts[0]), milliseconds.magnitude < 1 << 47,
            let version = Int64(parts[1])
        else { return nil }
        self.init(at: Instant(milliseconds: milliseconds), key: parts[2], version: version)
    }
}
