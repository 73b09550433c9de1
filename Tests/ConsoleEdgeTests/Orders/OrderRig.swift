import ConsoleDomain
import Contracts
import Foundation
import HTTPTypes
import Pipeline
import Postgres
import Support
import Testing

@testable import Console
@testable import ConsoleEdge

extension SiteRig {
    /// Brings facts into the read tables as the service does.
    func tell(_ facts: [any Fact]) throws {
        let connection = try connect()
        defer { connection.close() }
        let told = try connection.rows("SELECT count(*) FROM facts")[0].int64(0)
        try connection.transaction { transaction in
            var state = State<ReadRow>()
            for (number, fact) in facts.enumerated() {
                for row in try readInbound(inbound(fact, told + Int64(number)), calendar: .shanghai) {
                    evolve(&state, by: row)
                }
            }
            try ConsoleTables().save(state, in: transaction)
        }
    }

    private func inbound(_ fact: some Fact, _ offset: Int64) throws -> Inbound {
        let envelope = Envelope(
            id: "\(fact.topic)/\(fact.key)/\(fact.version)", type: type(of: fact).type, source: "/tests",
            time: .sample + .minutes(offset))
        let headers = Dictionary(envelope.headers.map { ($0.name, Array($0.value.utf8)) }) { first, _ in first }
        return try Inbound(
            topic: fact.topic, partition: 3, offset: offset, recordedAt: .sample, key: Array(fact.key.utf8),
            value: fact.jsonBytes
        ) { headers[$0] }
    }

    func item(_ sku: String, _ name: String) throws {
        try record("catalog.items.v1", sku, JSONWriter.object { $0.field("name", name) })
    }

    func channel(_ channel: String, _ name: String, money: String = "own", clocks: String = "own") throws {
        try record(
            "catalog.channels.v1", channel,
            JSONWriter.object { json in
                json.field("name", name)
                json.field("money", money)
                json.field("clocks", clocks)
            })
    }

    private func record(_ topic: String, _ key: String, _ body: [UInt8]) throws {
        let connection = try connect()
        defer { connection.close() }
        try connection.rows(
            """
            INSERT INTO current_records (topic, key, partition_offset, body)
            VALUES (\(topic), \(key), 0, \(String(decoding: body, as: UTF8.self))::json)
            """)
    }

    /// Many paid orders, two of each minute.
    func fill(_ count: Int) throws {
        try run(
            """
            INSERT INTO orders (order_id, channel, external_order_id, placed_at, day, currency, total, state, changed_at)
            SELECT 'ORDER' || lpad(n::text, 6, '0'), 'wechat-mini', 'X' || n,
                timestamptz '2026-11-01' + (n / 2) * interval '1 minute', date '2026-11-01', 'CNY', n % 7, 'paid',
                timestamptz '2026-11-01'
            FROM generate_series(1, \(count)) AS n
            """)
    }

    /// What was published: type, key and body of each.
    var asked: [String] {
        sent.map { message in
            "\(CommandDesk.shortName(message.envelope.type)) \(message.key) \(String(decoding: message.value, as: UTF8.self))"
        }
    }
}

extension Reply {
    /// The ids of the orders that a list shows, in its order.
    var orders: [String] {
        text.components(separatedBy: "<tr data-order=\"").dropFirst().map { String($0.prefix { $0 != "\"" }) }
    }

    /// The address behind a link to another page of a list.
    func link(_ relation: String) -> String? {
        text.components(after: "rel=\"\(relation)\" href=\"").map {
            String($0.prefix { $0 != "\"" }).replacing("&amp;", with: "&")
        }
    }
}
