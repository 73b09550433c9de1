import ArgumentParser
import Contracts
import Foundation
import Postgres

/// Waves 波次: parcels that a warehouse picks, packs and hands over together.
struct WaveCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "wave", abstract: "Gives parcels to a warehouse in waves, and prints what it needs.",
        subcommands: [Merge.self, Release.self, List.self, Print.self])

    struct Release: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Puts parcels that may leave into a wave, those with the nearest deadline first.",
            discussion: """
                From then on they leave by the pack check or with a carrier's scan, not by themselves. Safe to run again: a
                parcel of the same wave stays in it. Exit status 65 when one was refused.
                """)
        @Argument(help: "The wave's name.") var wave: String
        @Option(help: "The warehouse.") var warehouse: String
        @Option(help: "Only orders with a parcel by this carrier.") var carrier: String?
        @Option(help: "At most so many orders.") var limit: Int32 = 200
        @Option(help: "Who releases them; stands in the record.") var actor = "ops"
        @Option(help: "Seconds to wait for fulfilment's answers.") var wait = 30
        @Flag(help: "Shows what would be released.") var dryRun = false

        func run() throws {
            try Screen.run { try release() }
        }

        private func release() throws {
            let environment = OpsEnvironment()
            let parcels = try find(environment)
            guard !parcels.rows.isEmpty else {
                throw OpsFailure("nothing at \(warehouse) may be released", status: .data)
            }
            let answers = dryRun ? [:] : try send(parcels.rows.map { $0[0] }, environment)
            let rows = parcels.rows.map { row in
                let answer = answers[commandID(row[0])]
                let outcome = answer.map { $0.reason ?? $0.outcome.rawValue } ?? "not answered yet"
                return row.dropFirst() + [dryRun ? "would be released" : outcome]
            }
            print(Screen.table(Array(parcels.head.dropFirst()) + ["outcome"], rows.map(Array.init)))
            guard !dryRun else { return }
            let accepted = answers.values.count { $0.outcome == .accepted }
            print("\(answers.count) orders answered, \(accepted) in wave \(wave)")
            if answers.values.contains(where: { $0.outcome == .refused }) {
                throw ExitCode(OpsFailure.Status.data.rawValue)
            }
        }

        private func find(_ environment: OpsEnvironment) throws -> ReportSection {
            let connection = try Administrator(environment).connect("fulfilment")
            defer { connection.close() }
            var parameters = Parameters()
            parameters.append(warehouse)
            parameters.append(carrier)
            parameters.append(limit)
            return try Self.open.ask(connection, parameters)
        }

        private static let open = ReportQuery(
            name: "open", head: ["order", "shipment", "carrier", "waybill", "by"],
            sql: """
                WITH chosen AS (
                    SELECT o.order_id, o.ship_by, min(s.planned_at) AS planned_at
                    FROM shipments AS s JOIN orders AS o USING (order_id)
                    WHERE s.warehouse = $1 AND s.carrier = coalesce($2, s.carrier) AND s.wave_id IS NULL
                        AND s.state IN ('planned', 'labelled')
                        AND NOT EXISTS (SELECT FROM stops AS p WHERE p.order_id = o.order_id AND p.kind <> 'case')
                    GROUP BY o.order_id ORDER BY o.ship_by, min(s.planned_at), o.order_id LIMIT $3)
                SELECT order_id, s.shipment_id, s.carrier, s.waybill, to_char(c.ship_by, 'YYYY-MM-DD HH24:MI"Z"')
                FROM chosen AS c JOIN shipments AS s USING (order_id)
                WHERE s.warehouse = $1 AND s.wave_id IS NULL AND s.state IN ('planned', 'labelled')
                ORDER BY c.ship_by, c.planned_at, order_id, s.number
                """)

        /// The same order in the same wave is the same command.
        private func commandID(_ orderID: String) -> String {
            let digest = SHA256.digest(Array("\(wave)/\(warehouse)/\(orderID)".utf8)).prefix(10)
            return "wave-\(Hexadecimal.text(digest))"
        }

        private func send(
            _ orders: [String], _ environment: OpsEnvironment
        ) throws -> [String: CommandAnswered] {
            let now = Instant(milliseconds: Int64(Date().timeIntervalSince1970 * 1000))
            let commands = Set(orders).sorted().compactMap { OrderID($0) }.map { orderID in
                ReleaseWave(
                    head: CommandHead(
                        commandID: commandID(orderID.text), actor: actor, reason: "wave \(wave)", issuedAt: now),
                    orderID: orderID, waveID: wave, warehouse: warehouse)
            }
            return try CommandDesk(environment).ask(commands, service: "fulfilment", waitSeconds: wait)
        }
    }

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Shows the waves, the newest first.")
        @Option(help: "Only of this warehouse.") var warehouse: String?
        @Flag(help: "Those too of which nothing is left to pack.") var all = false
        @Flag(help: "One line of JSON.") var json = false

        func run() throws {
            try Screen.run {
                let connection = try Administrator(OpsEnvironment()).connect("fulfilment")
                defer { connection.close() }
                var parameters = Parameters()
                parameters.append(warehouse)
                parameters.append(Int64(all ? 0 : 1))
                let waves = try Self.query.ask(connection, parameters)
                if json {
                    print(String(decoding: JSONWriter.object { waves.write(to: &$0) }, as: UTF8.self))
                } else {
                    print(waves.text ?? "no wave has anything left to pack")
                }
            }
        }

        private static let query = ReportQuery(
            name: "waves", head: ["wave", "warehouse", "parcels", "to pack", "left", "cancelled", "by"],
            sql: """
                SELECT s.wave_id, s.warehouse, count(DISTINCT s.parcel_id)::text,
                    (count(DISTINCT s.parcel_id) FILTER (WHERE s.state IN ('planned', 'labelled')))::text,
                    (count(DISTINCT s.parcel_id) FILTER (WHERE s.dispatched_at IS NOT NULL))::text,
                    (count(DISTINCT s.parcel_id) FILTER (WHERE s.state = 'cancelled'))::text,
                    to_char(min(o.ship_by) FILTER (WHERE s.state IN ('planned', 'labelled')), 'YYYY-MM-DD HH24:MI"Z"')
                FROM shipments AS s JOIN orders AS o USING (order_id)
                WHERE s.wave_id IS NOT NULL AND s.warehouse = coalesce($1, s.warehouse)
                GROUP BY s.wave_id, s.warehouse
                HAVING count(*) FILTER (WHERE s.state IN ('planned', 'labelled')) >= $2
                ORDER BY max(s.planned_at) DESC, s.wave_id LIMIT 200
                """)
    }

    struct Print: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Writes pick list, packing slips and labels of a wave as a page to print.",
            discussion: """
                The page names its paper: A4 for the pick list, A5 for slips, 100 × 180 mm for labels. It holds names and
                addresses, so only its owner may read the file. Printing again changes nothing.
                """)
        @Argument(help: "The wave's name.") var wave: String
        @Option(help: "Where to write it; wave-NAME.html by default.") var out: String?
        @Option(help: "Only one part: pick, slips or labels.") var only: String?
        @Option(help: "Only the parcel with this number or id.") var parcel: String?

        func run() throws {
            try Screen.run {
                let parts = try only.map { word in
                    guard let part = HandoverPages.Part(rawValue: word) else {
                        throw OpsFailure("--only takes pick, slips or labels, not \(word)", status: .usage)
                    }
                    return [part]
                }
                let connection = try Administrator(OpsEnvironment()).connect()
                defer { connection.close() }
                let all = try HandoverParcel.load(wave: wave, connection).filter(\.isHere)
                    .filter { parcel == nil || $0.waybill == parcel || $0.parcelID == parcel }
                for stopped in all where !stopped.stops.isEmpty {
                    Screen.complain(
                        "\(stopped.parcelID) is stopped by \(stopped.stops.joined(separator: ", ")): not printed")
                }
                let parcels = all.filter(\.stops.isEmpty)
                guard !parcels.isEmpty else {
                    throw OpsFailure(
                        "wave \(wave) has nothing to pack\(parcel.map { " with \($0)" } ?? "")", status: .data)
                }
                let pages = HandoverPages(
                    wave: wave, parcels: parcels, printedAt: Date.now.formatted(.iso8601.dateSeparator(.dash)))
                let path = out ?? "wave-\(wave.replacing("/", with: "-")).html"
                let written = FileManager.default.createFile(
                    atPath: path, contents: Data(pages.html(parts ?? HandoverPages.Part.allCases).utf8),
                    attributes: [.posixPermissions: 0o600])
                guard written else { throw OpsFailure("\(path) cannot be written") }
                print("\(parcels.count) parcels, \(parcels.reduce(0) { $0 + $1.pieces }) pieces: \(path)")
            }
        }
    }
}
