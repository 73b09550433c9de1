import CommissionDomain
import Contracts
import Postgres
import Spreadsheets

/// One member's statement of a month with its entries.
struct Statement {
    private static let figures: [StaticString] = [
        "turnover", "opening", "matured", "reversed", "adjusted", "paidOut", "teamBonus", "payable",
    ]
    private static let head = ["at", "journal", "kind", "order", "cause", "amount"]

    let member: String
    let period: Period
    let currency: String
    /// As `figures`.
    let amounts: [Int64]
    let settledAt: String
    /// As `head`.
    let entries: [[String]]
    private let bounds: Parameters

    /// - Throws: `OpsFailure` when there is none yet.
    init(
        of member: String, period text: String, currency: String, calendar: BusinessCalendar,
        _ connection: Connection
    ) throws {
        guard let period = Period(text) else {
            throw OpsFailure("'\(text)' is no month like 2026-11", status: .usage)
        }
        self.member = member
        self.period = period
        self.currency = currency
        var name = Parameters()
        name.append(period.text)
        name.append(currency)
        name.append(member)
        guard let row = try connection.query(Self.statement, name).first else {
            throw OpsFailure("member \(member) has no statement of \(period.text) in \(currency)", status: .data)
        }
        amounts = (0..<Self.figures.count).map { row.int64($0) }
        settledAt = row.text(Self.figures.count)
        var bounds = name
        bounds.appendTimestamp(milliseconds: period.start(in: calendar).milliseconds)
        bounds.appendTimestamp(milliseconds: period.end(in: calendar).milliseconds)
        self.bounds = bounds
        entries = try connection.query(Self.entries, bounds).map { row in
            Self.head.indices.map { row.textOrNil($0) ?? "" }
        }
    }

    var text: String {
        let sums = zip(Self.figures, amounts).map { ["\($0)", "\($1)"] }
        let title = "\(member), \(period.text), \(currency), settled \(settledAt)"
        return [title, Screen.table(["", "amount"], sums), Screen.table(Self.head, entries)].joined(separator: "\n\n")
    }

    func write(to json: inout JSONWriter) {
        json.field("memberId", member)
        json.field("period", period.text)
        json.field("currency", currency)
        for (figure, amount) in zip(Self.figures, amounts) { json.field(figure, amount) }
        json.field("settledAt", settledAt)
        ReportSection(name: "entries", head: Self.head, rows: entries).write(to: &json)
    }

    var separatedText: [UInt8] {
        let rows = [Self.head] + entries + zip(Self.figures, amounts).map { ["", "", "\($0)", "", "", "\($1)"] }
        return rows.reduce(into: []) { SeparatedText.append($1, to: &$0) }
    }

    /// Two sheets: the figures, and every entry.
    func write(toSpreadsheet path: String) throws {
        let digits = CurrencyDigits.of(currency)
        let book = try Workbook(path: path)
        try book.begin(sheet: "\(period.text)", titles: [member, currency])
        for (figure, amount) in zip(Self.figures, amounts) {
            try book.add([.text("\(figure)"), .money(amount, digits: digits)])
        }
        try book.begin(sheet: "entries", titles: Self.head)
        for entry in entries {
            try book.add(
                entry.dropLast().map { .text($0) } + [.money(entry.last.flatMap { Int64($0) } ?? 0, digits: digits)])
        }
        try book.close()
    }

    /// What the statement is made of, as the tables have it: an object a line.
    func facts(_ connection: Connection) throws -> String {
        try connection.query(Self.facts, bounds).map { $0.text(0) + "\n" }.joined()
    }

    private static let statement: StaticString = """
        SELECT turnover, opening, matured, reversed, adjusted, paid_out, team_bonus,
            opening + matured - reversed + adjusted - paid_out + team_bonus,
            to_char(settled_at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI"Z"')
        FROM settlements WHERE period = $1 AND currency = $2 AND member_id = $3 AND settled_at IS NOT NULL
        """

    /// The bonus of a month is booked after it.
    private static let entries: StaticString = """
        SELECT to_char(j.booked_at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS"Z"'), j.journal_id, j.kind, j.order_id,
            j.cause, e.amount::text
        FROM entries AS e JOIN journals AS j ON j.journal_id = e.journal_id
        WHERE e.member_id = $3 AND e.account = 'available' AND j.currency = $2
            AND CASE WHEN j.kind = 'team' THEN j.cause = $1 || '-' || $2
                     ELSE j.booked_at >= $4 AND j.booked_at < $5 END
        ORDER BY j.booked_at, j.journal_id
        """

    private static let facts: StaticString = """
        SELECT json_build_object('fact', 'entry', 'journal', j.journal_id, 'kind', j.kind, 'cause', j.cause,
            'orderId', j.order_id, 'bookedAt', j.booked_at, 'account', e.account, 'amount', e.amount,
            'legs', CASE WHEN j.kind = 'accrue' THEN (
                SELECT json_agg(json_build_object('line', l.line_id, 'level', l.level, 'kind', l.kind, 'base', l.base,
                    'rateBasisPoints', l.rate_basis_points, 'amountPerUnit', l.amount_per_unit, 'amount', l.amount,
                    'why', l.why) ORDER BY l.accrual, l.leg)
                FROM legs AS l WHERE l.order_id = j.order_id AND l.member_id = $3) END)::text
        FROM entries AS e JOIN journals AS j ON j.journal_id = e.journal_id
        WHERE e.member_id = $3 AND j.currency = $2 AND (j.booked_at < $5 OR j.kind = 'team' AND j.cause <= $1 || '-' || $2)
        UNION ALL
        SELECT json_build_object('fact', 'turnover', 'orderId', order_id, 'seller', seller, 'parent', parent,
            'amount', amount, 'bookedAt', booked_at)::text
        FROM turnovers WHERE currency = $2 AND $3 IN (seller, parent) AND booked_at >= $4 AND booked_at < $5
        UNION ALL
        SELECT json_build_object('fact', 'period', 'period', $1, 'start', $4::timestamptz, 'end', $5::timestamptz,
            'tiers', (SELECT p.terms -> 'teamTiers' FROM plans AS p
                      WHERE p.terms ->> 'currency' = $2 AND p.effective_from < $5
                          AND (p.ended_at IS NULL OR p.ended_at >= $5)
                      ORDER BY p.effective_from DESC, p.version DESC, p.plan_id DESC LIMIT 1))::text
        """
}
