import Contracts
import Testing

@Suite("Envelopes")
struct InboundTests {
    private func inbound(
        topic: Topic = .channelOrders, key: String? = "wechat-mini/WX-1", value: String?,
        headers: [String: String] = [:]
    ) throws(Fault) -> Inbound {
        try Inbound(
            topic: topic, partition: 3, offset: 42, recordedAt: Instant(milliseconds: 1000),
            key: key.map { Array($0.utf8) },
            value: value.map { Array($0.utf8) }, header: { name in headers[name].map { Array($0.utf8) } })
    }

    private let full = Envelope(
        id: "id-1", type: "channel.order.cancel.v1", source: "/channels/wechat-mini", subject: "WX-1",
        time: Instant(milliseconds: 5), correlationID: "first", causationID: "led", traceparent: "00-aa-bb-01")

    @Test("Headers that are written are read again")
    func binaryModeRoundTrips() throws {
        let headers = Dictionary(uniqueKeysWithValues: full.headers.map { ($0.name, $0.value) })
        #expect(headers["ce_specversion"] == "1.0" && headers["content-type"] == "application/json")
        let record = try inbound(value: #"{"a":1}"#, headers: headers)
        #expect(record.envelope == full)
        #expect(try record.body?.integer("a") == 1)
        #expect(record.time == Instant(milliseconds: 5))
    }

    @Test("A structured event says the same in its body")
    func structuredModeIsRead() throws {
        let value = """
            {"specversion":"1.0","id":"id-1","type":"channel.order.cancel.v1","source":"/channels/wechat-mini",
            "subject":"WX-1","time":"1970-01-01T00:00:00.005Z","correlationid":"first","causationid":"led",
            "traceparent":"00-aa-bb-01","data":{"a":1}}
            """
        let record = try inbound(
            value: value, headers: ["content-type": "application/cloudevents+json; charset=utf-8", "ce_id": "ignored"])
        #expect(record.envelope == full)
        #expect(try record.body?.integer("a") == 1)
    }

    @Test("A structured event without data is a fault")
    func structuredModeNeedsData() {
        #expect(throws: Fault("is missing", field: "data")) {
            try inbound(value: #"{"id":"x"}"#, headers: ["content-type": "application/cloudevents+json"])
        }
    }

    @Test("Without headers the topic gives the type and the bytes give the id")
    func bareRecordIsRead() throws {
        let record = try inbound(value: "{}")
        #expect(record.envelope.type == "channel.order.v1")
        #expect(record.envelope.source == "/topics/channel.orders.v1")
        #expect(record.time == Instant(milliseconds: 1000))
        #expect(record.envelope.id == "sha256:4f528a25c6fbe9196eca9024070454e95dcd1600")
    }

    @Test("An empty attribute is an absent one, so that its messages keep different ids")
    func emptyAttributeIsAbsent() throws {
        let record = try inbound(value: "{}", headers: ["ce_id": "", "ce_type": ""])
        #expect(try record.envelope.id == inbound(value: "{}").envelope.id)
        let event = try inbound(
            value: #"{"id":"","type":"","data":{}}"#, headers: ["content-type": "application/cloudevents+json"])
        #expect(event.envelope.id.hasPrefix("sha256:") && event.envelope.type == "channel.order.v1")
    }

    @Test("Another topic, key or value gives another derived id")
    func derivedIDsDiffer() {
        let bytes: [[UInt8]] = [[1], [1, 1], [1, 2], []]
        var ids: Set<String> = []
        for key in bytes {
            for value in bytes { ids.insert(Inbound.derivedID(.channelOrders, key, value)) }
        }
        ids.insert(Inbound.derivedID(.channelPayments, [1], [1]))
        #expect(ids.count == 17)
    }

    @Test("A fact without a type is a fault")
    func factNeedsType() {
        #expect(throws: Fault("is missing", field: "ce_type")) { try inbound(topic: .intakeOrders, value: "{}") }
    }

    @Test("A record without a value has no body")
    func tombstoneHasNoBody() throws {
        #expect(try inbound(topic: .catalogItems, value: nil).body == nil)
    }

    @Test(
        "A bad attribute is a fault that names it",
        arguments: [("ce_time", "yesterday"), ("ce_id", "a\0"), ("ce_type", String(repeating: "x", count: 501))])
    func badAttributeIsNamed(name: String, text: String) {
        #expect {
            try inbound(value: "{}", headers: [name: text])
        } throws: {
            ($0 as? Fault)?.field == name
        }
    }

    @Test(
        "A missing or endless key, or one with U+0000, is a fault",
        arguments: [nil, String(repeating: "k", count: 501), "a\0b"])
    func keyIsNeeded(key: String?) {
        #expect {
            try inbound(key: key, value: "{}")
        } throws: {
            ($0 as? Fault)?.field == "key"
        }
    }
}
