import ArgumentParser
import Contracts
import Foundation

struct LagCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lag", abstract: "Says what each service has not handled, sent or decided yet.")
    @Flag(help: "For programs.") var json = false

    struct Report: Encodable {
        let groups: [GroupLag]
        let pending: [Pending]
    }

    func run() throws {
        try Screen.run {
            let environment = OpsEnvironment()
            let reader = try LagReader(environment)
            defer { reader.close() }
            let now = Instant(milliseconds: Int64(Date().timeIntervalSince1970 * 1000))
            let offset = try ShiftedClock(environment).offset()
            let connection = try Administrator(environment).connect()
            let report = Report(
                groups: try reader.read(), pending: try Pending.read(connection, now: now + offset))
            print(json ? try JSONText.document(report) : text(report))
        }
    }

    private func text(_ report: Report) -> String {
        let groups = Screen.table(
            ["group", "topic", "lag"], report.groups.map { [$0.group, $0.topic, "\($0.lag)"] })
        let pending = Screen.table(
            ["schema", "unsent", "waiting", "due timers", "dead letters"],
            report.pending.map {
                [$0.schema, "\($0.unsent)", "\($0.waiting)", "\($0.dueTimers)", "\($0.deadLetters)"]
            })
        return groups + "\n\n" + pending
    }
}
