import Contracts
import Kafka
@testable import Pipeline
import Testing

@Suite("Back-off") struct BackoffTests {
    @Test func waitsDoubleUpToTheCap() {
        var backoff = Backoff(first: .milliseconds(50), cap: .seconds(1))
        let waits = (0..<7).map { _ in backoff.next() }
        #expect(waits == [50, 100, 200, 400, 800, 1000, 1000].map { .milliseconds($0) })
        #expect(backoff.attempts == 7)
    }

    @Test func waitsNeverOverflow() {
        var backoff = Backoff()
        for _ in 0..<10_000 { #expect(backoff.next() <= .seconds(5)) }
    }
}

@Suite("Headers in one column") struct RecordHeadersTests {
    @Test(arguments: [
        [], [("a", "1")], [("a", ""), ("", "b"), ("a", "again")], [("名", String(repeating: "值", count: 70_000))],
    ])
    func headersComeBackAsTheyWere(_ pairs: [(String, String)]) {
        let headers = pairs.map { KafkaHeader(name: $0.0, value: Array($0.1.utf8)) }
        #expect(RecordHeaders.decode(RecordHeaders.encode(headers)) == headers)
    }

    @Test func noHeadersAreNoColumn() {
        #expect(RecordHeaders.encode([]) == nil)
        #expect(RecordHeaders.decode(nil) == [])
    }
}

@Suite("Message names") struct MessageNameTests {
    @Test func dayIsTheMessagesOwnInUTC() {
        let midnight = Instant(milliseconds: 20_000 * 86_400_000)
        #expect(MessageName(time: midnight, id: "x").day == 20_000)
        #expect(MessageName(time: midnight + .milliseconds(-1), id: "x").day == 19_999)
    }

    @Test func bodiesAreToldApartInEveryProcessAlike() {
        #expect(StableHash.of([]) == Int64(bitPattern: 0xcbf2_9ce4_8422_2325))
        #expect(StableHash.of(Array("a".utf8)) == Int64(bitPattern: 0xaf63_dc4c_8601_ec8c))
    }
}
