import Contracts
import HTTPTypes
import Pipeline

/// Reads the body of a signed post into the record that its channel would publish.
///
/// - Source: CONTRACTS sections 1 and 2; CloudEvents 1.0.2, HTTP protocol binding (binary and structured mode).
struct MessageReader: Sendable {
    let native: ChannelEdge.NativeReader

    /// - Parameter isStructured: The body is a CloudEvent with its attributes, not the message alone.
    /// - Throws: `Fault` naming the field of the message, or the header.
    func read(
        _ body: [UInt8], isStructured: Bool, _ headers: HTTPFields, _ delivery: Delivery, _ access: ChannelAccess
    ) throws(Fault) -> OutsideMessage {
        let document = try JSONDocument.object(body)
        let event = isStructured ? try Event(structured: document) : try Event(binary: document, headers)
        let type = delivery.type ?? event.type ?? access.defaultType
        let (topic, key) = try place(type, event.data, access.channel)
        guard "\(access.channel)/\(key.id)".utf8.count <= 500 else {
            throw Fault("makes a record key of more than 500 bytes", field: key.field)
        }
        let envelope = Envelope(
            id: delivery.messageID, type: type, source: "/channels/\(access.channel)", subject: key.id,
            time: event.time, traceparent: Self.traceparent(headers))
        return OutsideMessage(
            topic: topic, key: "\(access.channel)/\(key.id)", value: isStructured ? event.data.text : body,
            envelope: envelope)
    }

    /// Where a message goes and under which key; the channel inside it must be the one that signed.
    private func place(
        _ type: String, _ json: JSONObject, _ channel: String
    ) throws(Fault) -> (Topic, MessageKind.BusinessKey) {
        if let kind = MessageKind.named(type) {
            let key = try kind.key(json)
            guard key.channel == channel else { throw Fault("is not the channel of the path", field: "channel") }
            return (kind.topic, key)
        }
        guard NativeTypes.all.contains(type), let id = try native(type, json, channel) else {
            throw Fault("is no type that a channel sends", field: "ce-type")
        }
        return (.channelOrders, MessageKind.BusinessKey(channel: channel, id: id, field: "id"))
    }

    /// A trace of W3C's form goes on, anything else is left out.
    private static func traceparent(_ headers: HTTPFields) -> String? {
        guard let text = headers[.traceparent], text.utf8.count == 55,
            text.utf8.allSatisfy({ 48...57 ~= $0 || 97...102 ~= $0 || $0 == 45 })
        else { return nil }
        return text
    }
}

/// A CloudEvent's attributes, as far as they count here, and its data.
private struct Event {
    let type: String?
    let time: Instant?
    let data: JSONObject

    init(binary data: JSONObject, _ headers: HTTPFields) throws(Fault) {
        if let version = headers[.eventVersion], version != "1.0" {
            throw Fault("is not 1.0", field: "ce-specversion")
        }
        type = headers[.eventType].flatMap { $0.isEmpty ? nil : $0 }
        let text = headers[.eventTime]
        time = text.flatMap { Instant(rfc3339: $0) } ?? headers[.shopifyTime].flatMap { Instant(rfc3339: $0) }
        if text != nil, time == nil { throw Fault("is not an RFC 3339 time", field: "ce-time") }
        self.data = data
    }

    init(structured event: JSONObject) throws(Fault) {
        guard try event.string("specversion") == "1.0" else { throw Fault("is not 1.0", field: "specversion") }
        type = try event.string("type")
        time = try event.instantIfPresent("time")
        if let content = try event.stringIfPresent("datacontenttype"), content != "application/json" {
            throw Fault("is not application/json", field: "datacontenttype")
        }
        data = try event.object("data")
    }
}
