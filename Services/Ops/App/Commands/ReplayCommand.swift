import ArgumentParser

struct ReplayCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay", abstract: "Handles records of a topic again; what was handled changes nothing.")
    @Option(help: "intake, inventory, fulfilment, after-sales or commission.") var service: String
    @Option(help: "One of the topics it listens to.") var topic: String
    @Option(help: "RFC 3339 time or offset to begin at.") var from: String?
    @Option(help: "RFC 3339 time or offset to stop before.") var until: String?
    @Option(help: "Only records of this key.") var key: String?
    @Option(help: "dry-run says what would happen, live does it.") var mode = "dry-run"

    func run() throws {
        try Screen.run {
            let environment = OpsEnvironment()
            let service = try ServiceName.checked(service)
            var variables = environment.all
            variables["DATABASE_URL"] = try environment.required(ServiceName.variable(service, "DATABASE_URL"))
            variables["HTTP_PORT"] = nil
            var arguments = ["replay", "--topic", topic, "--mode", mode]
            for (name, value) in [("--from", from), ("--until", until), ("--key", key)] {
                if let value { arguments += [name, value] }
            }
            let status = try SiblingProgram(service).run(arguments, environment: variables)
            if status != 0 { throw ExitCode(status) }
        }
    }
}
