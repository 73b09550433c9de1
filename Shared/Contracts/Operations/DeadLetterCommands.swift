/// Gives dead letters back to the service, as if they had just come.
///
/// The same type on every service's command topic; the topic says whose dead letters are meant.
public struct RetryDeadLetters: HeadedCommand, Equatable {
    public static let type = "tributary.operations.RetryDeadLetters.v1"

    public let head: CommandHead
    /// Empty when all are meant.
    public let deadLetterIDs: [Int64]
    public let all: Bool

    public var key: String { commandID }

    public init(head: CommandHead, deadLetterIDs: [Int64], all: Bool = false) {
        self.head = head
        self.deadLetterIDs = deadLetterIDs
        self.all = all
    }

    public init(_ json: JSONObject) throws(Fault) {
        head = try CommandHead(json)
        deadLetterIDs = try json.integers("deadLetterIds")
        all = try json.bool("all", default: false)
    }

    public func write(to json: inout JSONWriter) {
        head.write(to: &json)
        json.field("deadLetterIds", integers: deadLetterIDs)
        json.field("all", all)
    }
}

/// Lets dead letters go for good.
///
/// The same type on every service's command topic; the topic says whose dead letters are meant.
public struct DiscardDeadLetters: HeadedCommand, Equatable {
    public static let type = "tributary.operations.DiscardDeadLetters.v1"

    public let head: CommandHead
    /// Empty when all are meant.
    public let deadLetterIDs: [Int64]
    public let all: Bool

    public var key: String { commandID }

    public init(head: CommandHead, deadLetterIDs: [Int64], all: Bool = false) {
        self.head = head
        self.deadLetterIDs = deadLetterIDs
        self.all = all
    }

    public init(_ json: JSONObject) throws(Fault) {
        head = try CommandHead(json)
        deadLetterIDs = try json.integers("deadLetterIds")
        all = try json.bool("all", default: false)
    }

    public func write(to json: inout JSONWriter) {
        head.write(to: &json)
        json.field("deadLetterIds", integers: deadLetterIDs)
        json.field("all", all)
    }
}
