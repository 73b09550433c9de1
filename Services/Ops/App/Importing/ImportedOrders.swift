import Contracts
import Foundation

/// The orders of a file: those that can be published, and what is wrong with the others.
///
/// - Shape: rows of one order id are its lines, wherever they stand. An order with a wrong row is left out whole.
struct ImportedOrders {
    /// An order as its channel would send it.
    struct Imported {
        let order: ChannelOrder
        let rows: [Int]

        /// The same order of the same file is the same message; a corrected one is another.
        var record: OutgoingRecord {
            let digest = Hexadecimal.text(SHA256.digest(order.jsonBytes).prefix(10))
            let key = "\(order.channel)/\(order.externalOrderID)"
            return OutgoingRecord(
                order, on: .channelOrders, key: key, id: "import/sha256:\(digest)",
                source: "/channels/\(order.channel)")
        }
    }

    private(set) var orders: [Imported] = []
    private(set) var refusals: [OrderTable.Refusal]
    private let headings: [OrderColumn: String]
    private let zone: TimeZone

    /// - Parameter channel: For rows that do not name theirs.
    init(_ table: OrderTable, channel: String?, zone: TimeZone) {
        headings = table.headings
        refusals = table.refusals
        self.zone = zone
        var groups: [[OrderTable.Row]] = []
        var places: [[String]: Int] = [:]
        for row in table.rows {
            guard let id = row.cells[.externalOrderID] else {
                refuse(row.number, .externalOrderID, "is missing")
                continue
            }
            guard let channel = row.cells[.channel] ?? channel else {
                refuse(row.number, .channel, "no channel: give --channel or a column for it")
                continue
            }
            if let place = places[[channel, id]] {
                groups[place].append(row)
            } else {
                places[[channel, id]] = groups.count
                groups.append([row])
            }
        }
        for rows in groups { take(rows, channel: rows[0].cells[.channel] ?? channel ?? "") }
        refusals.sort { $0.row < $1.row }
    }

    private mutating func take(_ rows: [OrderTable.Row], channel: String) {
        let before = refusals.count
        let whole = orderCells(rows)
        let lines = rows.enumerated().compactMap { index, row in line(row, number: index + 1) }
        let order = order(whole, lines, channel: channel, row: rows[0].number)
        guard refusals.count == before, let order else { return leaveOut(rows, since: before) }
        do throws(Fault) {
            // Read as intake will read it, so that its rules hold here too.
            _ = try ChannelOrder(JSONDocument.object(order.jsonBytes))
            orders.append(Imported(order: order, rows: rows.map(\.number)))
        } catch {
            refuse(error, rows)
            leaveOut(rows, since: before)
        }
    }

    /// Rows that are right but belong to an order that is not.
    private mutating func leaveOut(_ rows: [OrderTable.Row], since before: Int) {
        let wrong = Set(refusals[before...].map(\.row))
        guard let first = wrong.min() else { return }
        for row in rows where !wrong.contains(row.number) {
            refuse(row.number, nil, "left out: row \(first) of the same order is wrong")
        }
    }

    /// Cells of the whole order: rows may repeat them, not contradict.
    private mutating func orderCells(_ rows: [OrderTable.Row]) -> [OrderColumn: String] {
        var whole: [OrderColumn: String] = [:]
        var origin: [OrderColumn: Int] = [:]
        for row in rows {
            for (column, text) in row.cells.sorted(by: { $0.key.rawValue < $1.key.rawValue }) where column.isOfOrder {
                if let known = whole[column], known != text {
                    refuse(row.number, column, "differs from row \(origin[column] ?? 0) of the same order")
                } else if whole[column] == nil {
                    whole[column] = text
                    origin[column] = row.number
                }
            }
        }
        return whole
    }

    private mutating func line(_ row: OrderTable.Row, number: Int) -> ChannelOrder.Line? {
        let sku = cell(row.cells, .sku, row.number)
        let quantity = value(row.cells, .quantity, row.number) { (text) throws(CellValue.Wrong) in
            try CellValue.quantity(text)
        }
        let unitPrice = amount(row.cells, .unitPrice, row.number)
        let discount = row.cells[.lineDiscount] == nil ? 0 : amount(row.cells, .lineDiscount, row.number)
        guard let sku, let quantity, let unitPrice, let discount else { return nil }
        guard Int128(discount) <= Int128(unitPrice) * Int128(quantity) else {
            refuse(row.number, .lineDiscount, "is above the price of the line")
            return nil
        }
        return ChannelOrder.Line(
            lineID: row.cells[.lineID] ?? "\(number)", sku: sku, quantity: quantity, unitPrice: unitPrice,
            discount: discount)
    }

    private mutating func order(
        _ cells: [OrderColumn: String], _ lines: [ChannelOrder.Line], channel: String, row: Int
    ) -> ChannelOrder? {
        let placedAt = time(cells, .placedAt, row)
        let orderDiscount = cells[.orderDiscount] == nil ? 0 : amount(cells, .orderDiscount, row)
        let freight = cells[.freight] == nil ? 0 : amount(cells, .freight, row)
        let given = cells[.total] == nil ? nil : amount(cells, .total, row)
        let paid = cells[.paid] == nil ? 0 : amount(cells, .paid, row)
        let paidAt = cells[.paidAt] == nil ? placedAt : time(cells, .paidAt, row)
        guard let placedAt, let orderDiscount, let freight, let paid, let paidAt else { return nil }
        let sum = lines.reduce(Int128(0)) { $0 + $1.amount } - Int128(orderDiscount) + Int128(freight)
        guard let total = given ?? Int64(exactly: sum), total >= 0 else {
            refuse(row, .orderDiscount, "makes the order less than nothing")
            return nil
        }
        let id = cells[.externalOrderID] ?? ""
        return ChannelOrder(
            channel: channel, externalOrderID: id, placedAt: placedAt, buyer: buyer(cells), shipTo: address(cells),
            referral: cells[.referral].map { ChannelOrder.Referral(code: $0, kind: .agent, at: placedAt) },
            lines: lines,
            orderDiscount: orderDiscount, freight: freight, total: total,
            payment: paid == 0
                ? nil
                : ChannelOrder.Payment(
                    paymentID: cells[.paymentID] ?? "offline-\(id)", status: .succeeded, amount: paid,
                    method: cells[.paymentMethod] ?? "offline", paidAt: paidAt), note: cells[.note])
    }

    private func buyer(_ cells: [OrderColumn: String]) -> ChannelOrder.Buyer? {
        let buyer = ChannelOrder.Buyer(
            externalBuyerID: cells[.buyerID], name: cells[.buyerName], phone: cells[.buyerPhone])
        return buyer == ChannelOrder.Buyer() ? nil : buyer
    }

    private func address(_ cells: [OrderColumn: String]) -> ChannelOrder.Address? {
        let address = ChannelOrder.Address(
            name: cells[.receiverName], phone: cells[.receiverPhone], province: cells[.province], city: cells[.city],
            district: cells[.district], street: cells[.street], postalCode: cells[.postalCode])
        return address == ChannelOrder.Address() ? nil : address
    }

    private mutating func amount(_ cells: [OrderColumn: String], _ column: OrderColumn, _ row: Int) -> Int64? {
        value(cells, column, row) { (text) throws(CellValue.Wrong) in try CellValue.amount(text) }
    }

    private mutating func time(_ cells: [OrderColumn: String], _ column: OrderColumn, _ row: Int) -> Instant? {
        let zone = zone
        return value(cells, column, row) { (text) throws(CellValue.Wrong) in try CellValue.time(text, in: zone) }
    }

    private mutating func value<Value>(
        _ cells: [OrderColumn: String], _ column: OrderColumn, _ row: Int,
        _ read: (String) throws(CellValue.Wrong) -> Value
    ) -> Value? {
        guard let text = cell(cells, column, row) else { return nil }
        do throws(CellValue.Wrong) {
            return try read(text)
        } catch {
            refuse(row, column, error.reason)
            return nil
        }
    }

    private mutating func cell(_ cells: [OrderColumn: String], _ column: OrderColumn, _ row: Int) -> String? {
        guard let text = cells[column] else {
            refuse(row, column, "is missing")
            return nil
        }
        return text
    }

    private mutating func refuse(_ row: Int, _ column: OrderColumn?, _ reason: String) {
        refusals.append(
            OrderTable.Refusal(row: row, column: column.map { headings[$0] ?? $0.rawValue }, reason: reason))
    }

    /// A rule of the contract, at the row of the line it names or at the order's first.
    private mutating func refuse(_ fault: Fault, _ rows: [OrderTable.Row]) {
        let field = fault.field ?? ""
        let index = field.firstMatch(of: /lines\[(\d+)\]/).flatMap { Int($0.1) } ?? 0
        let name = field.split(separator: ".").last.map(String.init) ?? field
        let column = OrderColumn(rawValue: name == "discount" ? OrderColumn.lineDiscount.rawValue : name)
        refuse(rows[min(index, rows.count - 1)].number, column, column == nil ? "\(fault)" : fault.reason)
    }
}
