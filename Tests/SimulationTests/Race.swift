import Contracts
import Kafka

@testable import Ops

/// Orders whose payments, cancellations, requests, holds and parcels come at moments drawn by a seed, so that any of
/// them may overtake any other; and a stock that is not enough for all.
struct Race {
    /// In which everything the outside starts by itself has come.
    static let length = Duration.hours(5)
    private static let actor = "user-1"

    let script: DemoScript
    private let seed: UInt64
    private let start: Instant
    private let chance: Chance
    private var world: DemoWorld
    private var planned: [(at: Instant, record: OutgoingRecord)] = []
    /// Facts that were answered already: a fact that comes twice is answered once.
    private var answered: Set<String> = []

    init(orders count: Int, seed: UInt64, start: Instant) {
        let purchases = (1...count).compactMap { number in
            Purchase(
                "\(10_000 + number % 9) 19970101 \(1 + number % 3) \(10 + number % 5 * 10).\(10 + number % 3)",
                number: number)
        }
        self.seed = seed
        self.start = start
        chance = Chance(seed: seed)
        script = DemoScript(purchases, seed: seed)
        world = DemoWorld(script)
        for order in script.orders { plan(order) }
    }

    var unfinished: [OrderID] { world.unfinished }

    /// Two thirds of what all orders want, in four warehouses: many an order is split.
    var stock: [OutgoingRecord] {
        var wanted: [String: Int64] = [:]
        for order in script.orders { wanted[order.sku, default: 0] += order.purchase.pieces }
        return wanted.sorted { $0.key < $1.key }.flatMap { sku, pieces in
            DemoStock.warehouses.map { place in
                let movement = WarehouseMovement(
                    movementID: "race-\(place.id)-\(sku)", warehouse: place.id, sku: sku, kind: .received,
                    quantity: max(1, pieces / 6), occurredAt: DemoScript.beginning)
                return OutgoingRecord(
                    movement, on: .warehouseMovements, key: sku, id: movement.movementID, source: "/warehouses/demo")
            }
        }
    }

    /// Pieces that came into the house, by SKU.
    var received: [String: Int64] {
        var sums: [String: Int64] = [:]
        for record in stock {
            let movement = try? WarehouseMovement(JSONDocument.object(record.value ?? []))
            if let movement { sums[movement.sku, default: 0] += movement.quantity }
        }
        return sums
    }

    /// What the outside says up to now.
    mutating func due(at now: Instant) -> [OutgoingRecord] {
        let due = planned.filter { $0.at <= now }
        planned.removeAll { $0.at <= now }
        return due.map(\.record) + world.due(at: now)
    }

    /// What the outside answers to facts, some of it later.
    mutating func hear(_ records: [KafkaRecord], at now: Instant) throws(Fault) -> [OutgoingRecord] {
        for record in records {
            guard let value = record.value, let id = record.header("ce_id"), let type = record.header("ce_type"),
                answered.insert(String(decoding: id, as: UTF8.self)).inserted
            else { continue }
            switch String(decoding: type, as: UTF8.self) {
            case ShipmentPlanned.type: send(try ShipmentPlanned(JSONDocument.object(value)), at: now)
            case CaseOpened.type: decide(try CaseOpened(JSONDocument.object(value)), at: now)
            default: break
            }
        }
        return try world.hear(records.filter { record in DemoWorld.topics.contains { $0.name == record.topic } })
    }

    private mutating func plan(_ order: DemoOrder) {
        let placed = chance.number(below: 20)
        let record = order.order(seed: seed)
        say(record, after: placed)
        if chance.happens(30, in: 100) { say(renamed(record), after: placed + chance.number(below: 60)) }
        if !order.fate.paysWithOrder, order.purchase.cents > 0 {
            if chance.happens(25, in: 100), order.purchase.cents > 1 {
                let part = order.purchase.cents / 3 + 1
                say(payment(of: order, "part", amount: part), after: placed - 10 + chance.number(below: 40))
                let rest = payment(of: order, "rest", amount: order.purchase.cents - part)
                say(rest, after: placed + chance.number(below: 60))
            } else if chance.happens(80, in: 100) {
                say(order.payment, after: placed - 10 + chance.number(below: 55))
            }
            if chance.happens(25, in: 100) { say(payment(of: order, "second"), after: chance.number(below: 120)) }
            if chance.happens(25, in: 100) {
                say(payment(of: order, "failed", status: .failed), after: chance.number(below: 60))
            }
        }
        if chance.happens(35, in: 100) { say(order.cancellation, after: placed + chance.number(below: 200)) }
        if chance.happens(35, in: 100) { say(order.afterSalesRequest, after: placed + chance.number(below: 260)) }
        for piece in 1..<order.purchase.pieces where chance.happens(35, in: 100) {
            say(request(of: order, piece), after: placed + chance.number(below: 260))
        }
        if chance.happens(30, in: 100) {
            let moment = chance.number(below: 150)
            say(
                command(HoldOrder(head: head("hold", order.orderID), orderID: order.orderID), to: "intake"),
                after: moment)
            let release = ReleaseOrder(head: head("release", order.orderID), orderID: order.orderID)
            say(command(release, to: "intake"), after: moment + 1 + chance.number(below: 120))
            // It may have overtaken the hold.
            let evening = ReleaseOrder(head: head("evening", order.orderID), orderID: order.orderID)
            say(command(evening, to: "intake"), after: 500)
        }
        if chance.happens(15, in: 100) {
            let cancel = Contracts.CancelOrder(head: head("cancel", order.orderID), orderID: order.orderID)
            say(command(cancel, to: "intake"), after: chance.number(below: 240))
        }
    }

    private mutating func say(_ record: OutgoingRecord, after minutes: Int) {
        planned.append((start + .minutes(Int64(max(0, minutes))), record))
    }

    /// The same message under another id.
    private func renamed(_ record: OutgoingRecord) -> OutgoingRecord {
        let headers = record.headers.map { $0.name == "ce_id" ? KafkaHeader("ce_id", "again/\(record.key)") : $0 }
        return OutgoingRecord(topic: record.topic, key: record.key, value: record.value, headers: headers)
    }

    private func payment(
        of order: DemoOrder, _ name: String, amount: Int64? = nil, status: ChannelPayment.Status = .succeeded
    ) -> OutgoingRecord {
        let payment = ChannelPayment(
            channel: order.channel.rawValue, externalOrderID: order.externalOrderID,
            paymentID: "\(name)-\(order.externalOrderID)", status: status,
            amount: amount ?? order.purchase.cents, method: "wechat-pay", paidAt: order.placedAt + .minutes(2))
        return OutgoingRecord(payment, on: .channelPayments, key: order.key, id: payment.paymentID)
    }

    /// One piece less.
    private func request(of order: DemoOrder, _ number: Int64) -> OutgoingRecord {
        let request = AfterSalesRequest(
            channel: order.channel.rawValue, externalOrderID: order.externalOrderID,
            externalCaseID: "ONE-\(number)-\(order.externalOrderID)", kind: .refund, reason: "one too many",
            lines: [AfterSalesRequest.Line(lineID: "1", quantity: 1)], requestedAt: order.placedAt + .minutes(20))
        return OutgoingRecord(request, on: .channelAfterSales, key: order.key, id: request.externalCaseID)
    }

    /// Some parcels are sent off by hand, before or after they would go by themselves.
    private mutating func send(_ shipment: ShipmentPlanned, at now: Instant) {
        guard chance.happens(50, in: 100) else { return }
        let dispatch = DispatchShipment(
            head: head("dispatch-\(shipment.shipmentID)", shipment.orderID), orderID: shipment.orderID,
            shipmentID: shipment.shipmentID)
        planned.append((now + .minutes(Int64(chance.number(below: 150))), command(dispatch, to: "fulfilment")))
    }

    /// A person decides what no rule decides, and in the evening what was refused because it could not be decided yet.
    private mutating func decide(_ opened: CaseOpened, at now: Instant) {
        let evening = ApproveCase(
            head: head("evening-\(opened.caseID)", opened.orderID), orderID: opened.orderID, caseID: opened.caseID)
        planned.append((now + .hours(9), command(evening, to: "after-sales")))
        let moment = now + .minutes(Int64(chance.number(below: 200)))
        let name = head("decide-\(opened.caseID)", opened.orderID)
        let record =
            chance.happens(60, in: 100)
            ? command(ApproveCase(head: name, orderID: opened.orderID, caseID: opened.caseID), to: "after-sales")
            : command(RejectCase(head: name, orderID: opened.orderID, caseID: opened.caseID), to: "after-sales")
        planned.append((moment, record))
    }

    private func head(_ purpose: String, _ orderID: OrderID) -> CommandHead {
        CommandHead(
            commandID: "\(purpose)-\(orderID.text.suffix(40))", actor: Self.actor, reason: "race", issuedAt: start)
    }

    private func command(_ command: some HeadedCommand, to service: String) -> OutgoingRecord {
        OutgoingRecord(command, on: .commands(of: service), key: command.key, id: command.head.commandID)
    }
}
