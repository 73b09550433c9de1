import Contracts
import Foundation
import Support
import Testing

@testable import InventoryDomain

@Suite("Random histories of stock")
struct HistoryTests {
    /// `HISTORY_OPERATIONS` sets how many.
    @Test func manyOperationsKeepTheSums() throws {
        var history = History(seed: 20_261_122)
        let count = ProcessInfo.processInfo.environment["HISTORY_OPERATIONS"].flatMap { Int($0) } ?? 100_000
        for step in 1...count {
            try history.step()
            if step % (count / 10) == 0 { try #require(history.defects() == [], "after step \(step)") }
        }
        let kinds = Set(history.ledger.facts.map { type(of: $0).type })
        #expect(kinds.count >= 10, "the history must reach everything: \(kinds.sorted())")
        #expect(history.ledger.faultCount > 100)
    }

    @Test func auditSeesALostPiece() throws {
        var history = History(seed: 3)
        for _ in 0..<500 { try history.step() }
        let broken = try #require(history.ledger.state.stock("S0"))
        var levels = broken.levels
        levels["w0"]?.onHand += 1
        let stock = Stock(sku: "S0", levels: levels, backorders: broken.backorders)
        #expect(!history.defects(putting: stock).isEmpty)
    }
}

/// Orders, shipments, refunds, returns and movements in random order over few SKUs, so that they meet.
struct History {
    private(set) var ledger = Ledger()
    private var random: SeededGenerator
    private var orders: [OrderID] = []
    private var counter = 0
    private let skus = (0..<5).map { "S\($0)" }
    private let warehouses = (0..<3).map { "w\($0)" }

    init(seed: UInt64) {
        random = SeededGenerator(seed: seed)
        ledger.handle(.warehouse(.sample(warehouse: "w0")))
        ledger.handle(.warehouse(.sample(warehouse: "w1", province: "北京市", priority: 2, dailyParcels: 5)))
        ledger.handle(.warehouse(.sample(warehouse: "w2", priority: 3, regions: ["浙江"])))
        for (index, sku) in skus.enumerated() {
            let item = CatalogItem.sample(
                sku: sku, safetyStock: Int64(index), reorderPoint: 20, backorder: index >= 3)
            ledger.handle(.item(item))
        }
    }

    mutating func step() throws {
        counter += 1
        ledger.now = ledger.now + .milliseconds(Int64.random(in: 0...400, using: &random))
        switch Int.random(in: 0..<100, using: &random) {
        case 0..<35: place()
        case 35..<55: move()
        case 55..<75: ship()
        case 75..<83: cancel()
        case 83..<86: reinstate()
        case 86..<92: refund()
        case 92..<96: inspect()
        case 96..<97: counter % 2 == 0 ? setSafety() : setQuota()
        default: try ledger.fireTimers()
        }
    }

    private mutating func place() {
        let lines = (0..<Int.random(in: 1...3, using: &random)).map { number in
            PlacedLine.sample("\(number)", sku: pick(skus), quantity: .random(in: 1...4, using: &random))
        }
        let order = OrderPlaced.sample(
            externalOrderID: "N-\(counter)", lines: lines, region: .sample(province: pick(["浙江省", "北京市"])))
        orders.append(order.orderID)
        if orders.count > 300 { for orderID in orders.prefix(100) { cancel(orderID) } }
        ledger.handle(.orderPlaced(order))
        if Bool.random(using: &random) { ledger.handle(.orderPlaced(order)) }
    }

    private mutating func move() {
        let kind = pick(WarehouseMovement.Kind.allCases + [.received, .received, .received])
        var quantity = Int64.random(in: 1...20, using: &random)
        if kind == .adjusted { quantity = pick([-3, -1, 2]) }
        let movement = WarehouseMovement.sample(
            movementID: "M-\(Int.random(in: 0...counter, using: &random))", warehouse: pick(warehouses),
            sku: pick(skus), kind: kind, quantity: quantity, reference: pick([nil, "PO-1"]))
        ledger.handle(.stockMoved(movement))
    }

    private mutating func ship() {
        guard let orderID = orders.randomElement(using: &random), let reservation = ledger.state.reservation(orderID),
            let holding = reservation.openHoldings.randomElement(using: &random)
        else { return }
        let quantity = Int64.random(in: 1...holding.open + 1, using: &random)
        ledger.handle(
            .shipmentDispatched(
                .sample(
                    orderID: orderID, shipment: Int.random(in: 1...4, using: &random), warehouse: holding.warehouse,
                    lines: [LineQuantity(lineID: holding.lineID, sku: holding.sku, quantity: quantity)])))
    }

    /// An order that is cancelled now is left alone afterwards half of the time.
    private mutating func cancel(_ orderID: OrderID? = nil) {
        guard let cancelled = orderID ?? orders.randomElement(using: &random) else { return }
        if orderID != nil || Bool.random(using: &random) { orders.removeAll { $0 == cancelled } }
        ledger.handle(
            .orderCancelled(
                OrderCancelled(orderID: cancelled, reason: .buyer, cancelledAt: ledger.now, refundDue: 0)))
    }

    private mutating func reinstate() {
        guard let orderID = orders.randomElement(using: &random) else { return }
        ledger.handle(
            .orderReinstated(
                OrderReinstated(
                    orderID: orderID, reservation: 2, paymentID: "P", amount: 1, reinstatedAt: ledger.now)))
    }

    private mutating func refund() {
        guard let orderID = orders.randomElement(using: &random) else { return }
        let number = Int.random(in: 1...3, using: &random)
        let pieces = LinesResumed.Withdrawn(
            lineID: pick(["0", "1"]), quantity: .random(in: 1...4, using: &random), warehouse: pick([nil] + warehouses))
        ledger.handle(
            .linesResumed(
                LinesResumed(
                    orderID: orderID, requestID: "\(orderID)-A\(number)", lines: [], withdrawn: [pieces, pieces])))
    }

    private mutating func inspect() {
        guard let orderID = orders.randomElement(using: &random), let reservation = ledger.state.reservation(orderID),
            let line = reservation.request.lines.randomElement(using: &random)
        else { return }
        let inspected = InspectedLine(
            lineID: line.lineID, sku: line.sku, quantity: 1, outcome: pick(InspectionOutcome.allCases))
        ledger.handle(
            .caseInspected(
                CaseInspected(
                    orderID: orderID, caseID: "\(orderID)-A1", warehouse: pick(warehouses), lines: [inspected],
                    inspectedAt: ledger.now, version: .random(in: 1...5, using: &random))))
    }

    private mutating func setSafety() {
        let head = CommandHead(commandID: "C-\(counter)", actor: "u", reason: "r", issuedAt: ledger.now)
        let warehouse = pick([nil, "w0", "w9"])
        let quantity = Int64.random(in: -1...3, using: &random)
        ledger.handle(
            .setSafetyStock(SetSafetyStock(head: head, sku: pick(skus), warehouse: warehouse, quantity: quantity)))
    }

    private mutating func setQuota() {
        let head = CommandHead(commandID: "C-\(counter)", actor: "u", reason: "r", issuedAt: ledger.now)
        ledger.handle(
            .setChannelQuota(
                SetChannelQuota(
                    head: head, sku: pick(skus), channel: "wechat-mini", quantity: pick([nil, -1, 0, 5, 50, 500]))))
    }

    private mutating func pick<Value>(_ values: [Value]) -> Value { values.randomElement(using: &random)! }
}
