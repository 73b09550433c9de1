import ArgumentParser
import Contracts
import Foundation
import Postgres

extension WaveCommand {
    struct Merge: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Packs open parcels of one buyer to one address together, before they are released.",
            discussion: """
                Only parcels in no wave, planned at most --window apart; at most 20 shipments and 30 kg together. Fulfilment
                decides on each, and its answer is shown. Exit status 65 when one was refused.
                """)
        @Option(help: "The warehouse.") var warehouse: String
        @Option(help: "How far apart they may have been planned: 24h, 90m.") var window = "24h"
        @Option(help: "Who merges them; stands in the record.") var actor = "ops"
        @Option(help: "Seconds to wait for fulfilment's answers.") var wait = 30
        @Flag(help: "Shows what would be packed together.") var dryRun = false

        func run() throws {
            try Screen.run { try merge() }
        }

        private func merge() throws {
            guard let window = DurationText.duration(window) else {
                throw OpsFailure("--window \(window) is no duration such as 24h or 90m", status: .usage)
            }
            let environment = OpsEnvironment()
            let groups = MergeGroups.make(try find(environment), within: window).map { $0.map(\.shipmentID) }
            guard !groups.isEmpty else {
                print("nothing at \(warehouse) can be packed together")
                return
            }
            let answers = dryRun ? [:] : try send(groups, environment)
            let rows = groups.map { group in
                let answer = answers[Self.commandID(group)]
                let outcome = answer.map { $0.reason ?? $0.outcome.rawValue } ?? "not answered yet"
                return ["\(group.count)", group.joined(separator: " "), dryRun ? "would be merged" : outcome]
            }
            print(Screen.table(["count", "shipments", "outcome"], rows))
            if answers.values.contains(where: { $0.outcome == .refused }) {
                throw ExitCode(OpsFailure.Status.data.rawValue)
            }
        }

        private func find(_ environment: OpsEnvironment) throws -> [MergeGroups.Candidate] {
            let connection = try Administrator(environment).connect("fulfilment")
            defer { connection.close() }
            var parameters = Parameters()
            parameters.append(warehouse)
            return try connection.query(
                """
                SELECT s.shipment_id, o.buyer_id || ' ' || o.address_fingerprint, s.planned_at,
                    (SELECT coalesce(sum(l.quantity * l.unit_weight_grams), 0)::int8 FROM shipment_lines AS l
                        WHERE l.shipment_id = s.shipment_id)
                FROM shipments AS s JOIN orders AS o USING (order_id)
                WHERE s.warehouse = $1 AND s.state IN ('planned', 'labelled') AND s.wave_id IS NULL
                    AND s.parcel_id = s.shipment_id AND s.companions IS NULL AND o.delivery = 'express'
                    AND o.buyer_id IS NOT NULL AND o.address_fingerprint IS NOT NULL
                    AND NOT EXISTS (SELECT FROM stops AS p WHERE p.order_id = o.order_id)
                """, parameters
            ).map {
                MergeGroups.Candidate(
                    shipmentID: $0.text(0), destination: $0.text(1),
                    plannedAt: Instant(milliseconds: $0.milliseconds(2)), weightGrams: $0.int64(3))
            }
        }

        /// The same group is the same command.
        private static func commandID(_ group: [String]) -> String {
            "merge-\(Hexadecimal.text(SHA256.digest(Array(group.joined(separator: " ").utf8)).prefix(10)))"
        }

        private func send(_ groups: [[String]], _ environment: OpsEnvironment) throws -> [String: CommandAnswered] {
            let now = Instant(milliseconds: Int64(Date().timeIntervalSince1970 * 1000))
            let commands = groups.compactMap { group in
                OrderID(ofPart: group[0]).map { orderID in
                    MergeShipments(
                        head: CommandHead(
                            commandID: Self.commandID(group), actor: actor, reason: "one buyer, one address",
                            issuedAt: now),
                        orderID: orderID, shipmentIDs: group)
                }
            }
            return try CommandDesk(environment).ask(commands, service: "fulfilment", waitSeconds: wait)
        }
    }
}
