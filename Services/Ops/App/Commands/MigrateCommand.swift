import ArgumentParser
import Contracts

struct MigrateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "migrate", abstract: "Brings the schema of every service up to date.",
        discussion:
            "DATABASE_URL is the administrator's; <SERVICE>_PASSWORD, else SERVICE_PASSWORD, is given to a new role.")

    func run() throws {
        try Screen.run {
            let environment = OpsEnvironment()
            let administrator = try environment.required("DATABASE_URL")
            for service in Topic.services {
                var variables = environment.all
                variables["MIGRATION_DATABASE_URL"] = administrator
                if let own = environment[ServiceName.variable(service, "PASSWORD")] {
                    variables["SERVICE_PASSWORD"] = own
                }
                let status = try SiblingProgram(service).run(["migrate"], environment: variables)
                if status != 0 { throw ExitCode(status) }
            }
        }
    }
}

/// How a service is called elsewhere than in topics.
enum ServiceName {
    /// `AFTER_SALES_PASSWORD` of `after-sales`.
    static func variable(_ service: String, _ suffix: String) -> String {
        service.uppercased().replacing("-", with: "_") + "_" + suffix
    }

    /// The schema and the role: `after_sales`.
    static func schema(_ service: String) -> String { service.replacing("-", with: "_") }

    /// - Throws: `OpsFailure` for a name that is no service's.
    static func checked(_ name: String) throws -> String {
        guard Topic.services.contains(name) else {
            throw OpsFailure("'\(name)' is none of \(Topic.services.joined(separator: ", "))", status: .usage)
        }
        return name
    }
}
