import Contracts
import FulfilmentDomain
import Postgres

/// Who wants goods to stay, and which; a row goes when its asker lets go.
enum StopsTable {
    static let selection: StaticString = """
        SELECT order_id, asker, kind FROM stops WHERE order_id = ANY($1::text[]) ORDER BY sequence
        """
    static let lineSelection: StaticString = """
        SELECT order_id, asker, line_id, quantity FROM stop_lines
        WHERE order_id = ANY($1::text[]) ORDER BY order_id, asker, position
        """

    /// - Returns: By order, oldest first.
    static func read(_ rows: Rows, lines lineRows: Rows) -> [String: [Stop]] {
        var lines: [String: [LinePieces]] = [:]
        for row in lineRows {
            lines["\(row.text(0))/\(row.text(1))", default: []].append(
                LinePieces(lineID: row.text(2), quantity: row.int64(3)))
        }
        var stops: [String: [Stop]] = [:]
        for row in rows {
            stops[row.text(0), default: []].append(
                Stop(
                    asker: row.text(1), kind: word(row.text(2)), lines: lines["\(row.text(0))/\(row.text(1))"] ?? []))
        }
        return stops
    }

    static func save(_ orders: [ChangedOrder], in transaction: borrowing Transaction) throws {
        var ended: [(orderID: String, asker: String)] = []
        var new: [(orderID: String, stop: Stop)] = []
        for order in orders {
            let id = order.order.orderID.text
            let stored = order.stored?.stops ?? []
            for stop in stored where !order.order.stops.contains(stop) { ended.append((id, stop.asker)) }
            for stop in order.order.stops where !stored.contains(stop) { new.append((id, stop)) }
        }
        try delete(ended, in: transaction)
        try insert(new, in: transaction)
    }

    private static func delete(
        _ ended: [(orderID: String, asker: String)], in transaction: borrowing Transaction
    ) throws {
        guard !ended.isEmpty else { return }
        var parameters = Parameters()
        parameters.append(ended.map(\.orderID))
        parameters.append(ended.map(\.asker))
        try transaction.run(
            """
            DELETE FROM stops s USING unnest($1::text[], $2::text[]) AS e(order_id, asker)
            WHERE s.order_id = e.order_id AND s.asker = e.asker
            """, parameters)
    }

    private static func insert(
        _ new: [(orderID: String, stop: Stop)], in transaction: borrowing Transaction
    ) throws {
        guard !new.isEmpty else { return }
        var parameters = Parameters()
        parameters.append(new.map(\.orderID))
        parameters.append(new.map(\.stop.asker))
        parameters.append(new.map(\.stop.kind.rawValue))
        try transaction.run(
            """
            INSERT INTO stops (order_id, asker, kind)
            SELECT order_id, asker, kind FROM unnest($1::text[], $2::text[], $3::text[])
                WITH ORDINALITY AS n(order_id, asker, kind, ordinal) ORDER BY ordinal
            """, parameters)
        var lines: [(orderID: String, asker: String, position: Int32, line: LinePieces)] = []
        for (orderID, stop) in new {
            for (position, line) in stop.lines.enumerated() {
                lines.append((orderID, stop.asker, Int32(position), line))
            }
        }
        guard !lines.isEmpty else { return }
        var lineParameters = Parameters()
        lineParameters.append(lines.map(\.orderID))
        lineParameters.append(lines.map(\.asker))
        lineParameters.append(lines.map(\.line.lineID))
        lineParameters.append(lines.map(\.position))
        lineParameters.append(lines.map(\.line.quantity))
        try transaction.run(
            """
            INSERT INTO stop_lines (order_id, asker, line_id, position, quantity)
            SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::int4[], $5::int8[])
            """, lineParameters)
    }
}
