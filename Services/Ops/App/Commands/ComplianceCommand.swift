import ArgumentParser
import Contracts
import Postgres

struct ComplianceCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compliance", abstract: "Plans and organisations of distributors that the law looks at.",
        discussion: """
            Plans of more than two paid levels, with team tiers or a peer bonus, acknowledged or not; and members whose
            organisation comes near 30 people in 3 levels (25 or more are near), the member counted in both numbers,
            disabled ones not. By the mall's clock.
            """)
    @Flag(help: "For programs.") var json = false

    func run() throws {
        try Screen.run {
            let environment = OpsEnvironment()
            let now = try ShiftedClock(environment).now()
            let connection = try Administrator(environment).connect()
            defer { connection.close() }
            let report = try ComplianceReport(connection, at: now)
            print(json ? try JSONText.document(report) : report.text)
        }
    }
}
