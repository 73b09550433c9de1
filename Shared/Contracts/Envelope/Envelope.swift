/// Who sent a message, when, and because of what: the attributes of CloudEvents 1.0.2 beside the body.
public struct Envelope: Sendable, Equatable {
    public var id: String
    public var type: String
    public var source: String
    public var subject: String?
    public var time: Instant?
    /// The order's first message.
    public var correlationID: String?
    /// The message that led to this one.
    public var causationID: String?
    public var traceparent: String?

    public init(
        id: String, type: String, source: String, subject: String? = nil, time: Instant? = nil,
        correlationID: String? = nil, causationID: String? = nil, traceparent: String? = nil
    ) {
        self.id = id
        self.type = type
        self.source = source
        self.subject = subject
        self.time = time
        self.correlationID = correlationID
        self.causationID = causationID
        self.traceparent = traceparent
    }

    /// The headers of Kafka's binary content mode, in a fixed order.
    public var headers: [(name: String, value: String)] {
        var headers = [("ce_specversion", "1.0"), ("ce_id", id), ("ce_type", type), ("ce_source", source)]
        if let subject { headers.append(("ce_subject", subject)) }
        if let time { headers.append(("ce_time", time.description)) }
        headers.append(("content-type", "application/json"))
        if let correlationID { headers.append(("ce_correlationid", correlationID)) }
        if let causationID { headers.append(("ce_causationid", causationID)) }
        if let traceparent { headers.append(("traceparent", traceparent)) }
        return headers
    }
}
