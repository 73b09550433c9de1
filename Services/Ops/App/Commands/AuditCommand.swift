import ArgumentParser
import Contracts
import Foundation
import Postgres

struct AuditCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit", abstract: "Checks the invariants over all services' tables.",
        discussion: """
            Everything is read at one moment. While messages are in flight, checks across services may find what the
            next second puts right, so it waits for rest first. Exit status 1 when a rule is broken.

            With --repair, counters of stock that differ from their movements and open reservations (I2, I3) are set to
            them by inventory, which keeps who had it done and why; then everything is looked at again.
            """)
    @Option(help: "How many seconds to wait for rest; 0 does not ask.") var wait = 30
    @Flag(help: "For programs.") var json = false
    @Flag(help: "Has counters of stock mended.") var repair = false
    @Option(help: "Who has them mended; stands in the record.") var actor = "ops"
    @Option(help: "Why; stands in the record.") var reason = "audit"

    struct Report: Encodable {
        let isAtRest: Bool?
        let violations: Int64
        let findings: [AuditFinding]
        /// Why topics lack versions that the tables have.
        let skipped: [SkippedFact]

        init(isAtRest: Bool?, _ connection: Connection) throws {
            self.isAtRest = isAtRest
            findings = try Audit.run(connection)
            violations = findings.reduce(0) { $0 + $1.violations }
            skipped = try SkippedFact.list(connection)
        }
    }

    func run() throws {
        try Screen.run {
            let environment = OpsEnvironment()
            let isAtRest = wait > 0 ? try Quiescence.wait(environment, seconds: wait) : nil
            let administrator = try Administrator(environment)
            if repair {
                let repairs = try StockRepairs(environment, actor: actor, reason: reason)
                for answer in try repairs.run(administrator.connect("inventory")) { Screen.complain(answer) }
            }
            let report = try Report(isAtRest: isAtRest, administrator.connect())
            print(json ? try JSONText.document(report) : Self.text(report))
            if report.violations > 0 { throw ExitCode(1) }
        }
    }

    static func text(_ report: Report) -> String {
        var rows: [String] = [
            Screen.table(
                ["rule", "what must hold", "checked", "broken"],
                report.findings.map { [$0.invariant, $0.title, "\($0.checked)", "\($0.violations)"] })
        ]
        for finding in report.findings where finding.violations > 0 {
            rows.append("\(finding.invariant) \(finding.title):")
            rows += finding.examples.map { "  \($0)" }
        }
        if !report.skipped.isEmpty {
            rows.append("skipped by operators, so their topics lack these versions:")
            rows += report.skipped.map { "  \($0.text)" }
        }
        if report.isAtRest == false {
            rows.append("messages are in flight: what is broken across services may be put right by them")
        }
        rows.append(report.violations == 0 ? "audit: nothing is broken" : "audit: \(report.violations) broken")
        return rows.joined(separator: "\n")
    }
}
