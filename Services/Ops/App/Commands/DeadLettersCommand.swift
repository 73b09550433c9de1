import ArgumentParser
import Contracts
import Foundation

struct DeadLettersCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dead-letters", abstract: "Shows messages that could not be handled, and settles them.",
        subcommands: [List.self, Show.self, Retry.self, Discard.self])

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "The newest dead letters of every service.")
        @Option(help: "Only this service's.") var service: String?
        @Option(help: "dead, retry, revived, discarded or expired.") var state = "dead"
        @Option(help: "At most so many per service.") var limit: Int64 = 100
        @Flag(help: "For programs.") var json = false

        func run() throws {
            try Screen.run {
                let administrator = try Administrator(OpsEnvironment())
                let services = try service.map { [try ServiceName.checked($0)] } ?? Topic.services
                let letters = try services.flatMap {
                    try DeadLetter.list($0, state: state, limit: limit, administrator)
                }
                if json { return print(try JSONText.document(letters)) }
                if letters.isEmpty { return print("no dead letters") }
                print(
                    Screen.table(
                        ["service", "id", "topic", "place", "tries", "failed at", "reason"],
                        letters.map {
                            [
                                $0.service, "\($0.id)", $0.topic, "\($0.partition)/\($0.offset)", "\($0.attempts)",
                                $0.failedAt, ($0.field.map { "\($0): " } ?? "") + $0.reason,
                            ]
                        }))
            }
        }
    }

    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "One dead letter with its whole message.")
        @Option(help: "Whose it is.") var service: String
        @Argument(help: "Its id.") var id: Int64

        func run() throws {
            try Screen.run {
                let service = try ServiceName.checked(service)
                let found = try DeadLetter.find(service, id: id, try Administrator(OpsEnvironment()))
                guard let found else { throw OpsFailure("\(service) has no dead letter \(id)") }
                print(try JSONText.document(found))
            }
        }
    }

    struct Choice: ParsableArguments {
        @Option(help: "Whose dead letters.") var service: String
        @Option(help: "Why; stands in the record.") var reason: String
        @Option(help: "Who asks; stands in the record.") var actor = "ops"
        @Flag(help: "Every one that is dead.") var all = false
        @Argument(help: "Their ids.") var ids: [Int64] = []

        func validate() throws {
            if all == !ids.isEmpty { throw ValidationError("Name ids, or --all.") }
        }

        /// Publishes the command that `make` builds.
        func publish(_ verb: String, _ make: (CommandHead) -> OutgoingRecord) throws {
            let head = CommandHead(
                commandID: UUID().uuidString.lowercased(), actor: actor, reason: reason,
                issuedAt: Instant(milliseconds: Int64(Date().timeIntervalSince1970 * 1000)))
            let publisher = try RecordPublisher(OpsEnvironment())
            defer { publisher.close() }
            try publisher.publish([make(head)])
            print("\(service) was asked to \(verb) \(all ? "all" : "\(ids.count)"), command \(head.commandID)")
        }
    }

    struct Retry: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Gives dead letters back to their service.")
        @OptionGroup var choice: Choice

        func run() throws {
            try Screen.run {
                let topic = Topic.commands(of: try ServiceName.checked(choice.service))
                try choice.publish("retry") { head in
                    let command = RetryDeadLetters(head: head, deadLetterIDs: choice.ids, all: choice.all)
                    return OutgoingRecord(command, on: topic, key: command.key, id: head.commandID)
                }
            }
        }
    }

    struct Discard: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Lets dead letters go for good.")
        @OptionGroup var choice: Choice

        func run() throws {
            try Screen.run {
                let topic = Topic.commands(of: try ServiceName.checked(choice.service))
                try choice.publish("discard") { head in
                    let command = DiscardDeadLetters(head: head, deadLetterIDs: choice.ids, all: choice.all)
                    return OutgoingRecord(command, on: topic, key: command.key, id: head.commandID)
                }
            }
        }
    }
}
