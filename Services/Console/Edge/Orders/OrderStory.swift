import ConsoleDomain
import Contracts

/// An order with all that is told of it, as far as the viewer may see it.
struct OrderStory: Sendable {
    let order: StoryOrder
    let lines: [StoryLine]
    let choices: OrderChoices
    var parcels: [StoryParcel] = []
    var cases: [StoryCase] = []
    var refunds: [StoryRefund] = []
    var earnings: [StoryEarning] = []
    var facts: [StoryFact] = []
    var commands: [CommandState] = []

    /// - Throws: `SiteProblem.notFound` also for an order that belongs to others.
    static func find(_ visit: Visit) async throws -> OrderStory {
        let orderID = visit.path["id"] ?? ""
        let viewer = visit.viewer
        let scope = visit.scope
        let story = try await visit.tools.database.read { connection -> OrderStory? in
            guard let order = try StoryOrder.find(orderID, scope, in: connection) else { return nil }
            var story = OrderStory(
                order: order, lines: try StoryLine.all(of: orderID, in: connection),
                choices: try OrderChoices.read(viewer, in: connection))
            if viewer.may(.shipmentsView) { story.parcels = try StoryParcel.all(of: orderID, scope, in: connection) }
            if viewer.may(.casesView) {
                story.cases = try StoryCase.all(of: orderID, scope, in: connection)
                story.refunds = try StoryRefund.all(of: orderID, scope, in: connection)
            }
            if viewer.may(.commissionView) || viewer.may(.ownStatement) {
                story.earnings = try StoryEarning.all(of: orderID, scope, in: connection)
            }
            let topics = StoryFact.topics(for: viewer)
            if !topics.isEmpty {
                story.facts = try StoryFact.all(of: orderID, on: topics, in: connection)
                if case .warehouses = viewer.scope { story.keepOwnParcels() }
                story.commands = try CommandRows.all(about: "order/\(orderID)", in: connection)
            }
            return story
        }
        guard let story else { throw SiteProblem.notFound }
        return story
    }

    /// A warehouse reads what is told of its own parcels and of no others.
    private mutating func keepOwnParcels() {
        let own = Set(parcels.map(\.shipmentID))
        facts.removeAll { fact in fact.shipmentID.map { !own.contains($0) } ?? false }
    }

    var money: OrderMoney {
        OrderMoney(
            lines: lines.map {
                OrderMoney.Line(
                    quantity: $0.quantity, unitPrice: $0.unitPrice, discount: $0.discount, paid: $0.paid)
            }, goodsTotal: order.goodsTotal, freight: order.freight, tax: order.tax, fees: order.fees,
            total: order.total)
    }

    var commission: CommissionTree {
        CommissionTree(
            chain: order.chain,
            facts: facts.compactMap { fact in
                if let accrued = fact.read(CommissionAccrued.self) { return .accrued(accrued) }
                if let matured = fact.read(CommissionMatured.self) { return .matured(matured) }
                return fact.read(CommissionReversed.self).map { .reversed($0) }
            })
    }

    /// The newest word of inventory about where the goods come from.
    var routing: StockReserved? { facts.reversed().lazy.compactMap { $0.read(StockReserved.self) }.first }

    var attribution: Attribution? {
        // Kept as it was told; one that a newer intake writes differently is shown without its contest.
        order.attribution.flatMap { try? Attribution(JSONDocument.object(Array($0.utf8))) }
    }

    /// Why the order belongs to nobody, where somebody could have had it.
    var contest: [Contender] {
        if let attribution { return attribution.contest }
        return facts.lazy.compactMap { $0.read(OrderPlaced.self) }.first?.contest ?? []
    }

    /// What carriers said, by shipment, oldest first.
    var scans: [String: [ShipmentTracked]] {
        Dictionary(grouping: facts.compactMap { $0.read(ShipmentTracked.self) }, by: \.shipmentID)
            .mapValues { $0.sorted { $0.occurredAt < $1.occurredAt } }
    }

    func actions(for viewer: Viewer) -> [OrderAction] {
        OrderAction.allCases.filter { viewer.may($0.permission) && order.standing.refusal(of: $0) == nil }
    }
}
