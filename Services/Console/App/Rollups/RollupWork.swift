import ConsoleDomain
import Contracts
import Pipeline
import Postgres
import Synchronization

/// Adds up the figures of days whose orders have changed, and of months that are over.
///
/// A mark is written in the transaction that changes an order and taken away in the one that adds up: so none is lost,
/// and a day that changes meanwhile is marked again.
final class RollupWork: SideWork {
    let name = "rollups"
    private let monthAt = Mutex<Instant?>(nil)
    private let restsUntil = Mutex<ContinuousClock.Instant?>(nil)

    /// The most days of one transaction.
    static let daysAtOnce = 31
    /// A month that still changes is not added up all the time.
    private static let pause = Duration.minutes(1)

    func step(_ place: SideWorkPlace) throws {
        if let rest = restsUntil.withLock({ $0 }), ContinuousClock.now < rest { return }
        let start = ContinuousClock.now
        while try Self.addUp(place.connection) == Self.daysAtOnce {
            if place.isStopping { return }
        }
        // A busy day changes all the time; to add it up takes a fifth of one connection's time at most.
        let taken = ContinuousClock.now - start
        restsUntil.withLock { $0 = .now + taken * 4 }
        let now = place.now
        if let last = monthAt.withLock({ $0 }), now < last + Self.pause { return }
        while !place.isStopping, try Self.rollMonth(place.connection, at: now, place.calendar) {}
        monthAt.withLock { $0 = now }
    }

    /// - Returns: How many days were added up; 0 also while another process is at it.
    static func addUp(_ connection: Connection) throws -> Int {
        try connection.transaction { transaction in
            guard try transaction.query(alone)[0].bool(0) else { return 0 }
            var limit = Parameters()
            limit.append(Int64(daysAtOnce))
            let days = Set(try transaction.query(takingMarks, limit).map { $0.daysSinceEpoch(0) }).sorted()
            guard !days.isEmpty else { return 0 }
            var parameters = Parameters()
            parameters.appendDates(days)
            let statements = [
                RollupSQL.sales, RollupSQL.members, RollupSQL.skus, RollupSQL.earnings, RollupSQL.visits,
                RollupSQL.months,
            ]
            for statement in statements { try transaction.run(statement, parameters) }
            return days.count
        }
    }

    /// Adds up the newest month before the present one that has to be.
    ///
    /// - Returns: False when all stand, or another process is at it.
    static func rollMonth(_ connection: Connection, at now: Instant, _ calendar: BusinessCalendar) throws -> Bool {
        let today = calendar.day(of: now)
        return try connection.transaction { transaction in
            guard try transaction.query(alone)[0].bool(0) else { return false }
            var limit = Parameters()
            limit.appendDate(daysSinceEpoch: CivilDay(year: today.year, month: today.month, day: 1).daysSinceEpoch)
            guard let month = try transaction.query(MonthSQL.next, limit).first?.daysSinceEpoch(0) else { return false }
            var parameters = Parameters()
            parameters.appendDate(daysSinceEpoch: month)
            for statement in MonthSQL.all { try transaction.run(statement, parameters) }
            let first = CivilDay(daysSinceEpoch: month)
            parameters.appendTimestamp(milliseconds: calendar.start(of: first).milliseconds)
            parameters.appendTimestamp(milliseconds: calendar.start(of: first.lastOfMonth + 1).milliseconds)
            try transaction.run(MonthSQL.stock, parameters)
            return true
        }
    }

    private static let alone: StaticString =
        "SELECT pg_try_advisory_xact_lock(hashtextextended(current_schema() || '.rollups', 0))"

    /// The newest days first: those that people look at.
    private static let takingMarks: StaticString = """
        DELETE FROM day_marks WHERE day IN (SELECT DISTINCT day FROM day_marks ORDER BY day DESC LIMIT $1)
        RETURNING day
        """
}
