import Contracts
import IntakeDomain
import Postgres

/// An order as the columns of `orders`, in the order in which the statements of `OrderTable` list them.
enum OrderRow {
    static func order(_ row: Row, payments: [OrderPayment]) throws(Fault) -> Order {
        let attribution = try row.bytesOrNil(9).map { (bytes) throws(Fault) in
            try Attribution(JSONDocument.object(bytes))
        }
        let refunds = try row.bytesOrNil(11).map { (bytes) throws(Fault) in
            try JSONDocument.object(bytes).readList("refunds", as: OrderRefund.self, atMost: 10_000)
        }
        let stored = StoredOrder(
            state: try word(row.text(5)), stock: try word(row.text(6)), reservation: row.int64(7),
            holds: try row.bytesOrNil(22).map(holds) ?? [], attribution: attribution,
            claims: try row.bytesOrNil(23).map { (bytes) throws(Fault) in
                try AttributionClaims(JSONDocument.object(bytes))
            }, payments: payments, returned: row.int64(10),
            refunds: refunds ?? [], goods: try OrderGoods(JSONDocument.object(row.bytes(12))),
            requests: try OrderRequests(JSONDocument.object(row.bytes(13))),
            receipt: receipt(due: instant(row, 14), leftMilliseconds: row.int64OrNil(15)),
            cancelReason: try row.textOrNil(16).map { (text) throws(Fault) in try word(text) },
            confirmedAt: instant(row, 17), reinstatedAt: instant(row, 18), receivedAt: instant(row, 19),
            completedAt: instant(row, 20), note: row.textOrNil(21), flag: row.textOrNil(25),
            handling: try row.bytesOrNil(24).map { (bytes) throws(Fault) in
                try OrderHandling(JSONDocument.object(bytes))
            } ?? OrderHandling(),
            updates: try row.bytesOrNil(26).map { (bytes) throws(Fault) in
                try JSONDocument.object(bytes).readList("updates", as: ChannelUpdate.self, atMost: 10_000)
            } ?? [])
        return Order(
            placed: try OrderPlaced(JSONDocument.object(row.bytes(3))),
            terms: try ChannelTerms(JSONDocument.object(row.bytes(4))), contentHash: row.int64(1),
            decidedAt: Instant(milliseconds: row.milliseconds(2)), stored: stored)
    }

    /// `$1` to `$29`: the id and what changes.
    static func changing(_ orders: [Order]) -> Parameters {
        var parameters = Parameters()
        parameters.append(orders.map { $0.orderID.text })
        parameters.append(orders.map { $0.state.rawValue })
        parameters.append(orders.map { $0.stock.rawValue })
        parameters.append(orders.map { $0.account.refundStatus.rawValue })
        parameters.append(orders.map { $0.cancelReason?.rawValue })
        parameters.append(orders.map { $0.hold })
        parameters.append(orders.map { $0.reservation })
        parameters.append(orders.map { $0.attribution?.memberID })
        parameters.append(orders.map { $0.attribution?.jsonBytes })
        parameters.append(orders.map { $0.account.paid })
        parameters.append(orders.map { $0.account.returned })
        parameters.append(orders.map { $0.account.excess })
        parameters.append(orders.map { $0.account.refunded })
        parameters.append(orders.map { refundsJSON($0.account.refunds) })
        parameters.append(orders.map { $0.goods.jsonBytes })
        parameters.append(orders.map { $0.requests.jsonBytes })
        parameters.appendTimestamps(orders.map { due(of: $0.receipt)?.milliseconds })
        parameters.append(orders.map { leftMilliseconds(of: $0.receipt) })
        parameters.appendTimestamps(orders.map { $0.confirmedAt?.milliseconds })
        parameters.appendTimestamps(orders.map { $0.reinstatedAt?.milliseconds })
        parameters.appendTimestamps(orders.map { $0.receivedAt?.milliseconds })
        parameters.appendTimestamps(orders.map { $0.completedAt?.milliseconds })
        parameters.append(orders.map { $0.note })
        parameters.append(orders.map { holdsJSON($0.holds) })
        parameters.append(orders.map { $0.claims?.jsonBytes })
        parameters.append(orders.map { $0.handling.isEmpty ? nil : $0.handling.jsonBytes })
        parameters.append(orders.map { $0.flag })
        parameters.append(orders.map { updatesJSON($0.updates) })
        parameters.appendTimestamps(orders.map { $0.updateDeadline?.milliseconds })
        return parameters
    }

    /// `$30` to `$44`: what is written once, unless it is revised.
    static func appendLasting(_ orders: [Order], to parameters: inout Parameters) {
        let placed = orders.map { $0.placed }
        parameters.append(placed.map { $0.channel })
        parameters.append(placed.map { $0.externalOrderID })
        parameters.append(placed.map { $0.kind.rawValue })
        parameters.append(placed.map { $0.historical })
        parameters.append(placed.map { $0.currency })
        parameters.append(placed.map { $0.goodsTotal })
        parameters.append(placed.map { $0.freight })
        parameters.append(placed.map { $0.fees })
        parameters.append(placed.map(taxAdded))
        parameters.append(placed.map { $0.total })
        parameters.appendTimestamps(placed.map { $0.placedAt.milliseconds })
        parameters.appendTimestamps(orders.map { $0.decidedAt.milliseconds })
        parameters.append(orders.map { $0.contentHash })
        parameters.append(placed.map { $0.jsonBytes })
        parameters.append(orders.map { $0.terms.jsonBytes })
    }

    /// What of the tax is not in the prices already.
    static func taxAdded(_ placed: OrderPlaced) -> Int64 {
        placed.total - placed.goodsTotal - placed.freight - placed.fees == 0 ? 0 : placed.tax
    }

    private static func holds(_ bytes: [UInt8]) throws(Fault) -> [OrderHold] {
        try JSONDocument.object(bytes).readList("holds")
    }

    private static func holdsJSON(_ holds: [OrderHold]) -> [UInt8]? {
        holds.isEmpty ? nil : JSONWriter.object { $0.field("holds", list: holds) }
    }

    private static func updatesJSON(_ updates: [ChannelUpdate]) -> [UInt8]? {
        updates.isEmpty ? nil : JSONWriter.object { $0.field("updates", list: updates) }
    }

    private static func refundsJSON(_ refunds: [OrderRefund]) -> [UInt8]? {
        refunds.isEmpty ? nil : JSONWriter.object { $0.field("refunds", list: refunds) }
    }

    private static func instant(_ row: Row, _ column: Int) -> Instant? {
        row.millisecondsOrNil(column).map { Instant(milliseconds: $0) }
    }

    private static func receipt(due: Instant?, leftMilliseconds: Int64?) -> ReceiptClock {
        if let due { return .running(due: due) }
        return leftMilliseconds.map { .paused(left: .milliseconds($0)) } ?? .idle
    }

    private static func due(of receipt: ReceiptClock) -> Instant? {
        if case .running(let due) = receipt { due } else { nil }
    }

    private static func leftMilliseconds(of receipt: ReceiptClock) -> Int64? {
        if case .paused(let left) = receipt { left.milliseconds } else { nil }
    }

    private static func word<Word: RawRepresentable>(_ text: String) throws(Fault) -> Word
    where Word.RawValue == String {
        guard let word = Word(rawValue: text) else { throw Fault("\(text) is no word of \(Word.self)") }
        return word
    }
}
