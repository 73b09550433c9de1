/// What librdkafka answered when it could not do as asked.
public struct KafkaError: Error, Sendable {
}
