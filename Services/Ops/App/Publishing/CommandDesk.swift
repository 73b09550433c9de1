import Contracts
import Foundation
import Kafka

/// Publishes a command and waits for what its service answers.
struct CommandDesk {
    private let environment: OpsEnvironment

    init(_ environment: OpsEnvironment) { self.environment = environment }

    /// - Throws: `OpsFailure` when no answer came in time; the command may still be carried out then.
    func ask(
        _ record: OutgoingRecord, service: String, commandID: String, waitSeconds: Int
    ) throws -> CommandAnswered {
        guard
            let answer = try ask([commandID: record], service: service, waitSeconds: waitSeconds)[commandID]
        else {
            throw OpsFailure(
                "\(service) has not answered command \(commandID) within \(waitSeconds) s; it may still do so, see "
                    + "`ops tail --topic \(Topic.commandResults(of: service).name)`")
        }
        return answer
    }

    /// Has one command carried out, and says so.
    ///
    /// - Throws: `OpsFailure` when it was refused, or not answered in time.
    func carryOut(_ command: some HeadedCommand, service: String, waitSeconds: Int) throws {
        let id = command.head.commandID
        let answer = try ask(
            OutgoingRecord(command, on: .commands(of: service), key: command.key, id: id), service: service,
            commandID: id, waitSeconds: waitSeconds)
        guard answer.outcome == .accepted else { throw OpsFailure("refused: \(answer.reason ?? "")") }
        print("accepted\(answer.reason.map { ": " + $0 } ?? ""), command \(id)")
    }

    /// - Returns: The answers that came in time, by the ids of their commands.
    func ask(
        _ commands: [some HeadedCommand], service: String, waitSeconds: Int
    ) throws -> [String: CommandAnswered] {
        guard !commands.isEmpty else { return [:] }
        let records = commands.map { command in
            let id = command.head.commandID
            return (id, OutgoingRecord(command, on: .commands(of: service), key: command.key, id: id))
        }
        return try ask(Dictionary(records) { first, _ in first }, service: service, waitSeconds: waitSeconds)
    }

    /// - Parameter records: By the ids of their commands.
    /// - Returns: The answers that came in time, by the same ids.
    func ask(
        _ records: [String: OutgoingRecord], service: String, waitSeconds: Int
    ) throws -> [String: CommandAnswered] {
        let topic = Topic.commandResults(of: service).name
        let reader = try TopicReader([topic], from: .end, environment)
        defer { reader.close() }
        // The end is where it stands when the reader has found it, not when it was asked for.
        let deadline = Date(timeIntervalSinceNow: Double(waitSeconds))
        while !reader.isAtEnd, Date() < deadline { _ = try reader.next(timeoutMilliseconds: 100) }
        let publisher = try RecordPublisher(environment)
        defer { publisher.close() }
        try publisher.publish(records.sorted { $0.key < $1.key }.map(\.value))
        var answers: [String: CommandAnswered] = [:]
        while Date() < deadline, answers.count < records.count {
            for record in try reader.next(timeoutMilliseconds: 200) {
                let answer = try CommandAnswered(JSONDocument.object(record.value ?? []))
                if records[answer.commandID] != nil { answers[answer.commandID] = answer }
            }
        }
        return answers
    }
}

extension CommandHead {
    /// A new command, of this moment.
    init(actor: String, reason: String) {
        self.init(
            commandID: UUID().uuidString.lowercased(), actor: actor, reason: reason,
            issuedAt: Instant(milliseconds: Int64(Date().timeIntervalSince1970 * 1000)))
    }
}
