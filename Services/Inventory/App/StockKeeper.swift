import Contracts
import InventoryDomain
import Logging
import Pipeline
import Postgres

/// What inventory does beside its lanes, one instance at a time: forecasts, availability told again, the self-check.
struct StockKeeper: SideWork {
    let name = "stock-keeper"
    private let forecaster: Forecaster

    init(_ settings: ForecastSettings) { forecaster = Forecaster(settings) }

    func step(_ place: SideWorkPlace) throws {
        let requests = try SideRequestTable.read(place.connection)
        let isNewDay = try forecaster.isDue(place.calendar.day(of: place.now), place.connection)
        guard isNewDay || !requests.isEmpty, try lock(place.connection) else { return }
        defer { unlock(place.connection) }
        let republished = requests.filter { $0.kind == .republish }
        if !republished.isEmpty { try Republisher.run(place, answering: republished) }
        let wanted = requests.filter { $0.kind == .forecast }
        if isNewDay || !wanted.isEmpty {
            let isForAll = isNewDay || wanted.contains { $0.sku == nil }
            try forecaster.run(isForAll ? nil : wanted.compactMap(\.sku), place, answering: wanted)
        }
        if isNewDay, !place.isStopping { try SelfCheck.run(place) }
    }

    /// Answers false while another instance works.
    private func lock(_ connection: Connection) throws -> Bool {
        try connection.query(
            "SELECT pg_try_advisory_lock(hashtextextended('stock keeper of ' || current_schema(), 0))")[0].bool(0)
    }

    /// A session that is lost has lost its lock with it.
    private func unlock(_ connection: Connection) {
        _ = try? connection.query(
            "SELECT pg_advisory_unlock(hashtextextended('stock keeper of ' || current_schema(), 0))")
    }
}

/// Has the availability of every SKU told again, a timer for each.
enum Republisher {
    private static let sliceSize: Int64 = 500

    static func run(_ place: SideWorkPlace, answering requests: [SideRequest]) throws {
        var last = ""
        while !place.isStopping {
            var parameters = Parameters()
            parameters.append(last)
            parameters.append(sliceSize)
            let skus = try place.connection.query(
                "SELECT sku FROM stock_skus WHERE sku > $1 ORDER BY sku LIMIT $2", parameters
            ).map { $0.text(0) }
            try place.connection.transaction { transaction in
                try place.setTimers(
                    skus.map { .set(kind: TimerKind.republish, key: $0, due: place.now) }, in: transaction)
                if skus.isEmpty { try SideRequestTable.delete(requests, in: transaction) }
            }
            guard let end = skus.last else { return }
            last = end
        }
    }
}

/// Rebuilds every counter from movements and open reservations, and keeps what differs in `stock_differences`.
///
/// - Source: DESIGN section 5, I2 and I3; `RepairStock` mends what is found.
enum SelfCheck {
    static func run(_ place: SideWorkPlace) throws {
        var parameters = Parameters()
        parameters.appendTimestamp(milliseconds: place.now.milliseconds)
        let found = try place.connection.transaction { transaction in
            try transaction.run("DELETE FROM stock_differences")
            return try transaction.query(
                """
                INSERT INTO stock_differences (sku, warehouse, on_hand, moved, reserved, open, found_at)
                SELECT sku, warehouse, coalesce(on_hand, 0), coalesce(moved, 0), coalesce(reserved, 0),
                    coalesce(open, 0), $1
                FROM stock_levels
                FULL JOIN (SELECT sku, warehouse, sum(quantity)::bigint AS moved FROM movements GROUP BY 1, 2) AS m
                    USING (sku, warehouse)
                FULL JOIN (SELECT sku, warehouse, sum(quantity - shipped - released)::bigint AS open
                    FROM reservations WHERE shipped + released < quantity GROUP BY 1, 2) AS r USING (sku, warehouse)
                WHERE (coalesce(on_hand, 0), coalesce(reserved, 0))
                    IS DISTINCT FROM (coalesce(moved, 0), coalesce(open, 0))
                RETURNING sku, warehouse
                """, parameters
            ).map { "\($0.text(0)) in \($0.text(1))" }
        }
        guard !found.isEmpty else { return }
        Logger(label: "self-check").error(
            "counters differ from their books",
            metadata: ["count": "\(found.count)", "first": "\(found.prefix(5).joined(separator: ", "))"])
    }
}
