import CommissionDomain
import Contracts
import Support

@testable import Ops

/// An order with everything that commission knows of, and what ops makes of it.
enum CommissionLife {
    static let rates: [DistributionPlan.Rate] = [
        .init(.basisPoints(1000)), .init(.basisPoints(1250), grade: "gold"), .init(.basisPoints(800), grade: "silver"),
        .init(.basisPoints(600), commissionClass: "food"), .init(.amountPerUnit(77), sku: "SKU-2"),
    ]
    static let plan = DistributionPlan.sample(
        levels: [.init(level: 1, rates: rates), .init(level: 2, rates: [.init(.basisPoints(500))])])
    static let lines: [PlacedLine] = [.sample(unitPrice: 9999), .sample("2", sku: "SKU-2", quantity: 3)]
    static let winner = Attribution(
        memberID: "M3", kind: .binding, chain: [ChainLink(memberID: "M3", grade: "gold"), ChainLink(memberID: "M1")],
        reason: "bound by link", contest: [Contender(memberID: "M7", kind: .code, reason: "used too late")])

    /// An order's whole life: two refunds, one before and one after maturity.
    static func live(_ books: CommissionBooks) throws {
        try books.sell(.sold("WX-1001", lines, attribution: winner))
        try books.tell([CaseRefunded.sold(3333), OrderCompleted.sample()])
        try books.advance(by: .days(8))
        try books.tell([CaseRefunded.sold(10_000, of: "2", number: 2)])
    }

    static func explanation(_ books: CommissionBooks, _ orderID: OrderID = .sample) throws -> OrderExplanation {
        try ExplainCommissionCommand.explanation(order: orderID.text, books.connection)
    }
}

/// The two stories of an order and every way to mix them.
enum MessageMix {
    enum Step { case placed, confirmed, changed, completed, opened, tiny, refunded, closed, other }

    /// 9! / (4! · 5!) = 126.
    static let all = mix([.placed, .confirmed, .changed, .completed], [.opened, .tiny, .refunded, .closed, .other])

    private static func mix(_ left: ArraySlice<Step>, _ right: ArraySlice<Step>) -> [[Step]] {
        guard let first = left.first, let second = right.first else { return [Array(left + right)] }
        return mix(left.dropFirst(), right).map { [first] + $0 } + mix(left, right.dropFirst()).map { [second] + $0 }
    }
}

extension CommissionBooks {
    func publish(_ step: MessageMix.Step, of placed: OrderPlaced) {
        let orderID = placed.orderID
        switch step {
        case .placed: publish(placed)
        case .confirmed: publish(OrderConfirmed.sample(orderID: orderID))
        case .changed:
            let chain = [ChainLink(memberID: "M9"), ChainLink(memberID: "M1", grade: "gold")]
            publish(
                OrderAttributionChanged(
                    orderID: orderID, attribution: .sample(chain: chain), reason: "bound late", version: 5))
        case .completed: publish(OrderCompleted.sample(orderID: orderID))
        case .opened: publish(CaseOpened.sample(orderID: orderID))
        case .tiny: publish(CaseRefunded.sold(1, order: orderID))
        case .refunded: publish(CaseRefunded.sold(3333, order: orderID, number: 2))
        case .closed:
            publish(
                CaseClosed(
                    orderID: orderID, caseID: "\(orderID)-A1", outcome: .refunded, closedAt: .sample, version: 4))
        case .other: publish(CaseRefunded.sold(10_000, of: "2", order: orderID, number: 3))
        }
    }
}
