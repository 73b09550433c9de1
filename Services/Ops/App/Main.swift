import ArgumentParser

/// `ops`: what operators do with Tributary from a command line.
///
/// - Exit status: 0 done, 1 failed or a check found something, 64 wrong arguments or settings, 65 refused input.
@main struct Main: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ops", abstract: "Runs, feeds, watches and checks Tributary.",
        discussion: """
            Settings come from the environment, or from .run/env where a variable is unset:
            KAFKA_BOOTSTRAP_SERVERS, TOPIC_PREFIX, DATABASE_URL (administrator).
            """,
        version: "tributary 0.1.0",
        subcommands: [
            BrokerCommand.self, MigrateCommand.self, TopicsCommand.self, PublishCommand.self, ImportCommand.self,
            TailCommand.self, LagCommand.self, ClockCommand.self, DeadLettersCommand.self, OutboxCommand.self,
            ReplayCommand.self, EraseCommand.self, SimulateCommand.self, AuditCommand.self, SummaryCommand.self,
            StockCommand.self, OrderCommand.self, WaveCommand.self, PackCommand.self, LabelsCommand.self,
            TrackCommand.self,
            UpdatesCommand.self, ExplainCommand.self, ComplianceCommand.self,
            PayeeCommand.self, PayoutCommand.self, SettleCommand.self, StatementCommand.self, UsersCommand.self,
            CalcCommand.self,
        ])
}
