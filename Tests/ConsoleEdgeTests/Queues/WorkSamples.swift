import Contracts
import Postgres
import Support

@testable import ConsoleEdge

/// Rows of what waits, put in by hand.
struct WorkSamples {
    let connection: Connection
    /// Of everything that is old.
    static let old = SiteRig.start + .days(-1)

    init(_ rig: SiteRig) throws { connection = try rig.connect() }

    static func orderID(_ number: Int) -> OrderID {
        OrderID(channel: "web", externalOrderID: "X-\(number)", placedAt: old)
    }

    /// An order that is paid.
    @discardableResult
    func order(
        _ number: Int, channel: String = "web", holds: [String] = [], seller: String? = nil,
        warehouses: [String] = ["W1"], state: String = "paid"
    ) throws -> String {
        let id = Self.orderID(number).text
        let chain = seller.map { [$0] } ?? []
        _ = try connection.rows(
            """
            INSERT INTO orders (order_id, channel, external_order_id, placed_at, currency, total, state, holds, seller,
                chain, warehouses, changed_at)
            VALUES (\(id), \(channel), \("X-\(number)"), \(Self.old + .minutes(Int64(number))), 'CNY', 12345, \(state),
                \(holds), \(seller), \(chain), \(warehouses), \(Self.old))
            """)
        return id
    }

    func line(_ orderID: String, sku: String, quantity: Int = 1) throws {
        _ = try connection.rows(
            """
            INSERT INTO order_lines (order_id, line_id, sku, quantity, unit_price, discount, paid, freight_share, gift)
            VALUES (\(orderID), '1', \(sku), \(quantity), 100, 0, 100, 0, FALSE)
            """)
    }

    @discardableResult
    func parcel(
        _ orderID: String, _ number: Int = 1, warehouse: String = "W1", state: String = "planned",
        shipBy: Instant? = nil, promisedBy: Instant? = nil, trackedAt: Instant? = nil, exception: String? = nil
    ) throws -> String {
        let id = "\(orderID)-S\(number)"
        _ = try connection.rows(
            """
            INSERT INTO parcels (shipment_id, order_id, warehouse, state, lines, planned_at, ship_by, dispatched_at,
                promised_by, tracked_at, exception, weight_grams)
            VALUES (\(id), \(orderID), \(warehouse), \(state), '[{"lineId":"1","sku":"SKU-1","quantity":2}]',
                \(Self.old), \(shipBy), \(state == "dispatched" ? Self.old : nil), \(promisedBy), \(trackedAt),
                \(exception), 500)
            """)
        return id
    }

    /// - Parameter opened: Before the rig's time.
    @discardableResult
    func afterSalesCase(
        _ orderID: String, kind: String = "return", state: String = "requested", reason: String = "too small",
        opened: Duration = .hours(1)
    ) throws -> String {
        let id = "\(orderID)-A1"
        let at = SiteRig.start + .milliseconds(-opened.milliseconds)
        _ = try connection.rows(
            """
            INSERT INTO cases (case_id, order_id, kind, reason, lines, amount, preview, state, opened_at, approved_at)
            VALUES (\(id), \(orderID), \(kind), \(reason), '[{"lineId":"1","sku":"SKU-1","quantity":2}]', 9900,
                '{"goods":9000,"freight":900,"commission":450,"stock":2}', \(state), \(at),
                \(state == "requested" ? nil : at))
            """)
        return id
    }

    func payout(_ id: String, member: String, amount: Int = 5000, state: String = "requested") throws {
        _ = try connection.rows(
            """
            INSERT INTO payouts (payout_id, member_id, amount, fee, tax, currency, state, requested_at)
            VALUES (\(id), \(member), \(amount), 50, 0, 'CNY', \(state), \(Self.old))
            """)
    }

    func earning(_ orderID: String, member: String, holds: String) throws {
        _ = try connection.rows(
            """
            INSERT INTO earnings (order_id, member_id, currency, accrued, holds, entry_id, accrued_at)
            VALUES (\(orderID), \(member), 'CNY', 1000, \(holds)::json, 'E-1', \(Self.old))
            """)
    }

    func member(_ id: String, under parent: String? = nil, body: DistributionMember? = nil) throws {
        _ = try connection.rows(
            """
            INSERT INTO members (member_id, parent_id, status, effective_from)
            VALUES (\(id), \(parent), 'active', \(Self.old))
            """)
        let member = body ?? DistributionMember(memberID: id, parentID: parent)
        try record(.distributionMembers, id, member.jsonBytes)
    }

    func record(_ topic: Topic, _ key: String, _ body: [UInt8], offset: Int = 1) throws {
        let text = String(decoding: body, as: UTF8.self)
        _ = try connection.rows(
            """
            INSERT INTO records (topic, key, partition_offset, effective_from, recorded_at, body)
            VALUES (\(topic.name), \(key), \(offset), \(Self.old), \(Self.old), \(text)::json)
            """)
        _ = try connection.rows(
            """
            INSERT INTO current_records (topic, key, partition_offset, body)
            VALUES (\(topic.name), \(key), \(offset), \(text)::json)
            ON CONFLICT (topic, key) DO UPDATE SET partition_offset = \(offset), body = EXCLUDED.body
            """)
    }

    func item(_ sku: String, name: String? = nil) throws {
        try record(.catalogItems, sku, CatalogItem(sku: sku, name: name, price: 1000).jsonBytes)
    }

    func lowStock(_ sku: String, suggested: Int? = 40) throws {
        _ = try connection.rows(
            "INSERT INTO stock (sku, available, incoming, quotas, at) VALUES (\(sku), 3, 0, '[]', \(Self.old))")
        _ = try connection.rows(
            "INSERT INTO alerts (sku, available, threshold, since) VALUES (\(sku), 3, 10, \(Self.old))")
        guard let suggested else { return }
        _ = try connection.rows(
            """
            INSERT INTO suggestions (sku, suggestion_id, quantity, available, incoming, expected_demand, cover_days,
                order_by, method, why, suggested_at)
            VALUES (\(sku), \("\(sku)-R1"), \(suggested), 3, 0, 30, 2, '2026-11-20', 'ses', 'sells 2 a day', \(Self.old))
            """)
    }

    func deadLetter(_ service: String, _ number: Int = 1, reason: String = "quantity 0 is not positive") throws {
        _ = try connection.rows(
            """
            INSERT INTO told_dead_letters (service, message_id, key, type, reason, field, topic, partition, partition_offset,
                attempts, failed_at)
            VALUES (\(service), \("dead/\(number)"), 'K', 'channel.order.v1', \(reason), 'lines[0].quantity',
                'channel.orders.v1', 3, \(number), 1, \(Self.old))
            """)
    }
}
