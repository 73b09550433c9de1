import Contracts
import Foundation
import Testing

@Suite("Instants as RFC 3339")
struct InstantTests {
    @Test(
        "Times are read",
        arguments: [
            ("1970-01-01T00:00:00Z", 0), ("1970-01-01T00:00:00.5Z", 500), ("1970-01-01T00:00:00.001999Z", 1),
            ("1970-01-01T08:00:00+08:00", 0), ("1969-12-31T19:30:00-04:30", 0), ("1970-01-01t00:00:00z", 0),
            ("1970-01-01 00:00:00Z", 0), ("1969-12-31T23:59:59.999Z", -1),
            ("2026-11-22T08:00:00.000Z", 1_795_334_400_000),
            ("2024-02-29T00:00:00Z", 1_709_164_800_000), ("2000-02-29T00:00:00Z", 951_782_400_000),
            ("9999-12-31T23:59:59.999Z", 253_402_300_799_999), ("0000-01-01T00:00:00Z", -62_167_219_200_000),
        ] as [(String, Int64)])
    func timesAreRead(text: String, milliseconds: Int64) {
        #expect(Instant(rfc3339: text)?.milliseconds == milliseconds)
    }

    @Test(
        "What is no time is refused",
        arguments: [
            "", "2026-11-22", "2026-11-22T08:00:00", "2026-11-22T08:00Z", "2026-11-22T24:00:00Z",
            "2026-11-22T08:60:00Z", "2026-11-22T08:00:60Z", "2026-13-01T00:00:00Z", "2026-00-01T00:00:00Z",
            "2026-11-31T00:00:00Z", "2026-11-00T00:00:00Z", "2025-02-29T00:00:00Z", "1900-02-29T00:00:00Z",
            "2026-11-22T08:00:00.Z", "2026-11-22T08:00:00+0800", "2026-11-22T08:00:00+24:00",
            "2026-11-22T08:00:00+08:60",
            "2026-11-22T08:00:00Zx", "26-11-22T08:00:00Z", "2026-11-22X08:00:00Z", "-026-11-22T08:00:00Z",
        ])
    func otherTextsAreRefused(text: String) {
        #expect(Instant(rfc3339: text) == nil)
    }

    @Test(
        "An offset that leads out of the years 0000 to 9999 is refused",
        arguments: ["0000-01-01T00:00:00+00:01", "9999-12-31T23:59:59-00:01"])
    func yearsOutsideAreRefused(text: String) {
        #expect(Instant(rfc3339: text) == nil)
    }

    @Test("Any instant is written as Foundation writes it and read back")
    func instantsRoundTrip() {
        var random = SeededGenerator(seed: 7)
        let style = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
        for _ in 0..<5000 {
            let seconds = Int64.random(in: -12_000_000_000...12_000_000_000, using: &random)
            let instant = Instant(milliseconds: seconds * 1000 + Int64.random(in: 0...1, using: &random) * 500)
            let date = Date(timeIntervalSince1970: Double(instant.milliseconds) / 1000)
            #expect(instant.description == date.formatted(style))
            #expect(Instant(rfc3339: instant.description) == instant)
        }
    }

    @Test("Years beyond four digits are written whole")
    func farYearsAreWritten() {
        #expect(Instant(milliseconds: 253_402_300_800_000).description == "10000-01-01T00:00:00.000Z")
        #expect(Instant(milliseconds: -62_167_219_200_001).description == "-0001-12-31T23:59:59.999Z")
    }
}
