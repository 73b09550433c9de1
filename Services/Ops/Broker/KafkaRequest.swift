/// What the front remembers of a request until its answer passes.
///
/// - Source: Kafka protocol guide, request header v1 and v2.
struct KafkaRequest {
    enum Kind {
        case produce(ProduceRequest)
        case fetch(FetchRequest)
        case endTransaction
        case endpoints(EndpointRewrite)
        case other
    }

    let correlationID: Int32
    let kind: Kind

    /// - Parameter frame: The whole frame, its length included.
    /// - Throws: `MalformedFrame` only when not even the header can be read; a body the front does not know is `other`,
    ///   or a fetch or produce about `all` partitions.
    init(_ frame: [UInt8]) throws(MalformedFrame) {
        var reader = FrameReader(frame, from: 4)
        let apiKey = try reader.integer(Int16.self)
        let version = try reader.integer(Int16.self)
        correlationID = try reader.integer(Int32.self)
        _ = try reader.text(flexible: false)
        kind =
            switch apiKey {
            case 0: .produce(ProduceRequest(reader, version: version))
            case 1: .fetch(FetchRequest(reader, version: version))
            case 26: .endTransaction
            case 3: .endpoints(EndpointRewrite(.metadata, version: version))
            case 10: .endpoints(EndpointRewrite(.findCoordinator, version: version))
            case 60: .endpoints(EndpointRewrite(.describeCluster, version: version))
            default: .other
            }
    }
}

/// Which partitions a Produce request writes to, and whether the broker will answer it.
///
/// - Source: Kafka protocol guide, Produce v0 to v12; later versions name topics by id and count as `all`.
struct ProduceRequest {
    private(set) var partitions: PartitionSelection = .all
    /// False with `acks=0`.
    private(set) var expectsAnswer = true

    init(_ reader: FrameReader, version: Int16) {
        guard version <= 12 else { return }
        // A body that cannot be read keeps the careful defaults above; the broker will refuse it.
        try? read(reader, version: version)
    }

    private mutating func read(_ start: FrameReader, version: Int16) throws(MalformedFrame) {
        var reader = start
        let flexible = version >= 9
        try reader.skipTags(flexible: flexible)
        if version >= 3 { _ = try reader.text(flexible: flexible) }
        expectsAnswer = try reader.integer(Int16.self) != 0
        try reader.skip(4)
        var keys: Set<PartitionKey> = []
        for _ in 0..<(try reader.elementCount(flexible: flexible)) {
            let name = try reader.text(flexible: flexible)
            let topicHash = PartitionKey.topicHash(reader.bytes[name])
            for _ in 0..<(try reader.elementCount(flexible: flexible)) {
                keys.insert(PartitionKey(topicHash: topicHash, partition: try reader.integer()))
                _ = try reader.skipBytes(flexible: flexible)
                try reader.skipTags(flexible: flexible)
            }
            try reader.skipTags(flexible: flexible)
        }
        partitions = .some(keys)
    }
}

/// What a Fetch request waits for.
///
/// - Source: Kafka protocol guide, Fetch v0 to v12; later versions name topics by id and count as `all`.
struct FetchRequest {
    let version: Int16
    private(set) var partitions: PartitionSelection = .all
    /// Milliseconds.
    private(set) var maximumWaitMilliseconds: Int32 = 0

    init(_ reader: FrameReader, version: Int16) {
        self.version = version
        guard version <= 12 else { return }
        // A body that cannot be read keeps a wait of 0, hence no hold; the broker will refuse it.
        try? read(reader)
    }

    private mutating func read(_ start: FrameReader) throws(MalformedFrame) {
        var reader = start
        let flexible = version >= 12
        try reader.skipTags(flexible: flexible)
        try reader.skip(4)
        let wait = try reader.integer(Int32.self)
        try reader.skip(4 + (version >= 3 ? 4 : 0) + (version >= 4 ? 1 : 0))
        var names = true
        if version >= 7 {
            try reader.skip(4)
            // From epoch 1 on, a fetch session lists only what changed.
            names = try reader.integer(Int32.self) <= 0
        }
        let bytesPerPartition = 4 + 8 + 4 + (version >= 5 ? 8 : 0) + (version >= 9 ? 4 : 0) + (version >= 12 ? 4 : 0)
        var keys: Set<PartitionKey> = []
        for _ in 0..<(try reader.elementCount(flexible: flexible)) {
            let name = try reader.text(flexible: flexible)
            let topicHash = PartitionKey.topicHash(reader.bytes[name])
            for _ in 0..<(try reader.elementCount(flexible: flexible)) {
                keys.insert(PartitionKey(topicHash: topicHash, partition: try reader.integer()))
                try reader.skip(bytesPerPartition - 4)
                try reader.skipTags(flexible: flexible)
            }
            try reader.skipTags(flexible: flexible)
        }
        partitions = names ? .some(keys) : .all
        maximumWaitMilliseconds = wait
    }
}
