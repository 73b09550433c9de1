import Contracts
import Foundation
import Postgres

/// Has inventory set every counter that differs from its books to them, one after the other.
struct StockRepairs {
    private static let most: Int64 = 1000
    private let environment: OpsEnvironment
    private let actor: String
    private let reason: String

    init(_ environment: OpsEnvironment, actor: String, reason: String) throws {
        self.environment = environment
        self.actor = actor
        self.reason = reason
    }

    /// Answers a line for each.
    func run(_ connection: Connection) throws -> [String] {
        var parameters = Parameters()
        parameters.append(Self.most)
        let places = try connection.query(
            """
            SELECT sku, warehouse FROM stock_levels
            LEFT JOIN (SELECT sku, warehouse, sum(quantity) AS moved FROM movements GROUP BY 1, 2) AS m
                USING (sku, warehouse)
            LEFT JOIN (SELECT sku, warehouse, sum(quantity - shipped - released) AS open FROM reservations GROUP BY 1, 2)
                AS r USING (sku, warehouse)
            WHERE (on_hand, reserved) IS DISTINCT FROM (coalesce(moved, 0), coalesce(open, 0))
            ORDER BY sku, warehouse LIMIT $1
            """, parameters
        ).map { (sku: $0.text(0), warehouse: $0.text(1)) }
        return try places.map { place in
            let head = CommandHead(
                commandID: UUID().uuidString.lowercased(), actor: actor, reason: reason,
                issuedAt: Instant(milliseconds: Int64(Date().timeIntervalSince1970 * 1000)))
            let command = RepairStock(head: head, sku: place.sku, warehouse: place.warehouse)
            let answer = try CommandDesk(environment).ask(
                OutgoingRecord(command, on: .commands(of: "inventory"), key: command.key, id: head.commandID),
                service: "inventory", commandID: head.commandID, waitSeconds: 30)
            let words = answer.reason.map { ": \($0)" } ?? ""
            return "\(place.sku) in \(place.warehouse) \(answer.outcome.rawValue)\(words)"
        }
    }
}
