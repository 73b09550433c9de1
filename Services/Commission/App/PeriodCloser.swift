import CommissionDomain
import Contracts
import Logging
import Pipeline
import Postgres

/// Works out the statements of months that somebody has closed, all of a month at once, and has the lanes settle them.
struct PeriodCloser: SideWork {
    let name = "period-closer"
    /// So many statements go to the lanes in one transaction.
    private static let slice: Int64 = 5000

    func step(_ place: SideWorkPlace) throws {
        let rows = try place.connection.query(
            "SELECT closing_id, period, member_id FROM closings WHERE done_at IS NULL ORDER BY requested_at LIMIT 10")
        for row in rows where !place.isStopping {
            guard let period = Period(row.text(1)), try !Self.isUnderWay(period, place.calendar, place.connection)
            else { continue }
            let count = try Self.draw(
                period, of: row.textOrNil(2), calendar: place.calendar, place.connection)
            while !place.isStopping, try Self.send(period, of: row.text(0), in: place) {}
            Logger(label: name).info(
                "statements worked out", metadata: ["period": "\(period.text)", "statements": "\(count)"])
        }
    }

    /// What matures is booked at the moment it was due: as long as something of the month is, the month is not whole.
    static func isUnderWay(
        _ period: Period, _ calendar: BusinessCalendar, _ connection: Connection
    ) throws(PostgresError) -> Bool {
        var parameters = Parameters()
        parameters.append(MaturityTimer.kind)
        parameters.appendTimestamp(milliseconds: period.end(in: calendar).milliseconds)
        return try !connection.query("SELECT FROM timers WHERE kind = $1 AND due_at < $2 LIMIT 1", parameters).isEmpty
    }

    /// Makes the statements that are not there yet.
    ///
    /// - Returns: How many there were to make.
    static func draw(
        _ period: Period, of memberID: String?, calendar: BusinessCalendar, _ connection: Connection
    ) throws -> Int64 {
        var parameters = Parameters()
        parameters.append(period.text)
        parameters.appendTimestamp(milliseconds: period.start(in: calendar).milliseconds)
        parameters.appendTimestamp(milliseconds: period.end(in: calendar).milliseconds)
        parameters.append(memberID)
        return try connection.query(statement, parameters)[0].int64(0)
    }

    /// Sets the timers of one slice of statements; the closing is done when none is left.
    ///
    /// - Returns: Whether there may be more.
    private static func send(_ period: Period, of closingID: String, in place: SideWorkPlace) throws -> Bool {
        var parameters = Parameters()
        parameters.append(period.text)
        parameters.append(slice)
        var done = Parameters()
        done.append(closingID)
        var count = 0
        try place.connection.transaction { transaction in
            let rows = try transaction.query(
                """
                UPDATE settlements AS s SET is_sent = true
                FROM (SELECT period, currency, member_id FROM settlements
                      WHERE period = $1 AND NOT is_sent ORDER BY currency, member_id LIMIT $2 FOR UPDATE) AS n
                WHERE s.period = n.period AND s.currency = n.currency AND s.member_id = n.member_id
                RETURNING s.currency, s.member_id
                """, parameters)
            count = rows.count
            let names = rows.map { SettlementName(period: period, currency: $0.text(0), memberID: $0.text(1)) }
            try place.setTimers(
                names.map { .set(kind: SettlementName.timerKind, key: $0.text, due: place.now) }, in: transaction)
            if count == 0 {
                try transaction.run("UPDATE closings SET done_at = now() WHERE closing_id = $1", done)
            }
        }
        return count > 0
    }

    /// What members' available money did in the month, and what they and their first level have sold.
    ///
    /// The bonus of a month is booked when it is closed, maybe months later, and counts where the next one opens.
    private static let statement: StaticString = """
        WITH moved AS (
            SELECT e.member_id, j.currency,
                sum(e.amount) FILTER (WHERE j.booked_at < $2 AND j.kind <> 'team'
                    OR j.kind = 'team' AND j.cause < $1) AS opening,
                sum(e.amount) FILTER (WHERE j.booked_at >= $2 AND j.kind = 'mature') AS matured,
                sum(e.amount) FILTER (WHERE j.booked_at >= $2 AND j.kind = 'reverse') AS reversed,
                sum(e.amount) FILTER (WHERE j.booked_at >= $2 AND j.kind = 'adjust') AS adjusted,
                sum(e.amount) FILTER (WHERE j.booked_at >= $2 AND j.kind IN ('payout', 'paid', 'returned')) AS paid_out
            FROM entries AS e JOIN journals AS j ON j.journal_id = e.journal_id
            WHERE e.account = 'available' AND (j.booked_at < $3 OR j.kind = 'team' AND j.cause < $1) AND ($4::text IS NULL OR e.member_id = $4)
            GROUP BY 1, 2),
        sold AS (
            SELECT member_id, currency, sum(amount) AS turnover
            FROM (SELECT seller AS member_id, currency, amount FROM turnovers
                  WHERE booked_at >= $2 AND booked_at < $3
                  UNION ALL
                  SELECT parent, currency, amount FROM turnovers
                  WHERE booked_at >= $2 AND booked_at < $3 AND parent IS NOT NULL) AS own
            WHERE $4::text IS NULL OR member_id = $4
            GROUP BY 1, 2),
        made AS (
            INSERT INTO settlements (period, currency, member_id, turnover, opening, matured, reversed, adjusted,
                paid_out)
            SELECT $1, currency, member_id, coalesce(s.turnover, 0), coalesce(m.opening, 0), coalesce(m.matured, 0),
                -coalesce(m.reversed, 0), coalesce(m.adjusted, 0), -coalesce(m.paid_out, 0)
            FROM moved AS m FULL JOIN sold AS s USING (member_id, currency)
            ON CONFLICT DO NOTHING
            RETURNING 1)
        SELECT count(*) FROM made
        """
}
