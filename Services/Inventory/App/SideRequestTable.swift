import Contracts
import InventoryDomain
import Postgres

/// The table `side_requests`: what is wanted outside of the lanes.
enum SideRequestTable {
    private static let everySku = "*"

    /// A request that stands already is renewed.
    static func save(_ requests: [SideRequest], in transaction: borrowing Transaction) throws {
        guard !requests.isEmpty else { return }
        try transaction.run(
            """
            INSERT INTO side_requests (kind, sku, requested_at)
            SELECT * FROM unnest($1::text[], $2::text[], $3::timestamptz[])
            ON CONFLICT (kind, sku) DO UPDATE SET requested_at = EXCLUDED.requested_at
            """, parameters(requests))
    }

    static func read(_ connection: Connection) throws -> [SideRequest] {
        try connection.query("SELECT kind, sku, requested_at FROM side_requests").map { row in
            guard let kind = SideRequest.Kind(rawValue: row.text(0)) else {
                preconditionFailure("kind \(row.text(0)) of side_requests is unknown")
            }
            let sku = row.text(1) == everySku ? nil : row.text(1)
            return SideRequest(kind, sku: sku, at: Instant(milliseconds: row.milliseconds(2)))
        }
    }

    /// Takes back what was done, unless it was asked for again meanwhile.
    static func delete(_ requests: [SideRequest], in transaction: borrowing Transaction) throws {
        guard !requests.isEmpty else { return }
        try transaction.run(
            """
            DELETE FROM side_requests r USING unnest($1::text[], $2::text[], $3::timestamptz[]) AS n(kind, sku, at)
            WHERE r.kind = n.kind AND r.sku = n.sku AND r.requested_at = n.at
            """, parameters(requests))
    }

    private static func parameters(_ requests: [SideRequest]) -> Parameters {
        var parameters = Parameters()
        parameters.append(requests.map(\.kind.rawValue))
        parameters.append(requests.map { $0.sku ?? everySku })
        parameters.appendTimestamps(requests.map(\.at.milliseconds))
        return parameters
    }
}
