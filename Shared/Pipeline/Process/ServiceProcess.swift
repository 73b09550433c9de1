public import Contracts
import CoreMetrics
import Foundation
import Logging
import ServiceLifecycle
import UnixSignals

/// One service as an executable: its command line, its settings, its threads, its end.
///
/// - Exit status: 0 after SIGTERM or SIGINT, 64 (EX_USAGE) for defects in settings or arguments, 1 for everything else.
public struct ServiceProcess<H: Handler, T: Tables> where H.Aggregate == T.Aggregate {
    /// What a service is made of once its own settings are read.
    public typealias Setup = (handler: (BusinessCalendar) -> H, sideWork: [any SideWork])

    private let tables: T
    private let migrations: [Migration]
    private let edge: (inout SettingsReader) -> (any ServiceEdge)?
    private let setup: (inout SettingsReader) -> Setup

    public init(
        tables: T, migrations: [Migration],
        sideWork: @escaping (inout SettingsReader) -> [any SideWork] = { _ in [] },
        handler: @escaping (BusinessCalendar) -> H
    ) {
        self.init(tables: tables, migrations: migrations) { (handler, sideWork(&$0)) }
    }

    /// - Parameters:
    ///   - edge: Reads the settings of the service's edge; `nil` for one that is off.
    ///   - setup: Reads those of its handler and of what it does beside its lanes; the handler is only made when there
    ///     are no defects.
    public init(
        tables: T, migrations: [Migration],
        edge: @escaping (inout SettingsReader) -> (any ServiceEdge)? = { _ in nil },
        setup: @escaping (inout SettingsReader) -> Setup
    ) {
        self.tables = tables
        self.migrations = migrations
        self.edge = edge
        self.setup = setup
    }

    /// Does what the arguments say and ends the process.
    public func main(_ arguments: [String] = Array(CommandLine.arguments.dropFirst())) async -> Never {
        endQuietlyBeforeStart()
        var reader = SettingsReader()
        let settings = ProcessSettings(&reader)
        let edge = edge(&reader)
        let (handler, sideWork) = setup(&reader)
        let command = arguments.first ?? "run"
        switch command {
        case "--help", "-h", "help": end(0, usage(reader))
        case "--version", "version": end(0, ProcessVersion.text)
        case "migrate": migrate()
        case "run", "check-config", "health", "replay": break
        default: end(64, "unknown command '\(command)'\n" + usage(reader))
        }
        guard let settings, reader.defects.isEmpty else { end(64, reader.defects.joined(separator: "\n")) }
        if command == "check-config" { end(0, "settings are in order") }
        if command == "health" { health(settings) }
        startLogging(settings)
        if command == "replay" { replay(Array(arguments.dropFirst()), settings, handler(settings.calendar)) }
        await run(settings, edge, sideWork, handler(settings.calendar))
    }

    /// Asked to end before anything has begun: there is nothing to finish. The lifecycle takes the signals over.
    private func endQuietlyBeforeStart() {
        for number in [SIGTERM, SIGINT] { _ = signal(number) { _ in _exit(0) } }
    }

    private func run(
        _ settings: ProcessSettings, _ edge: (any ServiceEdge)?, _ sideWork: [any SideWork], _ handler: H
    ) async -> Never {
        let metrics = PrometheusMetrics()
        MetricsSystem.bootstrap(metrics)
        let logger = Logger(label: "process")
        do {
            let parts = try ServiceParts(
                handler: handler, tables: tables, settings: settings, metrics: metrics, edge: edge,
                sideWork: sideWork)
            let services: [any Service] = parts.all + (parts.edge.map { [$0] } ?? []) + [StopLimit()]
            var configuration = ServiceGroupConfiguration(
                services: services.map { .init(service: $0, successTerminationBehavior: .gracefullyShutdownGroup) },
                gracefulShutdownSignals: [.sigterm, .sigint], logger: Logger(label: "lifecycle"))
            configuration.maximumGracefulShutdownDuration = .seconds(15)
            try await ServiceGroup(configuration: configuration).run()
            logger.info("stopped")
            leave(0)
        } catch {
            logger.critical("stopping", metadata: ["error": "\(error)"])
            leave(1)
        }
    }

    /// Ends the process without taking down what its libraries have set up: some of their threads still run, and logs are
    /// not buffered.
    private func leave(_ status: Int32) -> Never { _exit(status) }

    private func health(_ settings: ProcessSettings) -> Never {
        guard settings.httpPort > 0 else { end(64, "HTTP_PORT: a free port is known to the running process alone") }
        let answer = HealthProbe(address: HTTPAddress(host: settings.httpHost, port: settings.httpPort).local).ask()
        end(answer.isReady ? 0 : 1, answer.text)
    }

    private func migrate() -> Never {
        startLogging(nil)
        var reader = SettingsReader()
        let settings = MigrationSettings(&reader, service: H.service)
        guard let settings else { end(64, reader.defects.joined(separator: "\n")) }
        let name = H.service.replacingOccurrences(of: "-", with: "_")
        do {
            let migrator = try Migrator(administratorURL: settings.databaseURL)
            let names = try migrator.migrate(schema: name, role: name, password: settings.password, migrations)
            end(0, names.isEmpty ? "\(name): nothing to do" : "\(name): \(names.joined(separator: ", "))")
        } catch {
            end(1, "\(name): \(error)")
        }
    }

    private func replay(_ arguments: [String], _ settings: ProcessSettings, _ handler: H) -> Never {
        do throws(ReplayUsage) {
            let request = try ReplayRequest(arguments, topics: H.topics + H.referenceTopics)
            let replay = Replay(handler: handler, tables: tables, settings: settings)
            do {
                end(0, try replay.run(request).text(request))
            } catch {
                end(1, "replay of \(request.topic.name): \(error)")
            }
        } catch {
            end(64, error.reason)
        }
    }

    private func startLogging(_ settings: ProcessSettings?) {
        let level = settings.flatMap { Logger.Level(rawValue: $0.logLevel) } ?? .warning
        let writesJSON = settings?.logsJSON ?? false
        LoggingSystem.bootstrap { label in
            LineLogHandler(label: label, service: H.service, level: level, writesJSON: writesJSON)
        }
    }

    private func usage(_ reader: SettingsReader) -> String {
        let width = (reader.keys.map(\.name.count).max() ?? 0) + 2
        let keys = reader.keys.map { "  " + $0.name.padding(toLength: width, withPad: " ", startingAt: 0) + $0.note }
        return """
            \(H.service): one service of Tributary
              \(H.service) [run]          run until SIGTERM
              \(H.service) check-config   say every defect of the settings, exit 64
              \(H.service) health         ask the running process whether it is ready (HTTP_HOST, HTTP_PORT)
              \(H.service) migrate        bring the schema up to date
                (MIGRATION_DATABASE_URL; \(MigrationSettings.passwordKey(of: H.service)) or SERVICE_PASSWORD)
              \(H.service) replay …       handle records of a topic again; used by `ops replay`
            Settings, from the environment:
            \(keys.joined(separator: "\n"))
            """
    }

    private func end(_ status: Int32, _ text: String) -> Never {
        let handle = status == 0 ? FileHandle.standardOutput : FileHandle.standardError
        handle.write(Data((text + "\n").utf8))
        exit(status)
    }
}

/// What `/version` and `--version` say.
public enum ProcessVersion {
    public static let text = "tributary 0.1.0"
}
