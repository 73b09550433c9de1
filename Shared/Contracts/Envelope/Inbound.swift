/// One record as a service reads it: envelope, place and body, before anything is known of its type's fields.
public struct Inbound: Sendable {
    public let topic: Topic
    public let partition: Int32
    public let offset: Int64
    /// The broker's time of the record.
    public let recordedAt: Instant
    public let key: String
    public let envelope: Envelope
    /// `nil` for a record without a value: the key is to be forgotten or made inactive.
    public let body: JSONObject?
    /// Why a record on a topic of dead letters was put aside; its body is whatever could not be handled, and is not read.
    public let deadLetter: DeadLetter?

    /// Reads the headers (binary mode) or the body (structured mode) of a record; an empty attribute is an absent one.
    ///
    /// - Parameter header: The last header of a name.
    /// - Throws: `Fault` when key, envelope or JSON cannot be read.
    /// - Source: CONTRACTS section 1; CloudEvents 1.0.2, Kafka protocol binding.
    public init(
        topic: Topic, partition: Int32, offset: Int64, recordedAt: Instant, key: [UInt8]?, value: [UInt8]?,
        header: (String) -> [UInt8]?
    ) throws(Fault) {
        guard let key, let keyText = String(validating: key, as: UTF8.self), key.count <= 500, !key.contains(0) else {
            throw Fault("is missing, too long or not text", field: "key")
        }
        self.topic = topic
        self.partition = partition
        self.offset = offset
        self.recordedAt = recordedAt
        self.key = keyText
        if topic.holdsDeadLetters {
            body = nil
            envelope = try Self.envelope(topic, key, value) { (name) throws(Fault) in try Self.text(name, header) }
            deadLetter = try DeadLetter(header)
            return
        }
        deadLetter = nil
        let contentType = try Self.text("content-type", header)
        if let value, contentType?.hasPrefix("application/cloudevents+json") == true {
            let event = try JSONDocument.object(value)
            body = try event.object("data")
            envelope = try Self.envelope(topic, key, value) { (name) throws(Fault) in
                let text = try event.value(Self.attributes[name] ?? "")?.string(atMost: 500)
                return text?.isEmpty == true ? nil : text
            }
        } else {
            envelope = try Self.envelope(topic, key, value) { (name) throws(Fault) in
                try Self.text(name, header)
            }
            body = if let value { try JSONDocument.object(value) } else { nil }
        }
    }

    /// The message's own time: what its sender says, else the broker's.
    public var time: Instant { envelope.time ?? recordedAt }

    /// What the pipeline writes beside a message that it has put aside.
    public struct DeadLetter: Sendable, Equatable {
        public let reason: String
        public let field: String?
        public let topic: String
        public let partition: Int32
        public let offset: Int64
        public let attempts: Int64
        public let failedAt: Instant

        init(_ header: (String) -> [UInt8]?) throws(Fault) {
            func required(_ name: String) throws(Fault) -> String {
                guard let bytes = header(name), let text = String(validating: bytes, as: UTF8.self) else {
                    throw Fault("is missing or not text", field: name)
                }
                return text
            }
            func number<Number: FixedWidthInteger>(_ name: String) throws(Fault) -> Number {
                guard let number = Number(try required(name)) else { throw Fault("is not a number", field: name) }
                return number
            }
            reason = try required("dlq_reason")
            field = header("dlq_field").flatMap { String(validating: $0, as: UTF8.self) }
            topic = try required("dlq_topic")
            partition = try number("dlq_partition")
            offset = try number("dlq_offset")
            attempts = try number("dlq_attempts")
            guard let failedAt = Instant(rfc3339: try required("dlq_failed_at")) else {
                throw Fault("is not an RFC 3339 time", field: "dlq_failed_at")
            }
            self.failedAt = failedAt
        }
    }

    private static let attributes: [String: StaticString] = [
        "ce_id": "id", "ce_type": "type", "ce_source": "source", "ce_subject": "subject", "ce_time": "time",
        "ce_correlationid": "correlationid", "ce_causationid": "causationid", "traceparent": "traceparent",
    ]

    private static func envelope(
        _ topic: Topic, _ key: [UInt8], _ value: [UInt8]?, _ attribute: (String) throws(Fault) -> String?
    ) throws(Fault) -> Envelope {
        guard let type = try attribute("ce_type") ?? topic.defaultType else {
            throw Fault("is missing", field: "ce_type")
        }
        let timeText = try attribute("ce_time")
        let time = timeText.flatMap { Instant(rfc3339: $0) }
        if timeText != nil, time == nil { throw Fault("is not an RFC 3339 time", field: "ce_time") }
        return Envelope(
            id: try attribute("ce_id") ?? derivedID(topic, key, value), type: type,
            source: try attribute("ce_source") ?? "/topics/\(topic.name)", subject: try attribute("ce_subject"),
            time: time, correlationID: try attribute("ce_correlationid"),
            causationID: try attribute("ce_causationid"), traceparent: try attribute("traceparent"))
    }

    /// The id of a message that came without one: the same bytes on the same topic are the same message.
    public static func derivedID(_ topic: Topic, _ key: [UInt8]?, _ value: [UInt8]?) -> String {
        let digest = SHA256.digest(Array(topic.name.utf8) + [0] + (key ?? []) + [0] + (value ?? []))
        return "sha256:" + Hexadecimal.text(digest.prefix(20))
    }

    private static func text(_ name: String, _ header: (String) -> [UInt8]?) throws(Fault) -> String? {
        guard let bytes = header(name), !bytes.isEmpty else { return nil }
        guard let text = String(validating: bytes, as: UTF8.self), text.utf8.count <= 500, !bytes.contains(0) else {
            throw Fault("is too long or not text", field: name)
        }
        return text
    }
}
