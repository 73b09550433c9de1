import Contracts
import Logging
import Pipeline
import Postgres
import Synchronization

/// Works out once a day how long parcels take, from those that have arrived lately.
final class TransitKeeper: SideWork {
    let name = "transit-keeper"
    private let keptFor = Mutex<CivilDay?>(nil)

    /// Older parcels say little of today's carriers.
    private static let window = Duration.days(90)
    /// Fewer say nothing.
    private static let fewestParcels: Int64 = 10

    func step(_ place: SideWorkPlace) throws {
        let today = place.calendar.day(of: place.now)
        guard keptFor.withLock({ $0 }) != today else { return }
        let count = try Self.keep(at: place.now, place.connection)
        keptFor.withLock { $0 = today }
        Logger(label: name).info("transit times kept", metadata: ["ways": "\(count)"])
    }

    /// - Returns: How many ways are known now.
    static func keep(at now: Instant, _ connection: Connection) throws -> Int {
        var parameters = Parameters()
        parameters.appendTimestamp(milliseconds: (now + .milliseconds(-window.milliseconds)).milliseconds)
        parameters.append(fewestParcels)
        var count = 0
        try connection.transaction { transaction in
            try transaction.run("SELECT pg_advisory_xact_lock(hashtextextended('transit of ' || current_schema(), 0))")
            try transaction.run("DELETE FROM transit_times")
            count = try transaction.query(Self.statement, parameters).count
        }
        return count
    }

    /// Per carrier, warehouse and province, and to anywhere. Half a parcel's hour counts as a whole one.
    private static let statement: StaticString = """
        INSERT INTO transit_times (carrier, warehouse, province, median_hours, usual_hours, parcels)
        SELECT carrier, warehouse, coalesce(province, ''), ceil(percentile_cont(0.5) WITHIN GROUP (ORDER BY hours)),
            ceil(percentile_cont(0.8) WITHIN GROUP (ORDER BY hours)), count(*)
        FROM (
            SELECT s.carrier, s.warehouse, coalesce(o.province, '-') AS province,
                extract(epoch FROM s.delivered_at - s.dispatched_at)::float8 / 3600 AS hours
            FROM shipments s JOIN orders o USING (order_id)
            WHERE s.delivered_at > $1 AND s.delivered_at > s.dispatched_at AND s.parcel_id = s.shipment_id
                AND s.direction = 'out' AND s.carrier NOT IN ('self', 'none')) AS arrived
        GROUP BY GROUPING SETS ((carrier, warehouse, province), (carrier, warehouse))
        HAVING count(*) >= $2
        RETURNING carrier
        """
}
