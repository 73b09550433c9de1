import Contracts

/// All that the demo publishes by itself, in the order of its acts: a pure function of purchases and seed.
struct DemoScript {
    /// Before every purchase: reference data is in force from here on.
    static let beginning = Instant(milliseconds: 820_454_400_000)  // 1996-01-01

    let orders: [DemoOrder]
    let references: [OutgoingRecord]
    let stock: [OutgoingRecord]
    private let seed: UInt64

    init(_ purchases: [Purchase], seed: UInt64) {
        self.seed = seed
        orders = purchases.map { DemoOrder($0, seed: seed) }
            .sorted { ($0.placedAt, $0.purchase.number) < ($1.placedAt, $1.purchase.number) }
        var prices: [String: Int64] = [:]
        var wanted: [String: Int64] = [:]
        for purchase in purchases {
            let sku = DemoOrder.sku(purchase)
            prices[sku] = DemoOrder.unitPrice(purchase)
            wanted[sku, default: 0] += purchase.pieces
        }
        let skus = prices.keys.sorted()
        let customers = Set(purchases.map(\.customer)).sorted().map { DemoCustomer($0, seed: seed) }
        references =
            DemoChannel.allCases.map {
                OutgoingRecord(
                    $0.catalog, on: .catalogChannels, key: $0.rawValue, id: "demo/channel/\($0.rawValue)",
                    source: "/ops/demo")
            } + DemoStock.warehouseRecords + skus.map { DemoStock.item($0, price: prices[$0] ?? 0) }
            + DemoMembers.records + [DemoMembers.plan] + customers.compactMap(\.binding)
        let marker = "\(seed)-\(purchases.count)"
        stock = skus.filter { DemoStock.hasStock($0, seed: seed) }.flatMap {
            DemoStock.receipts($0, wanted: wanted[$0] ?? 0, marker: marker)
        }
    }

    /// Payments that come too early, then the orders.
    var orderRecords: [OutgoingRecord] {
        orders.filter { $0.fate == .paidBefore }.map(\.payment) + orders.map { $0.order(seed: seed) }
    }

    var laterPayments: [OutgoingRecord] { orders.filter { $0.fate == .paidAfter }.map(\.payment) }
    var latePayments: [OutgoingRecord] { orders.filter { $0.fate == .paidLate }.map(\.payment) }

    /// Second thoughts before anything is shipped.
    var secondThoughts: [OutgoingRecord] {
        orders.filter { [.cancelledUnpaid, .cancelledPaid].contains($0.fate) }.map(\.cancellation)
            + orders.filter { [.refundedWhole, .refundedPart].contains($0.fate) }.map(\.afterSalesRequest)
    }

    var returns: [OutgoingRecord] { orders.filter { $0.fate == .returned }.map(\.afterSalesRequest) }
}
