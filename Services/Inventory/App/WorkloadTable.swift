import Contracts
import InventoryDomain
import Postgres

/// The table `workloads`: what each warehouse was given on its newest day.
enum WorkloadTable {
    /// Locked in ascending order of the warehouses' ids.
    static func load(_ warehouses: [String], in transaction: borrowing Transaction) throws -> [Workload] {
        var parameters = Parameters()
        parameters.append(warehouses)
        return try transaction.query(
            """
            SELECT warehouse, day, parcels FROM workloads
            WHERE warehouse = ANY($1::text[]) ORDER BY warehouse FOR UPDATE
            """, parameters
        ).map { row in
            Workload(
                warehouse: row.text(0), day: CivilDay(daysSinceEpoch: row.daysSinceEpoch(1)), parcels: row.int64(2),
                isStored: true)
        }
    }

    static func save(_ workloads: [Workload], in transaction: borrowing Transaction) throws {
        try write(
            """
            INSERT INTO workloads (warehouse, day, parcels)
            SELECT * FROM unnest($1::text[], $2::date[], $3::int8[])
            """, workloads.filter { !$0.isStored }, in: transaction)
        try write(
            """
            UPDATE workloads w SET day = n.day, parcels = n.parcels
            FROM unnest($1::text[], $2::date[], $3::int8[]) AS n(warehouse, day, parcels)
            WHERE w.warehouse = n.warehouse
            """, workloads.filter(\.isStored), in: transaction)
    }

    private static func write(
        _ sql: StaticString, _ workloads: [Workload], in transaction: borrowing Transaction
    ) throws {
        guard !workloads.isEmpty else { return }
        var parameters = Parameters()
        parameters.append(workloads.map(\.warehouse))
        parameters.appendDates(workloads.map(\.day.daysSinceEpoch))
        parameters.append(workloads.map(\.parcels))
        try transaction.run(sql, parameters)
    }
}
