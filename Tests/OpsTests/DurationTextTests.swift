import Testing

@testable import Ops

@Suite("Durations as typed")
struct DurationTextTests {
    @Test(arguments: [("15d", 1_296_000), ("3h", 10_800), ("31m", 1860), ("90s", 90), ("1d12h", 129_600)])
    func addsItsParts(text: String, seconds: Int) {
        #expect(DurationText.duration(text) == .seconds(seconds))
    }

    @Test(arguments: ["", "15", "d", "-1d", "1.5h", "3660d1s", "1w", "15d3", "9999999999d", "١d"])
    func refusesWhatIsNone(text: String) {
        #expect(DurationText.duration(text) == nil)
    }

    @Test func isWrittenWithoutWhatIsZero() {
        #expect(DurationText.text(.seconds(129_605)) == "1d 12h 5s")
        #expect(DurationText.text(.zero) == "0s")
    }
}
