import ConsoleDomain
import Contracts
import Postgres

/// A report that is written by itself, again and again.
struct ExportSchedule: Sendable {
    let scheduleID: Int64
    let userID: Int64
    let userName: String
    let report: String
    let query: String
    let format: ExportFormat
    let language: Language
    let rhythm: ExportRhythm
    let nextAt: Instant
    let lastAt: Instant?
    let lastFile: String?
    let lastFault: String?
}

/// The table `export_schedules`.
enum ScheduleRows {
    static let maximumCount = 100

    private static let columns: SQL = """
        SELECT s.schedule_id, s.user_id, u.name, s.report, s.query, s.format, s.language, s.weekday, s.hour, s.next_at,
            s.last_at, s.last_file, s.last_fault
        FROM export_schedules s JOIN users u USING (user_id)
        """

    /// A user's own, or those of all.
    static func all(of userID: Int64?, in connection: Connection) throws(PostgresError) -> [ExportSchedule] {
        try connection.rows(
            """
            \(columns) WHERE \(userID) IS NULL OR s.user_id = \(userID) ORDER BY s.schedule_id
            LIMIT \(maximumCount)
            """
        ).compactMap(schedule)
    }

    /// The one that has been due longest, kept from others until the transaction ends.
    static func takeDue(
        at now: Instant, in transaction: borrowing Transaction
    ) throws(PostgresError) -> ExportSchedule? {
        try transaction.rows(
            "\(columns) WHERE s.next_at <= \(now) ORDER BY s.next_at LIMIT 1 FOR UPDATE OF s SKIP LOCKED"
        ).first.flatMap(schedule)
    }

    private static func schedule(_ row: Row) -> ExportSchedule? {
        guard let format = ExportFormat(rawValue: row.text(5)), let language = Language(rawValue: row.text(6)),
            let rhythm = ExportRhythm(weekday: row.int64OrNil(7).map(Int.init), hour: Int(row.int64(8)))
        else { return nil }
        return ExportSchedule(
            scheduleID: row.int64(0), userID: row.int64(1), userName: row.text(2), report: row.text(3),
            query: row.text(4), format: format, language: language, rhythm: rhythm, nextAt: row.instant(9),
            lastAt: row.instantOrNil(10), lastFile: row.textOrNil(11), lastFault: row.textOrNil(12))
    }

    /// - Returns: False when there are as many as there may be.
    static func add(
        _ report: String, query: String, _ format: ExportFormat, _ language: Language, _ rhythm: ExportRhythm,
        next: Instant, of userID: Int64, in transaction: borrowing Transaction
    ) throws(PostgresError) -> Bool {
        let kind = rhythm.weekday == nil ? "daily" : "weekly"
        return try transaction.rows(
            """
            INSERT INTO export_schedules (user_id, report, query, format, language, rhythm, weekday, hour, next_at)
            SELECT \(userID), \(report), \(query), \(format.rawValue), \(language.rawValue), \(kind),
                \(rhythm.weekday.map(Int64.init)), \(rhythm.hour), \(next)
            WHERE (SELECT count(*) FROM export_schedules) < \(maximumCount)
            RETURNING schedule_id
            """
        ).count == 1
    }

    /// - Parameter userID: Whose it has to be; nil for anybody's.
    /// - Returns: False when there is no such one.
    static func remove(
        _ scheduleID: Int64, of userID: Int64?, in transaction: borrowing Transaction
    ) throws(PostgresError) -> Bool {
        try transaction.rows(
            """
            DELETE FROM export_schedules
            WHERE schedule_id = \(scheduleID) AND (\(userID) IS NULL OR user_id = \(userID)) RETURNING schedule_id
            """
        ).count == 1
    }

    static func written(
        _ schedule: ExportSchedule, file: String?, fault: String?, at now: Instant, next: Instant,
        in transaction: borrowing Transaction
    ) throws(PostgresError) {
        try transaction.rows(
            """
            UPDATE export_schedules SET last_at = \(now), last_file = coalesce(\(file), last_file),
                last_fault = \(fault), next_at = \(next) WHERE schedule_id = \(schedule.scheduleID)
            """)
    }
}
