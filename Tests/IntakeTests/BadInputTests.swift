import Contracts
import IntakeDomain
import Kafka
import Pipeline
import Support
import Testing

@testable import Intake

@Suite("What cannot be handled")
struct BadInputTests {
    /// A part of a good order's JSON, what stands there instead, and the field that the dead letter names.
    @Test(arguments: [
        (#""quantity":1"#, #""quantity":0"#, "lines[0].quantity"),
        (#""quantity":1"#, #""quantity":1.0"#, "lines[0].quantity"),
        (#""quantity":1"#, #""quantity":1000000000000"#, "lines[0].quantity"),
        (#""unitPrice":10000"#, #""unitPrice":-1"#, "lines[0].unitPrice"),
        (#""unitPrice":10000"#, #""unitPrice":10001"#, "total"),
        (#""discount":0"#, #""discount":10001"#, "lines[0].discount"),
        (#""orderDiscount":0"#, #""orderDiscount":1"#, "total"),
        (#""orderDiscount":0,"freight":0"#, #""orderDiscount":10001,"freight":10001"#, "orderDiscount"),
        (#""total":10000"#, #""total":9999"#, "total"),
        (#""total":10000"#, #""total":null"#, "total"),
        (#""currency":"CNY""#, #""currency":"Yuan""#, "currency"),
        (#""placedAt":"2026"#, #""placedAt":"26"#, "placedAt"),
        (#""lineId":"1""#, #""lineId":"\u0000""#, "lines[0].lineId"),
        (#""externalOrderId":"bad""#, #""externalOrderId":"""#, "externalOrderId"),
        (#""delivery":"express""#, #""delivery":"drone""#, "delivery"),
        (#""historical":false"#, #""historical":0"#, "historical"),
        (#""historical":false"#, #""historical":false,"note":"\#(String(repeating: "长", count: 2001))""#, "note"),
        (
            #""externalOrderId":"bad""#, #""externalOrderId":"\#(String(repeating: "x", count: 201))""#,
            "externalOrderId"
        ),
    ])
    func aBadOrderIsADeadLetterAndItsNeighboursPass(part: String, instead: String, field: String) throws {
        let good = String(decoding: ChannelOrder.sample(externalOrderID: "bad").jsonBytes, as: UTF8.self)
        #expect(good.contains(part))
        let bad = good.replacing(part, with: instead, maxReplacements: 1)
        let letters = try deadLetters(Array(bad.utf8), type: ChannelOrder.type, on: .channelOrders)
        #expect(letters.map(\.field) == [field])
    }

    @Test func moreThanFiveHundredLinesAreTooMany() throws {
        let lines = (0...500).map { ChannelOrder.Line.sample("\($0)") }
        let order = ChannelOrder.sample(externalOrderID: "bad", lines: lines)
        let letters = try deadLetters(order.jsonBytes, type: ChannelOrder.type, on: .channelOrders)
        #expect(letters.map(\.field) == ["lines"])
    }

    @Test func fiveHundredLinesAreNot() throws {
        let mall = try Mall()
        mall.publish(ChannelOrder.sample(lines: (0..<500).map { .sample("\($0)") }))
        try mall.service.settle()
        #expect(mall.service.story == ["OrderPlaced"])
    }

    @Test(
        arguments: [
            (Topic.channelOrders, "channel.unheard.v1", "ce_type"), (.commands(of: "intake"), "DoSomething", "ce_type"),
            (.channelOrders, "channel.order.v1", nil),
        ] as [(Topic, String, String?)])
    func whatNobodyKnowsIsADeadLetter(topic: Topic, type: String, field: String?) throws {
        let value = Array((field == nil ? "not JSON" : "{}").utf8)
        #expect(try deadLetters(value, type: type, on: topic).map(\.field) == [field])
    }

    @Test func anotherOrderUnderAKnownNameIsADeadLetter() throws {
        let other = ChannelOrder.sample(externalOrderID: "before", lines: [.sample(quantity: 2)])
        let letters = try deadLetters(other.jsonBytes, type: ChannelOrder.type, on: .channelOrders)
        #expect(letters.map(\.field) == ["externalOrderId"])
        #expect(letters.map(\.reason) == ["is placed already with other content"])
    }

    @Test func aPaymentInAnotherCurrencyIsADeadLetter() throws {
        let payment = ChannelPayment(
            channel: "wechat-mini", externalOrderID: "before", paymentID: "P", status: .succeeded, amount: 1,
            currency: "USD")
        let letters = try deadLetters(payment.jsonBytes, type: ChannelPayment.type, on: .channelPayments)
        #expect(letters.map(\.field) == ["currency"])
    }

    @Test func reasonsQuoteNobody() throws {
        let order = String(decoding: ChannelOrder.sample(externalOrderID: "bad").jsonBytes, as: UTF8.self)
            .replacing(#""phone":"13800000000""#, with: #""phone":13800000000"#)
        let letters = try deadLetters(Array(order.utf8), type: ChannelOrder.type, on: .channelOrders)
        #expect(letters.map(\.field) == ["buyer.phone"])
        for letter in letters { #expect(!letter.reason.contains("138")) }
    }

    /// Handles a message between two good orders, which must be placed.
    private func deadLetters(_ value: [UInt8], type: String, on topic: Topic) throws -> [DeadLetterRow] {
        let mall = try Mall()
        mall.publish(ChannelOrder.sample(externalOrderID: "before"))
        let headers = Envelope(id: "bad", type: type, source: "/tests", time: .sample).headers
        mall.service.broker.publish(
            topic.name, key: "wechat-mini/bad", value: value,
            headers: headers.map { KafkaHeader(name: $0.name, value: Array($0.value.utf8)) },
            at: Instant.sample.milliseconds)
        mall.publish(ChannelOrder.sample(externalOrderID: "after"))
        try mall.service.settle()
        let placed = Set(mall.service.facts(OrderPlaced.self).map(\.externalOrderID))
        #expect(placed == ["before", "after"])
        return mall.service.database.deadLetters
    }
}
