import Kafka
import Testing

@testable import Ops

@Suite("Publishing lines")
struct PublishLineTests {
    private func record(_ line: String) throws -> OutgoingRecord {
        try PublishLine.record(Array(line.utf8), topic: "channel.orders.v1")
    }

    @Test func sendsAnObjectAsItStands() throws {
        let record = try record(#" { "value" : {"b":1.0,"a":[{"x":"}\""}]} , "key":"w/1" } "#)
        #expect(record.key == "w/1")
        #expect(record.value == Array(#"{"b":1.0,"a":[{"x":"}\""}]}"#.utf8))
        #expect(record.headers.isEmpty)
    }

    @Test func sendsATextAsItsCharacters() throws {
        #expect(try record(#"{"key":"k","value":"not \"JSON\" {"}"#).value == Array(#"not "JSON" {"#.utf8))
    }

    @Test(arguments: [#"{"key":"k"}"#, #"{"key":"k","value":null}"#])
    func makesATombstoneOfNoValue(line: String) throws {
        #expect(try record(line).value == nil)
    }

    @Test func turnsTypeIdAndHeadersIntoHeaders() throws {
        let record = try record(#"{"key":"k","value":{},"type":"t.v1","id":"7","headers":{"traceparent":"00-1"}}"#)
        #expect(
            record.headers == [
                KafkaHeader("ce_type", "t.v1"), KafkaHeader("ce_id", "7"), KafkaHeader("traceparent", "00-1"),
            ])
    }

    @Test(arguments: ["", "[]", "{", #"{"value":{}}"#, #"{"key":7,"value":{}}"#, #"{"key":"k","valeu":{}}"#])
    func refusesALineItCannotSend(line: String) {
        #expect(throws: OpsFailure.self) { try record(line) }
    }
}
