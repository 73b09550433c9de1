import ArgumentParser
import Contracts
import Postgres

struct UpdatesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "updates", abstract: "Shows what platforms have not accepted, the most urgent first.",
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
