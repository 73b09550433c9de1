import ConsoleDomain
import Postgres

/// What the filters of orders offer, as far as the viewer sees it.
struct OrderChoices: Sendable {
    /// Names by id.
    let channels: [(id: String, name: String)]
    let warehouses: [(id: String, name: String)]

    private static let most = 500

    static func read(_ viewer: Viewer, in connection: Connection) throws(PostgresError) -> OrderChoices {
        let channels = try connection.rows(
            "SELECT channel, COALESCE(name, channel) FROM channels ORDER BY channel LIMIT \(most)")
        let warehouses = try connection.rows(
            "SELECT warehouse, COALESCE(name, warehouse) FROM warehouses ORDER BY warehouse LIMIT \(most)")
        var own: (channels: [String]?, warehouses: [String]?)
        switch viewer.scope {
        case .channels(let ids): own.channels = ids
        case .warehouses(let ids): own.warehouses = ids
        case .all, .downline, .own: break
        }
        return OrderChoices(
            channels: channels.map { ($0.text(0), $0.text(1)) }.filter { own.channels?.contains($0.0) ?? true },
            warehouses: warehouses.map { ($0.text(0), $0.text(1)) }.filter { own.warehouses?.contains($0.0) ?? true })
    }

    /// A channel's name; its id while nothing is known of it.
    func channel(_ id: String) -> String { channels.first { $0.id == id }?.name ?? id }
    func warehouse(_ id: String) -> String { warehouses.first { $0.id == id }?.name ?? id }
}
