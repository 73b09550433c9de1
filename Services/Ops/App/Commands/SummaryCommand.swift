import ArgumentParser

struct SummaryCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "summary", abstract: "Orders, stock, shipments and commissions in one table, with the audit.",
        discussion: "Exit status 1 when the audit finds a rule broken.")
    @Option(help: "How many seconds to wait until nothing is in flight; 0 does not ask.") var wait = 30
    @Flag(help: "For programs.") var json = false

    struct Report: Encodable {
        let lines: [Summary.Line]
        let audit: AuditCommand.Report
    }

    func run() throws {
        try Screen.run {
            let environment = OpsEnvironment()
            let isAtRest = wait > 0 ? try Quiescence.wait(environment, seconds: wait) : nil
            let connection = try Administrator(environment).connect()
            let summary = try Summary.read(connection)
            let audit = try AuditCommand.Report(isAtRest: isAtRest, connection)
            if json {
                print(try JSONText.document(Report(lines: summary.lines, audit: audit)))
            } else {
                print(summary.text + "\n\n" + AuditCommand.text(audit))
                print("next: ops lag, ops dead-letters list, ops tail --topic intake.orders.v1 --from beginning")
            }
            if audit.violations > 0 { throw ExitCode(1) }
        }
    }
}
