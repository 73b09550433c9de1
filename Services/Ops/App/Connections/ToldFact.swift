import Contracts
import Foundation
import Kafka

/// A fact as it stands in its topic, with what of it a person wants to see at a glance.
struct ToldFact {
    let topic: String
    let partition: Int32
    let offset: Int64
    /// When the service decided it.
    let time: String
    /// The short name, like `OrderPaid`.
    let name: String
    let causationID: String?
    let value: [UInt8]
    /// Of equal times, facts of earlier links of the chain come first.
    let rank: Int

    init(_ record: KafkaRecord, topic: String, rank: Int) {
        func header(_ name: String) -> String? { record.header(name).map { String(decoding: $0, as: UTF8.self) } }
        self.topic = topic
        self.rank = rank
        partition = record.partition
        offset = record.offset
        time = header("ce_time") ?? Instant(milliseconds: record.timestampMilliseconds).description
        let parts = (header("ce_type") ?? "?").split(separator: ".")
        name = parts.count > 1 ? String(parts[parts.count - 2]) : parts.joined()
        causationID = header("ce_causationid")
        value = record.value ?? []
    }

    static let head = ["when", "who", "what", "details", "topic/partition/offset"]

    var row: [String] {
        [time, String(topic.prefix { $0 != "." }), name, details, "\(topic)/\(partition)/\(offset)"]
    }

    /// Fields that say most, in the order people ask for them.
    private static let telling = [
        "caseId", "shipmentId", "requestId", "refundId", "kind", "reason", "status", "outcome", "rule", "by", "hold",
        "amount", "total", "excess", "missing", "refundDue", "freight", "warehouse", "carrier", "waybill", "location",
        "promisedBy", "afterSalesUntil", "replacementOrderId", "replaces",
    ]

    private var details: String {
        // A value that is no object has nothing to show; the topic and offset lead to it.
        guard let object = try? JSONSerialization.jsonObject(with: Data(value)) as? [String: Any] else { return "" }
        var parts = Self.telling.compactMap { name -> String? in
            switch object[name] {
            case let text as String: "\(name) \(text)"
            case let number as NSNumber: "\(name) \(number)"
            default: nil
            }
        }
        if let lines = object["lines"] as? [[String: Any]], lines.count <= 5 {
            parts += lines.compactMap { line in
                guard let quantity = line["quantity"] as? NSNumber else { return nil }
                return "\(quantity) × \(line["sku"] as? String ?? "line \(line["lineId"] as? String ?? "?")")"
            }
        }
        return parts.joined(separator: ", ")
    }

    func write(to json: inout JSONWriter) {
        json.field("time", time)
        json.field("topic", topic)
        json.field("partition", Int64(partition))
        json.field("offset", offset)
        json.field("type", name)
        json.field("causationId", causationID)
        json.field("value", json: value.isEmpty ? Array("null".utf8) : value)
    }
}
