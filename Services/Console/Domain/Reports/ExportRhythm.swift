public import Contracts

/// When a report is written by itself, on the mall's clock.
public struct ExportRhythm: Sendable, Equatable {
    /// From Monday, 1; nil for every day.
    public let weekday: Int?
    public let hour: Int

    /// - Returns: `nil` for a weekday or an hour that does not exist.
    public init?(weekday: Int?, hour: Int) {
        guard weekday.map({ 1...7 ~= $0 }) ?? true, 0...23 ~= hour else { return nil }
        self.weekday = weekday
        self.hour = hour
    }

    /// The first time after a moment.
    public func next(after moment: Instant, _ calendar: BusinessCalendar) -> Instant {
        let today = calendar.day(of: moment)
        for distance in 0...8 {
            let day = today + distance
            guard weekday == nil || day.weekday == weekday else { continue }
            let time = calendar.start(of: day) + .hours(Int64(hour))
            if time > moment { return time }
        }
        preconditionFailure("no weekday \(weekday ?? 0) within eight days")
    }
}
