import ArgumentParser
import CommissionDomain
import Contracts
import Foundation
import Postgres

struct SimulatePlanCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan", abstract: "Says what another plan would have paid, and who gains or loses.",
        discussion: """
            Takes the confirmed orders of the last days (by the mall's clock) with their refunds, books each one under
            the plan of FILE (distribution.plan.v1) by the rules themselves, and compares that with what the books hold
            for them. Nothing is published. Team bonuses are settled by period and are not in it. Exit status 65 when the
            file cannot be read, or nobody answers for the plan.
            """)
    @Argument(help: "A file with one plan (distribution.plan.v1).") var file: String
    @Option(help: "How many days back.") var days: Int64 = 90
    @Option(help: "How many members who gain, and who lose, are named.") var top = 10
    @Flag(help: "For programs.") var json = false

    func validate() throws {
        if !(1...3660).contains(days) { throw ValidationError("--days is 1 to 3660.") }
        if !(0...10_000).contains(top) { throw ValidationError("--top is 0 to 10000.") }
    }

    func run() throws {
        try Screen.run {
            let environment = OpsEnvironment()
            let plan: DistributionPlan
            do throws(Fault) {
                plan = try DistributionPlan(JSONDocument.object(read()))
                _ = try CommissionTrial(plan: plan)
            } catch {
                CalcFile.show(error, json: json)
                throw ExitCode(65)
            }
            let since = try ShiftedClock(environment).now() + .days(-days)
            let connection = try Administrator(environment).connect()
            defer { connection.close() }
            var simulation = try PlanComparison(plan)
            let progress = Progress()
            try simulation.run(since: since, connection) { progress.show("orders", "\($0)") }
            progress.end()
            let report = PlanSimulationReport(simulation, since: since, days: days, top: top)
            print(json ? try JSONText.document(report) : report.text)
        }
    }

    private func read() throws(Fault) -> [UInt8] {
        do { return try CalcFile.read(file) } catch {
            throw Fault("cannot be read: \(error.localizedDescription)", field: file)
        }
    }
}

extension ShiftedClock {
    /// The mall's time.
    func now() throws -> Instant { Instant(milliseconds: Int64(Date().timeIntervalSince1970 * 1000)) + (try offset()) }
}
