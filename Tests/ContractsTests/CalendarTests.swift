import Contracts
import Foundation
import Testing

@Suite("Days")
struct CalendarTests {
    private static func gregorian(_ zone: String) throws -> Calendar {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = try #require(TimeZone(identifier: zone))
        return calendar
    }

    @Test("Every day of 200 years before and after 1970 is Foundation's")
    func daysAreGregorian() throws {
        let calendar = try Self.gregorian("GMT")
        for number in -73_050...73_050 {
            let day = CivilDay(daysSinceEpoch: number)
            let parts = calendar.dateComponents(
                [.year, .month, .day], from: Date(timeIntervalSince1970: Double(number) * 86400))
            guard day.year == parts.year, day.month == parts.month, day.day == parts.day, day.daysSinceEpoch == number
            else {
                Issue.record("day \(number) is \(day), Foundation says \(parts)")
                return
            }
        }
    }

    @Test("A day is written with two and four digits")
    func dayIsWritten() {
        #expect(CivilDay(year: 2026, month: 3, day: 1).description == "2026-03-01")
        #expect(CivilDay(year: 2026, month: 3, day: 1) > CivilDay(year: 2026, month: 2, day: 28))
    }

    @Test("The day changes in Shanghai at 16:00 UTC")
    func shanghaiDays() throws {
        let before = try #require(Instant(rfc3339: "2026-11-22T15:59:59.999Z"))
        let after = try #require(Instant(rfc3339: "2026-11-22T16:00:00Z"))
        #expect(BusinessCalendar.shanghai.day(of: before).description == "2026-11-22")
        #expect(BusinessCalendar.shanghai.day(of: after).description == "2026-11-23")
        #expect(BusinessCalendar.shanghai.start(of: CivilDay(year: 2026, month: 11, day: 23)) == after)
        let end = BusinessCalendar.shanghai.end(ofDay: 7, after: before)
        #expect(end.description == "2026-11-29T16:00:00.000Z")
    }

    @Test(
        "In New York the days of both clock changes have 23 and 25 hours",
        arguments: [("2026-03-08", 23), ("2026-11-01", 25), ("2026-11-02", 24)])
    func newYorkDays(text: String, hours: Int64) throws {
        let calendar = try #require(BusinessCalendar(timeZoneIdentifier: "America/New_York"))
        let noon = try #require(Instant(rfc3339: "\(text)T17:00:00Z"))
        let day = calendar.day(of: noon)
        let next = CivilDay(daysSinceEpoch: day.daysSinceEpoch + 1)
        #expect(day.description == text)
        #expect(calendar.start(of: next) - calendar.start(of: day) == .hours(hours))
    }

    /// Santiago, Havana and Beirut have no midnight on some day; Amman and Havana had two; Lord Howe shifts by half an
    /// hour.
    @Test(
        "A day starts where Foundation says",
        arguments: [
            "Asia/Shanghai", "America/New_York", "America/Santiago", "America/Havana", "Asia/Beirut", "Asia/Amman",
            "Australia/Lord_Howe", "Africa/Casablanca", "Pacific/Kiritimati", "Atlantic/Azores",
        ])
    func daysStartLikeFoundation(zone: String) throws {
        let theirs = try Self.gregorian(zone)
        let ours = try #require(BusinessCalendar(timeZoneIdentifier: zone))
        for number in 17_500...20_800 {
            let day = CivilDay(daysSinceEpoch: number)
            let start = ours.start(of: day)
            let noon = Date(timeIntervalSince1970: Double(start.milliseconds) / 1000 + 12 * 3600)
            let expected = theirs.startOfDay(for: noon)
            #expect(Double(start.milliseconds) / 1000 == expected.timeIntervalSince1970, "\(day)")
            #expect(ours.day(of: start) == day)
            #expect(ours.day(of: start + .milliseconds(-1)) < day)
        }
    }

    @Test("An unknown zone is refused")
    func unknownZoneIsRefused() {
        #expect(BusinessCalendar(timeZoneIdentifier: "Asia/Nowhere") == nil)
    }
}
