import Contracts
import Kafka

/// One line of `ops publish`: `{"key": …, "value": …, "type"?: …, "id"?: …, "headers"?: {…}}`.
///
/// - Shape: an object as value is sent as it stands; a text is sent as its characters; null or nothing is a tombstone.
/// - Errors: `OpsFailure` with what is wrong with the line.
enum PublishLine {
    static func record(_ line: [UInt8], topic: String) throws -> OutgoingRecord {
        let fields = try RawFields(line)
        let known: Set = ["key", "value", "type", "id", "headers"]
        if let unknown = fields.fields.first(where: { !known.contains($0.name) }) {
            throw OpsFailure("field '\(unknown.name)' is unknown", status: .data)
        }
        guard let key = try fields.string("key") else { throw OpsFailure("key is missing", status: .data) }
        var headers: [KafkaHeader] = []
        if let type = try fields.string("type") { headers.append(KafkaHeader("ce_type", type)) }
        if let id = try fields.string("id") { headers.append(KafkaHeader("ce_id", id)) }
        if let text = fields.value("headers") {
            let more = try RawFields(text)
            for field in more.fields {
                headers.append(KafkaHeader(field.name, try more.string(field.name) ?? ""))
            }
        }
        let isText = fields.value("value")?.first == UInt8(ascii: "\"")
        let value = isText ? try fields.string("value").map { Array($0.utf8) } : fields.value("value")
        return OutgoingRecord(topic: topic, key: key, value: value, headers: headers)
    }
}
