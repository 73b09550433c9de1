import ArgumentParser
import Contracts
import Foundation
import Postgres

struct PackCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pack",
        abstract: "The pack check: scan a waybill, each piece, the weight; then the parcel leaves.",
        discussion: """
            Reads lines, as a scanner types them: a waybill or a parcel's id, then the SKU or barcode of each piece, then
            grams. A wrong piece, one too many, a stopped or cancelled parcel is refused at once. `abandon` lets go of a
            parcel. Fulfilment decides when it leaves, so what was stopped meanwhile stays.
            """)
    @Option(help: "Who packs; stands in the record.") var actor: String
    @Option(help: "Seconds to wait for fulfilment's answer.") var wait = 30

    func run() throws {
        try Screen.run { try pack() }
    }

    private func pack() throws {
        let environment = OpsEnvironment()
        let connection = try Administrator(environment).connect()
        defer { connection.close() }
        var desk = PackDesk()
        print("scan a waybill")
        while let line = readLine() {
            let reply = try desk.scan(line) { try HandoverParcel.load(number: $0, connection) }
            switch reply {
            case .say(let text): print(text)
            case .stop(let text): complain(text)
            case .dispatch(let parcel): try send(parcel, environment)
            }
        }
    }

    private func complain(_ text: String) {
        print((Screen.isTerminal ? "\u{07}" : "") + "✘ " + text)
    }

    private func send(_ parcel: HandoverParcel, _ environment: OpsEnvironment) throws {
        guard let orderID = parcel.orderID else { return }
        let id = "pack-\(UUID().uuidString.lowercased())"
        let command = DispatchShipment(
            head: CommandHead(
                commandID: id, actor: actor, reason: "packed",
                issuedAt: Instant(milliseconds: Int64(Date().timeIntervalSince1970 * 1000))),
            orderID: orderID, shipmentID: parcel.parcelID)
        let answer = try CommandDesk(environment).ask(
            OutgoingRecord(command, on: .commands(of: "fulfilment"), key: command.key, id: id),
            service: "fulfilment", commandID: id, waitSeconds: wait)
        if answer.outcome == .accepted {
            print("✔ \(parcel.parcelID) leaves with \(parcel.carrier) \(parcel.waybill); scan a waybill")
        } else {
            complain("\(parcel.parcelID) stays: \(answer.reason ?? "refused"); scan a waybill")
        }
    }
}
