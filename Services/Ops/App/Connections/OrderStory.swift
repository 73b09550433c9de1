import Contracts
import Foundation
import Kafka
import Postgres

/// One order as all services see it: where it stands, and every fact about it in the order of their times.
struct OrderStory {
    let orderID: String
    /// Titles and values of the head, for people and programs alike.
    let head: [(title: String, value: String)]
    let sections: [ReportSection]
    let facts: [ToldFact]

    /// Topics whose key is an order's id.
    private static let topics: [Topic] = [
        .intakeOrders, .inventoryStock, .fulfilmentShipments, .afterSalesCases, .afterSalesRefunds, .commissionEntries,
    ]

    /// - Parameter name: The order's id, or `channel/externalOrderId`.
    /// - Returns: `nil` when intake has no such order.
    init?(_ name: String, _ connection: Connection, _ environment: OpsEnvironment) throws {
        var parameters = Parameters()
        parameters.append(name)
        guard let row = try connection.query(OrderQueries.find, parameters).first else { return nil }
        orderID = row.text(0)
        head = Self.head(row)
        var own = Parameters()
        own.append(orderID)
        sections = try OrderQueries.sections.map { try $0.ask(connection, own) }
        let told = try Self.facts(of: orderID, Self.topics, environment)
        // What platforms are told is kept under their own name of the order.
        let updates = try Self.facts(of: "\(row.text(1))/\(row.text(2))", [.channelUpdates], environment)
        facts = (told + updates).sorted { ($0.time, $0.rank) < ($1.time, $1.rank) }
    }

    private static func head(_ row: Row) -> [(title: String, value: String)] {
        let currency = row.text(8)
        func money(_ column: Int) -> String { "\(row.int64(column)) \(currency)" }
        var head = [
            ("order", row.text(0)), ("channel", "\(row.text(1))/\(row.text(2))"), ("placed", row.text(3)),
            ("state", row.text(4)), ("stock", row.text(5)), ("refunds", row.text(6)), ("total", money(9)),
            ("paid", money(10)), ("refunded", money(11)),
        ]
        if row.int64(12) > 0 { head.append(("excess", money(12))) }
        if let reason = row.textOrNil(7) { head.append(("because", reason)) }
        head.append(("distributor", row.textOrNil(13) ?? "none"))
        return head.map { (title: $0.0, value: $0.1) }
    }

    /// Reads the order's own partition of each topic.
    private static func facts(
        of key: String, _ topics: [Topic], _ environment: OpsEnvironment
    ) throws -> [ToldFact] {
        let reader = try TopicReader(topics.map(\.name), key: key, from: .beginning, environment)
        defer { reader.close() }
        var facts: [ToldFact] = []
        let limit = Date(timeIntervalSinceNow: 120)
        while true {
            let records = try reader.next(timeoutMilliseconds: 500)
            for record in records where record.key.map({ String(decoding: $0, as: UTF8.self) }) == key {
                let rank = Self.topics.firstIndex { $0.name == reader.topic(of: record) } ?? Self.topics.count
                facts.append(ToldFact(record, topic: reader.topic(of: record), rank: rank))
            }
            if records.isEmpty, reader.isAtEnd { return facts }
            guard Date() < limit else { throw OpsFailure("the topics could not be read to their end in two minutes") }
        }
    }

    var text: String {
        let width = head.map(\.title.count).max() ?? 0
        let lines = head.map { $0.title.padding(toLength: width + 2, withPad: " ", startingAt: 0) + $0.value }
        let timeline = "timeline\n" + Screen.table(ToldFact.head, facts.map(\.row))
        return ([lines.joined(separator: "\n")] + sections.compactMap(\.text) + [timeline]).joined(separator: "\n\n")
    }
}

extension OrderStory: JSONCoded {
    /// It is only ever written.
    init(_ json: JSONObject) throws(Fault) { throw Fault("is not read") }

    func write(to json: inout JSONWriter) {
        for item in head { json.field(named: item.title, item.value) }
        for section in sections { section.write(to: &json) }
        json.array("timeline") { array in
            for fact in facts { array.element { fact.write(to: &$0) } }
        }
    }
}
