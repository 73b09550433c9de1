import ArgumentParser
import Contracts
import Foundation
import Postgres
import Privacy

struct LabelsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "labels", abstract: "Electronic waybills that a provider makes.",
        subcommands: [List.self, Print.self, Void.self], defaultSubcommand: List.self)

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Numbers that are still to come, that were refused, or that could not be taken back.",
            discussion: "Exit status 1 when a person is needed.")
        @Option(help: "At most so many.") var limit: Int32 = 100
        @Flag(help: "One line of JSON.") var json = false

        func run() throws {
            try Screen.run {
                let connection = try Administrator(OpsEnvironment()).connect("fulfilment")
                defer { connection.close() }
                var parameters = Parameters()
                parameters.append(limit)
                let section = try Self.query.ask(connection, parameters)
                if json {
                    print(String(decoding: JSONWriter.object { section.write(to: &$0) }, as: UTF8.self))
                } else {
                    print(section.text ?? "every number that was asked for is there")
                }
                if section.rows.contains(where: { ["refused", "kept"].contains($0[3]) }) { throw ExitCode(1) }
            }
        }

        /// A refusal counts while its shipment still waits for that number.
        static let query = ReportQuery(
            name: "labels", head: ["shipment", "carrier", "number", "state", "since", "attempts", "why"],
            sql: """
                SELECT c.shipment_id, c.carrier, c.waybill, c.state, to_char(c.wanted_at, 'YYYY-MM-DD HH24:MI"Z"'),
                    coalesce(a.attempts, 0)::text, a.reason
                FROM label_calls c JOIN shipments s USING (shipment_id) LEFT JOIN label_attempts a
                    ON a.call_id = c.call_id
                WHERE c.state IN ('wanted', 'voiding', 'kept')
                    OR c.state = 'refused' AND s.state = 'planned' AND s.call_id = c.call_id
                ORDER BY c.state, c.sequence LIMIT $1
                """)
    }

    struct Print: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "What the carrier wants on a parcel: HTML, or the address of a page.",
            discussion: """
                It names people, so it is kept sealed, and only who has the key of personal data (PARTIES_MASTER_KEY, or
                …_FILE) can open it. Printing again changes nothing.
                """)
        @Argument(help: "A shipment's id.") var shipment: String

        func run() throws {
            try Screen.run {
                let environment = OpsEnvironment()
                let connection = try Administrator(environment).connect("fulfilment")
                defer { connection.close() }
                var parameters = Parameters()
                parameters.append(shipment)
                let rows = try connection.query(Self.document, parameters)
                guard let row = rows.first else {
                    throw OpsFailure("shipment \(shipment) has no label of a provider", status: .data)
                }
                guard let document = row.textOrNil(1), let masterKeyID = row.textOrNil(3),
                    let wrapped = row.textOrNil(4),
                    let orderID = OrderID(row.text(0))
                else { throw OpsFailure("there is nothing to print for \(shipment), or it was forgotten") }
                let keys = try environment.masterKeys()
                let key = try keys.open(WrappedKey(masterKeyID: masterKeyID, text: wrapped), of: row.text(2))
                print(String(decoding: try key.open(document, of: orderID), as: UTF8.self))
            }
        }

        static let document: StaticString = """
            SELECT s.order_id, a.document, p.buyer_id, k.master_key_id, k.wrapped
            FROM shipments s JOIN label_attempts a USING (call_id)
            LEFT JOIN parties p USING (order_id) LEFT JOIN buyer_keys k USING (buyer_id)
            WHERE s.shipment_id = $1 AND s.state <> 'cancelled'
            """
    }

    struct Void: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Gives a parcel another number and has the one it has taken back.")
        @Argument(help: "A shipment's id.") var shipment: String
        @Option(help: "The new number's; without it the same.") var carrier: String?
        @Option(help: "Why; stands in the record.") var reason: String
        @Option(help: "Who asks; stands in the record.") var actor = "ops"
        @Option(help: "Seconds to wait for the answer.") var wait = 30

        func run() throws {
            try Screen.run {
                guard let orderID = OrderID(ofPart: shipment) else {
                    throw OpsFailure("'\(shipment)' is no shipment's id", status: .usage)
                }
                let environment = OpsEnvironment()
                let command = ReassignCarrier(
                    head: CommandHead(actor: actor, reason: reason), orderID: orderID, shipmentID: shipment,
                    carrier: try carrier ?? Self.carrier(of: shipment, environment))
                try CommandDesk(environment).carryOut(command, service: "fulfilment", waitSeconds: wait)
            }
        }

        private static func carrier(of shipment: String, _ environment: OpsEnvironment) throws -> String {
            let connection = try Administrator(environment).connect("fulfilment")
            defer { connection.close() }
            var parameters = Parameters()
            parameters.append(shipment)
            let rows = try connection.query("SELECT carrier FROM shipments WHERE shipment_id = $1", parameters)
            guard let row = rows.first else {
                throw OpsFailure("shipment \(shipment) is unknown", status: .data)
            }
            return row.text(0)
        }
    }
}
