import ConsoleDomain
import Contracts
import Foundation
import Postgres
import Spreadsheets

/// Orders on their way into a file, some at a time.
struct OrderExportSource: Sendable {
    enum Rows: Sendable {
        case found(OrderConditions)
        case ticked([String])
    }

    let rows: Rows
    let choices: OrderChoices
    let visit: Visit

    private static let pageSize = 1000
    /// A sheet holds few more.
    private static let most = 1_000_000

    typealias Line = (order: OrderListRow, goods: [OrderListLine])

    func eachPage(_ body: @concurrent ([Line]) async throws -> Void) async throws {
        switch rows {
        case .ticked(let ids):
            let scope = visit.scope
            try await body(
                visit.tools.database.read { connection in
                    try Self.lines(try OrderListRows.some(ids, scope, in: connection), connection)
                })
        case .found(let conditions): try await eachPage(of: conditions, body)
        }
    }

    private func eachPage(of conditions: OrderConditions, _ body: @concurrent ([Line]) async throws -> Void)
        async throws
    {
        var cursor: OrderCursor?
        for _ in 0..<(Self.most / Self.pageSize) {
            let start = cursor
            let (lines, hasNext) = try await visit.tools.database.read { connection in
                let part = try OrderListRows.part(conditions, at: start, limit: Self.pageSize, in: connection)
                return (try Self.lines(part.rows, connection), part.hasNext)
            }
            try await body(lines)
            guard hasNext, let last = lines.last else { return }
            cursor = last.order.cursor(conditions.filter.sort, isBackwards: false)
        }
    }

    private static func lines(_ orders: [OrderListRow], _ connection: Connection) throws -> [Line] {
        let goods = try OrderListRows.lines(orders.map(\.orderID), in: connection)
        return orders.map { ($0, goods[$0.orderID] ?? []) }
    }

    private static let columns = [
        "orders.order", "order.external", "orders.channel", "orders.placed", "orders.state", "orders.stock",
        "orders.refund", "order.action.holds", "orders.flag", "orders.region", "orders.goods", "orders.pieces",
        "order.currency", "orders.total", "order.sum.paid", "order.sum.refunded", "orders.seller", "orders.warehouse",
        "orders.parcels",
    ]

    private var titles: [String] { Self.columns.map { visit.say($0) } }

    var head: [UInt8] {
        var bytes: [UInt8] = []
        SeparatedText.append(titles, to: &bytes)
        return bytes
    }

    func append(_ line: Line, to bytes: inout [UInt8]) {
        let texts = cells(line).map { cell in
            switch cell {
            case .text(let text): text
            case .number(let number): String(number)
            case .money(let amount, let digits): decimalText(amount, digits: digits)
            case .empty: ""
            }
        }
        SeparatedText.append(texts, to: &bytes)
    }

    private func cells(_ line: Line) -> [Workbook.Cell] {
        let order = line.order
        let words = OrderWords(visit: visit)
        let digits = CurrencyDigits.of(order.currency)
        let comma = visit.say("list.comma")
        return [
            .text(order.orderID), .text(order.externalOrderID), .text(choices.channel(order.channel)),
            .text(visit.formats.exactTime(order.placedAt)), .text(visit.say("term.state.\(order.state)")),
            .text(visit.say("orders.stock.\(order.stock)")), .text(visit.say("orders.refund.\(order.refund)")),
            .text(order.holds.map(words.hold).joined(separator: comma)), .text(order.flag.map(words.flag) ?? ""),
            .text(words.region(order.province, order.city)),
            .text(line.goods.map { "\($0.name ?? $0.sku) ×\($0.quantity)" }.joined(separator: comma)),
            .number(line.goods.reduce(0) { $0 + $1.quantity }), .text(order.currency),
            .money(order.total, digits: digits), .money(order.paid, digits: digits),
            .money(order.refunded, digits: digits), .text(order.seller ?? ""),
            .text(order.warehouses.map(choices.warehouse).joined(separator: comma)), .number(order.parcels),
        ]
    }

    /// Written to a file in constant memory, and read back as a whole.
    func workbook() async throws -> [UInt8] {
        let file = FileManager.default.temporaryDirectory.appending(path: "orders-\(UUID().uuidString).xlsx")
        defer { try? FileManager.default.removeItem(at: file) }  // Nobody misses what is not there.
        let book = try Workbook(path: file.path(percentEncoded: false))
        try book.begin(sheet: "orders", titles: titles)
        try await eachPage { lines in
            for line in lines { try book.add(cells(line)) }
        }
        try book.close()
        return Array(try Data(contentsOf: file))
    }
}
