import ArgumentParser
import Contracts
import Foundation

struct ImportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Publishes what stands in a file.",
        subcommands: [ImportOrdersCommand.self, ImportWaybillsCommand.self])
}

struct ImportOrdersCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "orders", abstract: "Publishes the orders of a CSV or XLSX file, for agents who have no shop.",
        discussion: """
            The file is text in UTF-8, UTF-16 or GB 18030, or a workbook of which the first sheet is read, with headings in
            Chinese or English, like 订单号, 下单时间, 商品编码, 数量, 单价; a row is a line of an order, amounts are yuan. Times
            without a zone are those of BUSINESS_TIME_ZONE (Asia/Shanghai). Every wrong row is named, the orders without one are
            published; the same file again changes nothing. Exit status 65 when a row was refused.
            """)
    @Argument(help: "The file, or - for standard input.") var file: String
    @Option(help: "The channel of rows that do not name theirs.") var channel: String?
    @Option(help: "HEADING=COLUMN: what a heading means.") var map: [String] = []
    @Flag(help: "Shows what would be published.") var dryRun = false
    @Flag(help: "For programs.") var json = false

    struct Report: Encodable {
        let rows: Int
        let orders: Int
        let published: Int
        let refused: [OrderTable.Refusal]
        let ignoredColumns: [String]
        let preview: [Line]

        struct Line: Encodable {
            let rows: [Int]
            let channel: String
            let externalOrderId: String
            let placedAt: String
            let pieces: Int64
            let total: Int64
        }
    }

    func run() throws {
        try Screen.run { try importOrders() }
    }

    private func importOrders() throws {
        let environment = OpsEnvironment()
        let input =
            try file == "-" ? FileHandle.standardInput.readToEnd() ?? Data() : Data(contentsOf: URL(filePath: file))
        let name = environment["BUSINESS_TIME_ZONE"] ?? "Asia/Shanghai"
        guard let zone = TimeZone(identifier: name) else {
            throw OpsFailure("BUSINESS_TIME_ZONE: \(name) is not a time zone this machine knows", status: .usage)
        }
        let table = try OrderTable([UInt8](input), map: map)
        let imported = ImportedOrders(table, channel: channel, zone: zone)
        let published = dryRun ? 0 : try publish(imported.orders, environment)
        let report = Report(
            rows: table.rows.count + table.refusals.count, orders: imported.orders.count, published: published,
            refused: imported.refusals, ignoredColumns: table.ignored, preview: imported.orders.prefix(10).map(line))
        print(json ? try JSONText.document(report) : text(report))
        if !json { for refusal in report.refused { Screen.complain(refusal.text) } }
        if !dryRun, published < imported.orders.count { throw ExitCode(1) }
        if !report.refused.isEmpty { throw ExitCode(OpsFailure.Status.data.rawValue) }
    }

    private func publish(_ orders: [ImportedOrders.Imported], _ environment: OpsEnvironment) throws -> Int {
        guard !orders.isEmpty else { return 0 }
        let publisher = try RecordPublisher(environment)
        defer { publisher.close() }
        for (number, order) in orders.enumerated() { publisher.send(order.record, number: number) }
        for refusal in publisher.finish() {
            Screen.complain("rows \(orders[refusal.number].rows): \(refusal.error)")
        }
        return publisher.acknowledged
    }

    private func line(_ imported: ImportedOrders.Imported) -> Report.Line {
        let order = imported.order
        return Report.Line(
            rows: imported.rows, channel: order.channel, externalOrderId: order.externalOrderID,
            placedAt: order.placedAt.description, pieces: order.lines.reduce(0) { $0 + $1.quantity }, total: order.total
        )
    }

    private func text(_ report: Report) -> String {
        let head = ["rows", "channel", "order", "placed", "pieces", "total (分)"]
        let rows = report.preview.map { line in
            [
                line.rows.map(String.init).joined(separator: " "), line.channel, line.externalOrderId, line.placedAt,
                "\(line.pieces)", "\(line.total)",
            ]
        }
        let more = report.orders > rows.count ? "\n… and \(report.orders - rows.count) more" : ""
        let ignored =
            report.ignoredColumns.isEmpty ? "" : "\ncolumns left out: \(report.ignoredColumns.joined(separator: ", "))"
        let outcome = dryRun ? "nothing published (--dry-run)" : "\(report.published) published"
        return Screen.table(head, rows) + more + ignored
            + "\n\(report.rows) rows, \(report.orders) orders, \(report.refused.count) rows refused, \(outcome)"
    }
}
