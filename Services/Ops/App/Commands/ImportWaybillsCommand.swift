import ArgumentParser
import Contracts
import Foundation
import Postgres

struct ImportWaybillsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "waybills", abstract: "Sends parcels off with the waybills of a supplier's CSV or XLSX file.",
        discussion: """
            A table as of `import orders`, with headings in Chinese or English: order (订单号: ours, or the channel's with --channel),
            carrier (快递公司), waybill (运单号), and shipment (包裹号) where an order has several parcels. Check digits, numbers
            that stand twice and orders without an open parcel are named before anything is sent; each row is then a
            DispatchShipment, and fulfilment's answer is shown beside it. Exit status 65 when a row was refused.
            """)
    @Argument(help: "The file, or - for standard input.") var file: String
    @Option(help: "The channel whose order numbers the file holds.") var channel: String?
    @Option(help: "Who sends them; stands in the record.") var actor = "ops"
    @Option(help: "Seconds to wait for fulfilment's answers.") var wait = 30
    @Flag(help: "Shows what would be sent.") var dryRun = false

    func run() throws {
        try Screen.run { try importWaybills() }
    }

    private struct Sending {
        let row: ImportedWaybills.Row
        let command: DispatchShipment
    }

    private func importWaybills() throws {
        let environment = OpsEnvironment()
        let imported = try ImportedWaybills(CalcFile.read(file))
        var refusals = imported.refusals
        let sendings = try find(imported.rows, &refusals, environment)
        let answers = dryRun ? [:] : try send(sendings, environment)
        let rows = sendings.map { sending in
            let answer = answers[sending.command.head.commandID]
            let outcome = answer.map { $0.reason.map { "\($0)" } ?? $0.outcome.rawValue } ?? "not answered yet"
            return [
                "\(sending.row.number)", sending.command.shipmentID, sending.row.carrier, sending.row.waybill,
                dryRun ? "would be sent" : outcome,
            ]
        }
        if !rows.isEmpty { print(Screen.table(["row", "shipment", "carrier", "waybill", "outcome"], rows)) }
        for refusal in refusals.sorted(by: { $0.row < $1.row }) { Screen.complain(refusal.text) }
        let accepted = answers.values.count { $0.outcome == .accepted }
        print("\(sendings.count + refusals.count) rows, \(accepted) accepted, \(refusals.count) refused here")
        if !refusals.isEmpty || answers.values.contains(where: { $0.outcome == .refused }) {
            throw ExitCode(OpsFailure.Status.data.rawValue)
        }
        if !dryRun, answers.count < sendings.count { throw ExitCode(1) }
    }

    /// The one open parcel of each row's order, or the one it names.
    private func find(
        _ rows: [ImportedWaybills.Row], _ refusals: inout [OrderTable.Refusal], _ environment: OpsEnvironment
    ) throws -> [Sending] {
        let connection = try Administrator(environment).connect()
        defer { connection.close() }
        var sendings: [Sending] = []
        for row in rows {
            var parameters = Parameters()
            parameters.append(row.order)
            parameters.append(channel)
            parameters.append(row.shipment)
            let open = try connection.query(
                """
                SELECT o.order_id, s.shipment_id FROM intake.orders AS o
                JOIN fulfilment.shipments AS s ON s.order_id = o.order_id AND s.state IN ('planned', 'labelled')
                WHERE (o.order_id = $1 OR o.channel = $2 AND o.external_order_id = $1)
                    AND s.shipment_id = coalesce($3, s.shipment_id)
                ORDER BY s.number
                """, parameters)
            guard open.count == 1, let orderID = OrderID(open[0].text(0)) else {
                let reason =
                    open.isEmpty
                    ? "\(row.order) has no such parcel that is still here"
                    : "\(row.order) has \(open.count) parcels that are still here: name one"
                refusals.append(OrderTable.Refusal(row: row.number, column: nil, reason: reason))
                continue
            }
            sendings.append(Sending(row: row, command: command(row, orderID, open[0].text(1))))
        }
        return sendings
    }

    /// The same row of the same file is the same command: sending a file twice changes nothing.
    private func command(_ row: ImportedWaybills.Row, _ orderID: OrderID, _ shipmentID: String) -> DispatchShipment {
        let digest = SHA256.digest(Array("\(shipmentID)/\(row.carrier)/\(row.waybill)".utf8)).prefix(10)
        let head = CommandHead(
            commandID: "waybill-\(Hexadecimal.text(digest))", actor: actor, reason: "supplier's waybill",
            issuedAt: Instant(milliseconds: Int64(Date().timeIntervalSince1970 * 1000)))
        return DispatchShipment(
            head: head, orderID: orderID, shipmentID: shipmentID, carrier: row.carrier, waybill: row.waybill)
    }

    private func send(_ sendings: [Sending], _ environment: OpsEnvironment) throws -> [String: CommandAnswered] {
        try CommandDesk(environment).ask(sendings.map(\.command), service: "fulfilment", waitSeconds: wait)
    }
}
