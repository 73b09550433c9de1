import Contracts
import Kafka

/// A record on its way to a topic.
struct OutgoingRecord: Equatable {
    /// Without prefix.
    let topic: String
    let key: String
    /// Nil makes the key forgotten or inactive.
    let value: [UInt8]?
    let headers: [KafkaHeader]

    init(topic: String, key: String, value: [UInt8]?, headers: [KafkaHeader] = []) {
        self.topic = topic
        self.key = key
        self.value = value
        self.headers = headers
    }

    /// A message as its sender would publish it.
    ///
    /// - Parameter id: The same id is handled once; nil derives it from topic, key and value at the reader.
    init(_ message: some Message, on topic: Topic, key: String, id: String? = nil, source: String = "/ops") {
        let id = id.map { [KafkaHeader("ce_id", $0)] } ?? []
        self.init(
            topic: topic.name, key: key, value: message.jsonBytes,
            headers: [KafkaHeader("ce_specversion", "1.0")] + id + [
                KafkaHeader("ce_type", type(of: message).type), KafkaHeader("ce_source", source),
                KafkaHeader("content-type", "application/json"),
            ])
    }
}

extension KafkaHeader {
    init(_ name: String, _ text: String) {
        self.init(name: name, value: Array(text.utf8))
    }
}
