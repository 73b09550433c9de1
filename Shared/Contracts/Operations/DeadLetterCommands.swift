/// Gives dead letters back to the service, as if they had just come.
///
/// The same type on every service's command topic; the topic says whose dead letters are meant.
public struct RetryDeadLetters: HeadedCommand, Equatable {
    public static let type = "tributary.operations.RetryDeadLetters.v1"

    public let head: CommandHead
    /// Their numbers in the service's own table.
    public let deadLetterIDs: [Int64]
    /// Where their messages lie, for whoever knows them by the dead letters' topic.
    public let records: [RecordPlace]
    /// Names none of both.
    public let all: Bool

    public var key: String { commandID }

    public init(
        head: CommandHead, deadLetterIDs: [Int64] = [], records: [RecordPlace] = [], all: Bool = false
    ) {
        self.head = head
        self.deadLetterIDs = deadLetterIDs
        self.records = records
        self.all = all
    }

    public init(_ json: JSONObject) throws(Fault) {
        head = try CommandHead(json)
        deadLetterIDs = try json.integers("deadLetterIds")
        records = try json.readListIfPresent("records")
        all = try json.bool("all", default: false)
    }

    public func write(to json: inout JSONWriter) {
        head.write(to: &json)
        json.field("deadLetterIds", integers: deadLetterIDs)
        json.field("records", list: records)
        json.field("all", all)
    }
}

/// Lets dead letters go for good.
///
/// The same type on every service's command topic; the topic says whose dead letters are meant.
public struct DiscardDeadLetters: HeadedCommand, Equatable {
    public static let type = "tributary.operations.DiscardDeadLetters.v1"

    public let head: CommandHead
    /// Their numbers in the service's own table.
    public let deadLetterIDs: [Int64]
    /// Where their messages lie, for whoever knows them by the dead letters' topic.
    public let records: [RecordPlace]
    /// Names none of both.
    public let all: Bool

    public var key: String { commandID }

    public init(
        head: CommandHead, deadLetterIDs: [Int64] = [], records: [RecordPlace] = [], all: Bool = false
    ) {
        self.head = head
        self.deadLetterIDs = deadLetterIDs
        self.records = records
        self.all = all
    }

    public init(_ json: JSONObject) throws(Fault) {
        head = try CommandHead(json)
        deadLetterIDs = try json.integers("deadLetterIds")
        records = try json.readListIfPresent("records")
        all = try json.bool("all", default: false)
    }

    public func write(to json: inout JSONWriter) {
        head.write(to: &json)
        json.field("deadLetterIds", integers: deadLetterIDs)
        json.field("records", list: records)
        json.field("all", all)
    }
}

/// Where a record lies.
public struct RecordPlace: JSONCoded, Hashable {
    public let topic: String
    public let partition: Int32
    public let offset: Int64

    public init(topic: String, partition: Int32, offset: Int64) {
        self.topic = topic
        self.partition = partition
        self.offset = offset
    }

    public init(_ json: JSONObject) throws(Fault) {
        topic = try json.string("topic")
        partition = Int32(try json.integer("partition", within: 0...1_000_000))
        offset = try json.integer("offset", within: 0...Int64.max)
    }

    public func write(to json: inout JSONWriter) {
        json.field("topic", topic)
        json.field("partition", Int64(partition))
        json.field("offset", offset)
    }
}
