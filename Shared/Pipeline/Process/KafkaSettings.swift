/// The librdkafka configuration of each kind of client, every option set explicitly.
public struct KafkaSettings: Sendable {
    private let settings: ProcessSettings

    public init(_ settings: ProcessSettings) { self.settings = settings }

    /// - Parameter member: The consumer's place in its process: `0`, `1`, `reference`.
    public func consumer(group: String, member: String) -> [String: String] {
        var properties = common
        properties["group.id"] = settings.topicPrefix + group
        properties["client.id"] = "\(settings.topicPrefix)\(group)-\(settings.instanceID)-\(member)"
        properties["enable.auto.commit"] = "true"
        properties["auto.commit.interval.ms"] = "1000"
        properties["enable.auto.offset.store"] = "false"
        properties["auto.offset.reset"] = "earliest"
        properties["fetch.wait.max.ms"] = "500"
        properties["fetch.error.backoff.ms"] = "100"
        properties["queued.min.messages"] = "2000"
        properties["queued.max.messages.kbytes"] = "16384"
        properties["enable.partition.eof"] = "false"
        properties["isolation.level"] = "read_committed"
        if settings.usesStaticMembership {
            properties["group.instance.id"] = "\(settings.topicPrefix)\(group)-\(settings.instanceID)-\(member)"
            properties["partition.assignment.strategy"] = "range"
            // A static member comes back under its name, so nothing is gained by giving its partitions away early; and a
            // broker that stood still for a minute must not find all members gone.
            properties["session.timeout.ms"] = "300000"
        } else {
            properties["partition.assignment.strategy"] = "cooperative-sticky"
            properties["session.timeout.ms"] = "10000"
        }
        return properties.merging(settings.kafkaProperties) { _, given in given }
    }

    /// A consumer of whole topics without a group: the clock, and readers of the operators.
    public func reader(client: String) -> [String: String] {
        var properties = common
        properties["group.id"] = "\(settings.topicPrefix)\(client)-reader"
        properties["client.id"] = "\(settings.topicPrefix)\(client)-\(settings.instanceID)"
        properties["enable.auto.commit"] = "false"
        properties["enable.auto.offset.store"] = "false"
        properties["auto.offset.reset"] = "earliest"
        properties["enable.partition.eof"] = "true"
        properties["fetch.wait.max.ms"] = "500"
        return properties.merging(settings.kafkaProperties) { _, given in given }
    }

    public func producer(client: String) -> [String: String] {
        var properties = common
        properties["client.id"] = "\(settings.topicPrefix)\(client)-\(settings.instanceID)"
        properties["enable.idempotence"] = "true"
        properties["acks"] = "all"
        properties["partitioner"] = "murmur2_random"
        properties["linger.ms"] = "1"
        properties["compression.codec"] = "none"
        properties["message.max.bytes"] = "1000000"
        properties["delivery.timeout.ms"] = "120000"
        return properties.merging(settings.kafkaProperties) { _, given in given }
    }

    /// A producer whose sender waits for the answer: it gives up while the sender still listens, and takes all that an
    /// edge lets through, a million bytes and headers.
    public func publisher(client: String) -> [String: String] {
        producer(client: client).merging(
            ["delivery.timeout.ms": "10000", "message.max.bytes": "1048576"]
        ) { _, own in own }.merging(settings.kafkaProperties) { _, given in given }
    }

    public func admin(client: String) -> [String: String] {
        common.merging(["client.id": "\(settings.topicPrefix)\(client)"]) { _, new in new }
            .merging(settings.kafkaProperties) { _, given in given }
    }

    private var common: [String: String] {
        [
            "bootstrap.servers": settings.bootstrapServers,
            "socket.nagle.disable": "true",
            "socket.keepalive.enable": "true",
            "reconnect.backoff.ms": "50",
            "reconnect.backoff.max.ms": "1000",
            "allow.auto.create.topics": "false",
            "topic.metadata.refresh.interval.ms": "30000",
            "log.connection.close": "false",
        ]
    }
}
