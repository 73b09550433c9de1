import ArgumentParser
import Contracts
import Foundation
import Postgres

struct UpdatesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "updates", abstract: "What platforms are told of their orders.",
        subcommands: [List.self, Resend.self], defaultSubcommand: List.self)

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Shows what platforms have not accepted, the most urgent first.",
            discussion: """
                Parcels and decisions that were told to a platform and that it has refused, or not answered. Exit status 1 when
                a deadline has passed.
                """)
        @Option(help: "Only orders of this channel.") var channel: String?
        @Option(help: "At most so many.") var limit: Int32 = 100
        @Flag(help: "One line of JSON.") var json = false

        func run() throws {
            try Screen.run {
                let connection = try Administrator(OpsEnvironment()).connect("intake")
                defer { connection.close() }
                var parameters = Parameters()
                parameters.append(channel)
                parameters.append(limit)
                let section = try Self.query.ask(connection, parameters)
                if json {
                    print(String(decoding: JSONWriter.object { section.write(to: &$0) }, as: UTF8.self))
                } else {
                    print(section.text ?? "platforms have accepted everything")
                }
                if section.rows.contains(where: { $0.last == "yes" }) { throw ExitCode(1) }
            }
        }

        private static let query = ReportQuery(
            name: "updates", head: ["update", "channel", "order", "state", "why", "by", "late"],
            sql: """
                SELECT u ->> 'updateId', channel, external_order_id, u ->> 'state', u ->> 'reason', u ->> 'deadline',
                    CASE WHEN (u ->> 'deadline')::timestamptz < now() THEN 'yes' ELSE 'no' END
                FROM orders, jsonb_array_elements(convert_from(updates, 'UTF8')::jsonb -> 'updates') AS u
                WHERE update_deadline IS NOT NULL AND u ->> 'state' <> 'accepted' AND channel = coalesce($1, channel)
                ORDER BY u ->> 'deadline', 1 LIMIT $2
                """)
    }

    struct Resend: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Tells a platform once more what it has refused or not answered.",
            discussion: "Under the same id, so a platform that did it after all does it once.")
        @Argument(help: "The update's id, as `ops updates` shows it.") var update: String
        @Option(help: "The platform's own word for the carrier, where ours was wrong.") var carrierCode: String?
        @Option(help: "Why; stands in the record.") var reason = "told again"
        @Option(help: "Who asks; stands in the record.") var actor = "ops"
        @Option(help: "Seconds to wait for the answer.") var wait = 30

        func run() throws {
            try Screen.run {
                guard let orderID = OrderID(ofPart: update) else {
                    throw OpsFailure("'\(update)' is no update's id", status: .usage)
                }
                let head = CommandHead(actor: actor, reason: reason)
                let command = ResendUpdate(head: head, orderID: orderID, updateID: update, carrierCode: carrierCode)
                try CommandDesk(OpsEnvironment()).carryOut(command, service: "intake", waitSeconds: wait)
            }
        }
    }
}
