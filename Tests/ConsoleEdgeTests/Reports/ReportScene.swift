import ConsoleDomain
import Contracts
import HTTPTypes
import HummingbirdCore
import NIOCore
import Postgres
import Synchronization

@testable import Console
@testable import ConsoleEdge

extension SiteRig {
    /// 360 orders of the sixty days until the rig's 18 November, three channels, three warehouses and a tree of
    /// members R → P1, P2 → M1 … M4; every value follows from an order's number.
    func fillReports() throws {
        try run(
            """
            INSERT INTO orders (order_id, kind, channel, external_order_id, placed_at, day, currency, goods_total,
                freight, total, seller, chain, state, refund_status, paid, refunded, warehouses, changed_at)
            SELECT 'ORDER' || lpad(n::text, 4, '0'), 'sale', (ARRAY['app', 'shop', 'agent'])[1 + n % 3], 'X' || n,
                d + interval '12 hours', (d AT TIME ZONE 'Asia/Shanghai')::date, 'CNY', t - 800, 800, t,
                CASE WHEN n % 5 > 0 THEN 'M' || n % 5 END,
                CASE WHEN n % 5 > 0 THEN ARRAY['M' || n % 5, 'P' || 1 + n % 2, 'R'] ELSE '{}' END,
                (ARRAY['completed', 'paid', 'shipped', 'pending-payment', 'cancelled', 'delivered',
                    'partially-shipped'])[1 + n % 7],
                (ARRAY['none', 'none', 'partial', 'full'])[1 + n % 4],
                CASE WHEN n % 7 IN (3, 4) THEN 0 ELSE t END, CASE WHEN n % 4 = 2 THEN 100 WHEN n % 4 = 3 THEN t / 2
                ELSE 0 END,
                (ARRAY[ARRAY['w1', ''], ARRAY['w2', ''], ARRAY['w1', 'w2'], ARRAY['w3', '']])[1 + n % 4:1 + n % 4],
                now()
            FROM (SELECT n, 1000 + n * 37 AS t, timestamptz '2026-11-18 00:00+08' - n % 60 * interval '1 day' AS d
                  FROM generate_series(1, 360) AS n) AS made;
            UPDATE orders SET warehouses = array_remove(ARRAY(SELECT unnest(warehouses)), '');
            INSERT INTO order_lines (order_id, line_id, sku, quantity, unit_price, discount, paid, freight_share, gift,
                refunded_quantity, refunded_amount)
            SELECT order_id, l::text, 'SKU-' || (total + l) % 7, l, 10, 0, total / 2, 0, false,
                CASE WHEN refunded > 0 THEN 1 ELSE 0 END, refunded / 2
            FROM orders, generate_series(1, 2) AS l;
            INSERT INTO current_records (topic, key, partition_offset, body)
            SELECT 'catalog.items.v1', 'SKU-' || n, 0, json_build_object('name', 'Item ' || n, 'cost', 5,
                'category', CASE WHEN n % 2 = 0 THEN 'tea' ELSE 'cups' END) FROM generate_series(0, 6) AS n;
            INSERT INTO members (member_id, parent_id, grade, name, status, effective_from) VALUES
                ('R', NULL, 'gold', 'Root', 'active', now()), ('P1', 'R', 'silver', 'One', 'active', now()),
                ('P2', 'R', 'silver', 'Two', 'active', now()), ('M1', 'P2', 'base', 'm1', 'active', now()),
                ('M2', 'P1', 'base', 'm2', 'active', now()), ('M3', 'P2', 'base', 'm3', 'active', now()),
                ('M4', 'P1', 'base', 'm4', 'active', now());
            INSERT INTO earnings (order_id, member_id, currency, accrued, matured, accrued_at)
            SELECT order_id, m, 'CNY', total / 10, CASE WHEN day < '2026-11-01' THEN total / 10 ELSE 0 END, placed_at
            FROM orders, unnest(chain) AS m;
            INSERT INTO visits (day, channel, member_id, sku, visits)
            SELECT date '2026-11-18' - n, 'app', 'M' || 1 + n % 4, '', 10 + n FROM generate_series(0, 59) AS n;
            INSERT INTO stock_levels (sku, warehouse, on_hand, reserved, available)
            SELECT 'SKU-' || n, 'w' || 1 + n % 3, 40 + n, 0, 40 + n FROM generate_series(0, 6) AS n;
            INSERT INTO movements (movement_id, sku, warehouse, kind, quantity, balance, at)
            SELECT 'V' || n, 'SKU-' || n % 7, 'w' || 1 + n % 7 % 3, 'shipped', -1, 0,
                timestamptz '2026-11-18' - n * interval '6 hours' FROM generate_series(1, 100) AS n;
            INSERT INTO cases (case_id, order_id, kind, reason, state, refunded, opened_at)
            SELECT order_id || '-A1', order_id, 'return', CASE WHEN right(order_id, 1) IN ('2', '6') THEN 'broken' ELSE '<b>late</b>' END,
                'requested', refunded, placed_at + interval '1 hour' FROM orders WHERE refund_status = 'partial';
            INSERT INTO day_marks (day) SELECT DISTINCT day FROM orders;
            """)
        try addUp()
    }

    func addUp() throws {
        let connection = try connect()
        defer { connection.close() }
        for _ in 0..<10 where try RollupWork.addUp(connection) == 0 { return }
    }
}

extension Reply {
    /// All bytes, also those that are made while they are sent.
    func bytes() async throws -> [UInt8] {
        switch body {
        case .bytes(let bytes): return bytes
        case .stream(let write):
            let kept = KeptBytes()
            var writer: any ResponseBodyWriter = Sink(kept: kept)
            try await write(&writer)
            return kept.all
        }
    }

    /// How many bytes come, none of them kept.
    func length() async throws -> Int {
        guard case .stream(let write) = body else { return text.utf8.count }
        let kept = KeptBytes(keepsNone: true)
        var writer: any ResponseBodyWriter = Sink(kept: kept)
        try await write(&writer)
        return kept.count
    }

    /// The rows of a CSV file without quotes in it, the titles first.
    func rows() async throws -> [[String]] { Self.rows(of: try await bytes()) }

    static func rows(of bytes: [UInt8]) -> [[String]] {
        String(decoding: bytes, as: UTF8.self).split(separator: "\r\n").map {
            $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        }
    }
}

private struct Sink: ResponseBodyWriter {
    let kept: KeptBytes

    mutating func write(_ buffer: ByteBuffer) async throws { kept.add(Array(buffer.readableBytesView)) }
    consuming func finish(_ trailingHeaders: HTTPFields?) async throws {}
}

private final class KeptBytes: Sendable {
    private let keepsNone: Bool
    private let bytes = Mutex<(all: [UInt8], count: Int)>(([], 0))

    init(keepsNone: Bool = false) { self.keepsNone = keepsNone }

    func add(_ more: [UInt8]) {
        bytes.withLock { bytes in
            if !keepsNone { bytes.all += more }
            bytes.count += more.count
        }
    }

    var all: [UInt8] { bytes.withLock { $0.all } }
    var count: Int { bytes.withLock { $0.count } }
}
