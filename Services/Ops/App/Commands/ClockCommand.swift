import ArgumentParser
import Contracts
import Foundation

struct ClockCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "clock", abstract: "Moves the mall's time, for demos and tests.",
        discussion: "Services follow it only with CLOCK_SHIFT_ALLOWED=true.",
        subcommands: [Advance.self, Show.self])

    struct Advance: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Adds to the offset: 15d, 3h, 31m, 90s, 1d12h.")
        @Argument(help: "How far.") var duration: String

        func run() throws {
            try Screen.run {
                guard let step = DurationText.duration(duration) else {
                    throw OpsFailure("'\(duration)' is no duration like 15d, 3h, 31m or 1d12h", status: .usage)
                }
                let clock = ShiftedClock(OpsEnvironment())
                print(ShiftedClock.text(try clock.advance(by: step)))
            }
        }
    }

    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Says what time it is in the mall.")

        func run() throws {
            try Screen.run { print(ShiftedClock.text(try ShiftedClock(OpsEnvironment()).offset())) }
        }
    }
}
