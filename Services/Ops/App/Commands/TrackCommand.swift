import ArgumentParser
import Contracts
import Foundation
import FulfilmentEdge
import FulfilmentProviders
import Pipeline
import Postgres

struct TrackCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "track", abstract: "Asks the provider where a parcel is, and lets fulfilment know.",
        discussion: """
            For a parcel that nobody watches, or that has been silent for long. The answer goes to carrier.scans.v1 as if the
            provider had pushed it. Settings are fulfilment's: TRACKING_PROVIDER and what belongs to it.
            """)
    @Argument(help: "A shipment's id.") var shipment: String

    func run() throws {
        try Screen.run {
            let environment = OpsEnvironment()
            var reader = environment.settings
            guard let settings = TrackingSettings(&reader) else {
                throw OpsFailure(
                    reader.defects.first ?? "TRACKING_PROVIDER is not set: nobody can be asked", status: .usage)
            }
            let parcel = try Self.parcel(shipment, environment)
            guard
                let call = settings.provider.query(
                    carrier: parcel.carrier, waybill: parcel.waybill,
                    phone: parcel.carrier == "sf" ? parcel.phone : nil)
            else {
                throw OpsFailure("\(settings.provider.name) has no code for carrier \(parcel.carrier)", status: .data)
            }
            let caller = ProviderCaller()
            defer { try? caller.close() }
            let now = Instant(milliseconds: Int64(Date().timeIntervalSince1970 * 1000))
            let history = caller.answer(to: call) {
                settings.provider.history(in: $0, at: now)
            } outage: {
                .outage($0)
            }
            switch history {
            case .refused(let reason): throw OpsFailure("\(settings.provider.name) refuses: \(reason)")
            case .outage(let reason): throw OpsFailure("\(settings.provider.name) has no answer: \(reason)")
            case .told(let type, let record):
                let publisher = try RecordPublisher(environment)
                defer { publisher.close() }
                try publisher.publish([
                    OutgoingRecord(
                        topic: Topic.carrierScans.name, key: "\(parcel.carrier)/\(parcel.waybill)", value: record,
                        headers: [
                            .init("ce_specversion", "1.0"), .init("ce_type", type),
                            .init("ce_source", "/carriers/\(settings.provider.name)"),
                            .init("content-type", "application/json"),
                        ])
                ])
                print(String(decoding: record, as: UTF8.self))
            }
        }
    }

    private struct Parcel {
        let carrier: String
        let waybill: String
        /// The last four digits of the receiver's.
        let phone: String?
    }

    private static func parcel(_ shipment: String, _ environment: OpsEnvironment) throws -> Parcel {
        let connection = try Administrator(environment).connect("fulfilment")
        defer { connection.close() }
        var parameters = Parameters()
        parameters.append(shipment)
        let rows = try connection.query(
            """
            SELECT s.carrier, s.waybill, right(convert_from(p.party, 'UTF8')::jsonb #>> '{shipTo,phone}', 4)
            FROM shipments s LEFT JOIN intake.parties p USING (order_id)
            WHERE s.shipment_id = $1 AND s.state NOT IN ('planned', 'cancelled')
            """, parameters)
        guard let row = rows.first else {
            throw OpsFailure("shipment \(shipment) is unknown, or has no number", status: .data)
        }
        return Parcel(carrier: row.text(0), waybill: row.text(1), phone: row.textOrNil(2))
    }
}
