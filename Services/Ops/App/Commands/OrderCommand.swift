import ArgumentParser
import Contracts
import Postgres

struct OrderCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "order", abstract: "Looks at one order.", subcommands: [OrderShowCommand.self])
}

struct OrderShowCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Shows an order's whole story, across all services.",
        discussion: """
            Where it stands, its lines, parcels, cases with what happens next and when, refunds, commission, messages that
            wait for it, and every fact about it by time, with the place where it stands in its topic.
            """)
    @Argument(help: "The order's id, or channel/externalOrderId.") var id: String
    @Flag(help: "One line of JSON.") var json = false

    func run() throws {
        try Screen.run {
            let environment = OpsEnvironment()
            let connection = try Administrator(environment).connect()
            defer { connection.close() }
            guard let story = try OrderStory(id, connection, environment) else {
                throw OpsFailure("no order is called \(id)", status: .data)
            }
            print(json ? String(decoding: story.jsonBytes, as: UTF8.self) : story.text)
        }
    }
}
