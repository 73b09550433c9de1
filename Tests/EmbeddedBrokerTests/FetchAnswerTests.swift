import Testing

@testable import EmbeddedBroker

@Suite("Judging fetch answers")
struct FetchAnswerTests {
    @Test(arguments: Int16(0)...12)
    func answerWithoutRecordsIsEmpty(version: Int16) {
        #expect(FetchAnswer(KafkaFrames.fetchAnswer(version: version), version: version) == .empty)
    }

    @Test(arguments: Int16(0)...12)
    func answerWithRecordsIsNot(version: Int16) {
        let frame = KafkaFrames.fetchAnswer(records: [1], version: version)
        #expect(FetchAnswer(frame, version: version) == .records)
    }

    @Test(arguments: Int16(0)...12)
    func errorOfAPartitionIsSeen(version: Int16) {
        let frame = KafkaFrames.fetchAnswer(error: 3, version: version)
        #expect(FetchAnswer(frame, version: version) == .failed)
    }

    @Test func errorOfTheSessionIsSeen() {
        #expect(FetchAnswer(KafkaFrames.fetchAnswer(sessionError: 70), version: 11) == .failed)
    }

    @Test func laterVersionIsUnknown() {
        #expect(FetchAnswer(KafkaFrames.fetchAnswer(version: 12), version: 13) == .unknown)
    }

    @Test func truncatedAnswerIsUnknown() {
        let frame = KafkaFrames.fetchAnswer()
        for length in 8..<frame.count {
            #expect(FetchAnswer(Array(frame[..<length]), version: 11) == .unknown)
        }
    }
}
