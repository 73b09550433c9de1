import Postgres

@testable import Console

/// The rows of the rollups as text.
enum Told {
    static let sales: StaticString = """
        SELECT concat_ws(' ', warehouse || '/' || channel || '/' || currency || '/' || state || '/' || day, orders,
            credited, total, paid, refunded, partly_refunded, fully_refunded) FROM sales_days
        """
    static let members: StaticString = """
        SELECT concat_ws(' ', member_id || '/' || channel || '/' || currency || '/' || state || '/' || day, own_orders,
            own_total, own_paid, own_refunded, own_partly_refunded, own_fully_refunded, orders, total, paid, refunded,
            partly_refunded, fully_refunded) FROM member_days
        """
    static let skus: StaticString = """
        SELECT concat_ws(' ', sku || '/' || channel || '/' || currency || '/' || day, orders, quantity, amount,
            sold_orders, sold_quantity, sold_amount, refunded_quantity, refunded_amount) FROM sku_days
        """
    static let earnings: StaticString = """
        SELECT concat_ws(' ', member_id || '/' || channel || '/' || currency || '/' || day, accrued, frozen, matured,
            reversed) FROM earning_days
        """
}

/// The same, added up order by order.
struct OrdersTold {
    private struct Order {
        let id, day, channel, currency, state, refund: String
        let total, paid, refunded: Int64
        let warehouses, chain: [String]
        let seller: String?

        var isSold: Bool { !["pending-payment", "cancelled"].contains(state) }
        var place: String { "\(channel)/\(currency)" }
        var sums: [Int64] {
            [1, total, paid, refunded, refund == "partial" ? 1 : 0, refund == "full" ? 1 : 0]
        }
    }

    private let orders: [Order]
    private let connection: Connection

    init(_ database: ConsoleDatabase) throws {
        connection = database.connection
        orders = try connection.query(
            """
            SELECT order_id, day::text, channel, currency, state, refund_status, total, paid, refunded,
                array_to_string(warehouses, ' '), array_to_string(chain, ' '), seller FROM orders
            """
        ).map { row in
            Order(
                id: row.text(0), day: row.text(1), channel: row.text(2), currency: row.text(3), state: row.text(4),
                refund: row.text(5), total: row.int64(6), paid: row.int64(7), refunded: row.int64(8),
                warehouses: row.text(9).split(separator: " ").map(String.init),
                chain: row.text(10).split(separator: " ").map(String.init), seller: row.textOrNil(11))
        }
    }

    private static func lines(_ sums: [String: [Int64]]) -> [String] {
        sums.map { "\($0.key) \($0.value.map(String.init).joined(separator: " "))" }.sorted()
    }

    private static func add(_ values: [Int64], to sums: inout [String: [Int64]], _ key: String) {
        sums[key] = zip(sums[key] ?? values.map { _ in 0 }, values).map { $0 + $1 }
    }

    var sales: [String] {
        var sums: [String: [Int64]] = [:]
        for order in orders {
            for warehouse in [""] + order.warehouses {
                var values = order.sums
                values.insert(order.seller == nil ? 0 : 1, at: 1)
                Self.add(values, to: &sums, "\(warehouse)/\(order.place)/\(order.state)/\(order.day)")
            }
        }
        return Self.lines(sums)
    }

    var members: [String] {
        var sums: [String: [Int64]] = [:]
        for order in orders {
            for member in Set(order.chain + [order.seller].compactMap { $0 }) {
                let none = order.sums.map { _ in Int64(0) }
                let values =
                    (member == order.seller ? order.sums : none) + (order.chain.contains(member) ? order.sums : none)
                Self.add(values, to: &sums, "\(member)/\(order.place)/\(order.state)/\(order.day)")
            }
        }
        return Self.lines(sums)
    }

    var skus: [String] {
        get throws {
            let lines = try connection.query(
                "SELECT order_id, sku, quantity, paid, refunded_quantity, refunded_amount FROM order_lines")
            var sums: [String: [Int64]] = [:]
            for order in orders {
                let own = lines.filter { $0.text(0) == order.id }
                for sku in Set(own.map { $0.text(1) }) {
                    func sum(_ column: Int) -> Int64 {
                        own.filter { $0.text(1) == sku }.reduce(0) { $0 + $1.int64(column) }
                    }
                    let sold: Int64 = order.isSold ? 1 : 0
                    Self.add(
                        [1, sum(2), sum(3), sold, sold * sum(2), sold * sum(3), sum(4), sum(5)], to: &sums,
                        "\(sku)/\(order.place)/\(order.day)")
                }
            }
            return Self.lines(sums)
        }
    }

    var earnings: [String] {
        get throws {
            let rows = try connection.query(
                """
                SELECT order_id, member_id, accrued, matured, reversed_frozen, reversed_matured FROM earnings
                """)
            var sums: [String: [Int64]] = [:]
            for order in orders {
                for row in rows where row.text(0) == order.id {
                    let (accrued, matured) = (row.int64(2), row.int64(3))
                    let (frozen, taken) = (row.int64(4), row.int64(5))
                    Self.add(
                        [accrued, accrued - matured - frozen, matured - taken, frozen + taken], to: &sums,
                        "\(row.text(1))/\(order.place)/\(order.day)")
                }
            }
            return Self.lines(sums)
        }
    }
}
