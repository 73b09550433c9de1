import CLibrdkafka

/// Which groups there are, and how topics are set.
extension Admin {
    /// The names of all consumer groups the cluster knows.
    public func groups(timeoutMilliseconds: Int) throws(KafkaError) -> [String] {
        try unsafe request(RD_KAFKA_ADMIN_OP_LISTCONSUMERGROUPS, timeoutMilliseconds: timeoutMilliseconds) {
            client, options, queue in
            unsafe rd_kafka_ListConsumerGroups(client, options, queue)
        } read: { event throws(KafkaError) in
            let result = unsafe rd_kafka_event_ListConsumerGroups_result(event)
            var count = 0
            let groups = unsafe rd_kafka_ListConsumerGroups_result_valid(result, &count)
            return (0..<count).compactMap { index in
                guard let group = unsafe groups?[index] else { return nil }
                return unsafe String(cString: rd_kafka_ConsumerGroupListing_group_id(group))
            }
        }
    }

    /// The properties of topics, like `cleanup.policy`; a property without a value is absent.
    public func configurations(
        ofTopics names: [String], timeoutMilliseconds: Int
    ) throws(KafkaError) -> [String: [String: String]] {
        guard !names.isEmpty else { return [:] }
        var resources: [OpaquePointer?] = unsafe names.map {
            unsafe rd_kafka_ConfigResource_new(RD_KAFKA_RESOURCE_TOPIC, $0)
        }
        defer { unsafe rd_kafka_ConfigResource_destroy_array(&resources, resources.count) }
        return try unsafe request(RD_KAFKA_ADMIN_OP_DESCRIBECONFIGS, timeoutMilliseconds: timeoutMilliseconds) {
            client, options, queue in
            unsafe rd_kafka_DescribeConfigs(client, &resources, resources.count, options, queue)
        } read: { event throws(KafkaError) in
            var count = 0
            let answers = unsafe rd_kafka_DescribeConfigs_result_resources(
                rd_kafka_event_DescribeConfigs_result(event), &count)
            var configurations: [String: [String: String]] = [:]
            for index in 0..<count {
                guard let answer = unsafe answers?[index] else { continue }
                try KafkaError.check(unsafe rd_kafka_ConfigResource_error(answer))
                configurations[unsafe String(cString: rd_kafka_ConfigResource_name(answer))] = unsafe properties(answer)
            }
            return configurations
        }
    }
}

private func properties(_ resource: OpaquePointer) -> [String: String] {
    var count = 0
    let entries = unsafe rd_kafka_ConfigResource_configs(resource, &count)
    var properties: [String: String] = [:]
    for index in 0..<count {
        guard let entry = unsafe entries?[index], let value = unsafe rd_kafka_ConfigEntry_value(entry) else { continue }
        properties[unsafe String(cString: rd_kafka_ConfigEntry_name(entry))] = unsafe String(cString: value)
    }
    return properties
}
