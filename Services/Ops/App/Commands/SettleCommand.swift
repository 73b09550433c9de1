import ArgumentParser
import Contracts

struct SettleCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "settle", abstract: "Closes a month: statements, and the bonus of teams.",
        discussion: "Closing it again makes the statements that are still missing.")
    @Argument(help: "A month that is over: 2026-11.") var period: String
    @Option(help: "Of one member alone.") var member: String?
    @OptionGroup var asking: Asking

    func run() throws {
        try Screen.run {
            let command = SettlePeriod(head: asking.head, memberID: member, period: period)
            try CommandDesk(OpsEnvironment()).carryOut(command, service: "commission", waitSeconds: asking.wait)
        }
    }
}
