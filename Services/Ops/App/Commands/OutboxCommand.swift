import ArgumentParser
import Contracts

struct OutboxCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "outbox", abstract: "Shows keys that a refused fact has stopped, and lets them go on.",
        discussion: """
            A fact that is too large for the broker stops its key, so that nothing overtakes it. Raise the broker's
            limit, start the service with a higher KAFKA_CONFIG_MESSAGE_MAX_BYTES and retry; or skip the fact: whoever
            reads its topic never sees it. `ops audit` names what was skipped.
            """,
        subcommands: [List.self, Retry.self, Skip.self])

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Every stopped key, and what stops it.")
        @Option(help: "Only this service's.") var service: String?
        @Flag(help: "For programs.") var json = false

        func run() throws {
            try Screen.run {
                let administrator = try Administrator(OpsEnvironment())
                let services = try service.map { [try ServiceName.checked($0)] } ?? Topic.services
                let stopped = try services.flatMap { try StoppedKey.list($0, administrator) }
                if json { return print(try JSONText.document(stopped)) }
                if stopped.isEmpty { return print("no key is stopped") }
                print(
                    Screen.table(
                        ["service", "id", "topic", "key", "fact", "bytes", "refused as", "waiting behind"],
                        stopped.map {
                            [
                                $0.service, "\($0.id)", $0.topic, $0.key, $0.eventID, "\($0.bytes)", $0.reason,
                                "\($0.behind)",
                            ]
                        }))
            }
        }
    }

    struct Retry: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Sends facts that stop their keys once more.")
        @Option(help: "Whose outbox.") var service: String
        @Argument(help: "The ids that `ops outbox list` names.") var ids: [Int64]

        func run() throws {
            try Screen.run {
                let service = try ServiceName.checked(service)
                let count = try StoppedKey.retry(ids, of: service, try Administrator(OpsEnvironment()))
                print("\(service) sends \(count) of \(ids.count) again")
                if count < ids.count { throw ExitCode(1) }
            }
        }
    }

    struct Skip: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Gives up facts that stop their keys; what waits behind them is sent.")
        @Option(help: "Whose outbox.") var service: String
        @Option(help: "Why; stands in the record.") var reason: String
        @Option(help: "Who asks; stands in the record.") var actor = "ops"
        @Argument(help: "The ids that `ops outbox list` names.") var ids: [Int64]

        func run() throws {
            try Screen.run {
                let service = try ServiceName.checked(service)
                let administrator = try Administrator(OpsEnvironment())
                var missing: [Int64] = []
                for id in ids {
                    if let fact = try SkippedFact.skip(id, of: service, actor: actor, reason: reason, administrator) {
                        print("skipped \(fact.eventID) (\(fact.type))")
                    } else {
                        missing.append(id)
                    }
                }
                guard missing.isEmpty else {
                    let numbers = missing.map(String.init).joined(separator: ", ")
                    throw OpsFailure("\(service): \(numbers) stops no key; see `ops outbox list`")
                }
            }
        }
    }
}
