import Contracts
import Support

@testable import FulfilmentDomain

/// Fulfilment's domain alone: decide and evolve, without a pipeline.
struct DomainState {
    private(set) var state = State<FulfilmentAggregate>()
    private let orderID: OrderID
    private let rules: FulfilmentRules

    /// - Parameter labelledCarriers: Whose numbers a provider makes.
    init(_ order: Order, labelledCarriers: Set<String> = []) {
        rules = FulfilmentRules(calendar: .shanghai, labelledCarriers: labelledCarriers)
        orderID = order.orderID
        know(order)
        state.load(
            .warehouse("hangzhou"),
            .warehouse(WarehousePlace(warehouse: "hangzhou", country: "CN", province: "浙江省")))
        state.load(.carriers, nil)
        state.load(.item("SKU-1"), .item(ItemWeight(sku: "SKU-1", weightGrams: 250)))
    }

    /// Loads an order under its id and its waybills.
    mutating func know(_ order: Order) {
        state.load(.order(order.orderID), .order(order, stored: nil))
        for shipment in order.shipments {
            state.alias(.waybill(shipment.label.carrier, shipment.label.waybill), of: .order(order.orderID))
        }
    }

    @discardableResult
    mutating func take(_ message: FulfilmentMessage, at now: Instant = .sample) throws(Fault) -> FulfilmentDecision {
        let decision = try message.decide(given: state, at: now, rules)
        for change in decision.changes { change.evolve(&state) }
        return decision
    }

    /// Looks keys up that nothing is known of.
    mutating func load(_ keys: [Key]) {
        for key in keys where !state.isLoaded(key) { state.load(key, nil) }
    }

    func keys(of message: FulfilmentMessage) -> [Key] { message.keys(given: state, rules) }

    var order: Order {
        guard let order = state.order(orderID) else { preconditionFailure("order \(orderID) is gone") }
        return order
    }
}

extension Order {
    /// Three pieces on line 1, two on line 2.
    static func sample(
        quantities: [Int64] = [3, 2], phase: Phase = .confirmed, shipments: [Shipment] = [], stops: [Stop] = []
    ) -> Order {
        Order(
            orderID: .sample, delivery: .express, region: .sample(), weightGrams: 1000, phase: phase,
            lines: quantities.enumerated().map { OrderLine(lineID: "\($0 + 1)", sku: "SKU-\($0 + 1)", quantity: $1) },
            shipments: shipments, stops: stops)
    }
}

extension Shipment {
    /// - Parameter quantities: Of the lines 1, 2, …; 0 leaves a line out.
    static func sample(
        _ number: Int64 = 1, _ quantities: [Int64] = [3, 2], state: ShipmentState = .labelled
    ) -> Shipment {
        let id = "\(OrderID.sample)-S\(number)"
        let hasLeft = state != .planned && state != .labelled && state != .cancelled
        return Shipment(
            shipmentID: id, number: number, warehouse: "hangzhou", plannedAt: .sample, parcelID: id,
            label: Label(carrier: "sf", waybill: "SF\(1000 + number)", promiseDays: 2),
            lines: quantities.enumerated().filter { $1 > 0 }.map {
                ShipmentLine(lineID: "\($0 + 1)", sku: "SKU-\($0 + 1)", quantity: $1, unitWeightGrams: 100)
            }, state: state, dispatchedAt: hasLeft ? .sample : nil)
    }
}

extension Stop {
    /// A case that stopped pieces of the lines 1, 2, ….
    static func sample(_ number: Int = 1, _ quantities: [Int64]) -> Stop {
        Stop(
            asker: "\(OrderID.sample)-A\(number)", kind: .case,
            lines: quantities.enumerated().filter { $1 > 0 }.map { LinePieces(lineID: "\($0 + 1)", quantity: $1) })
    }
}

/// Every order in which the elements can stand; for at most five of them.
func permutations<Element>(of elements: [Element]) -> [[Element]] {
    precondition(elements.count <= 5, "\(elements.count) elements have too many orders")
    guard let first = elements.first else { return [[]] }
    return permutations(of: Array(elements.dropFirst())).flatMap { rest in
        (0...rest.count).map { Array(rest[..<$0]) + [first] + Array(rest[$0...]) }
    }
}
