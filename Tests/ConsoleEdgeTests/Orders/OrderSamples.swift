import Contracts
import Support

/// Facts of a whole life of one order of two lines, sold by `M3` under `M1`.
enum OrderSamples {
    static let lines: [PlacedLine] = [
        .sample(quantity: 2, unitPrice: 12_900, discount: 1000, orderDiscountShare: 500, freightShare: 600),
        .sample("2", sku: "SKU-2", unitPrice: 5000, freightShare: 200),
    ]

    static let attribution = Attribution(
        memberID: "M3", kind: .link, chain: [ChainLink(memberID: "M3", grade: "gold"), ChainLink(memberID: "M1")],
        reason: "the newest link won", contest: [Contender(memberID: "M8", kind: .code, reason: "the code was older")])

    static var placed: OrderPlaced { .sample(lines: lines, freight: 800, attribution: attribution) }
    static var paid: OrderPaid {
        OrderPaid(orderID: .sample, paymentID: "P-1", amount: 30_100, paidAt: .sample + .minutes(1), version: 2)
    }
    static var confirmed: OrderConfirmed { .sample(version: 3) }

    static var reserved: StockReserved {
        StockReserved(
            orderID: .sample, reservation: 1,
            allocations: [WarehouseAllocation(warehouse: "hangzhou", lines: [.sample(quantity: 2)])],
            routing: Routing(parcels: 1, cost: 900, why: "one parcel is cheapest", rejected: ["shenzhen costs 1,400"]),
            version: 1)
    }

    static func scan(_ status: TrackingStatus, hours: Int64, version: Int64) -> ShipmentTracked {
        ShipmentTracked(
            orderID: .sample, shipmentID: "\(OrderID.sample)-S1", status: status, location: "杭州 \(hours)",
            occurredAt: .sample + .hours(hours), rawCode: "C\(hours)", version: version)
    }

    static func leg(_ memberID: String, _ level: Int64, _ amount: Int64, line: String = "1") -> CommissionLeg {
        CommissionLeg(
            memberID: memberID, level: level, kind: .level, lineID: line, base: 24_300, rateBasisPoints: 1000,
            amount: amount, why: "24,300 × 10 % = \(amount)")
    }

    static var accrued: CommissionAccrued {
        CommissionAccrued(
            orderID: .sample, planID: "2026", planVersion: 3, currency: "CNY",
            legs: [leg("M3", 1, 2430), leg("M1", 2, 1215)], companyShare: 3644, remainder: 1, at: .sample, version: 1)
    }

    /// The order in a state, by the facts that bring it there.
    static func order(
        _ externalOrderID: String, channel: String = "wechat-mini", state: String, seller: String? = nil,
        minute: Int64 = 0, price: Int64 = 10_000
    ) -> [any Fact] {
        let time: Instant = .sample + .minutes(minute)
        let chain = seller.map { [ChainLink(memberID: $0), ChainLink(memberID: "M1")] }
        let placed = OrderPlaced.sample(
            channel: channel, externalOrderID: externalOrderID, placedAt: time, lines: [.sample(unitPrice: price)],
            buyerID: "\(channel)/u-\(externalOrderID)",
            attribution: chain.map { .sample(chain: $0) })
        let orderID = placed.orderID
        let paid = OrderPaid(orderID: orderID, paymentID: "P", amount: price, paidAt: time, version: 2)
        let reserved = StockReserved.sample(orderID: orderID)
        let confirmed = OrderConfirmed.sample(orderID: orderID, version: 3)
        switch state {
        case "placed": return [placed]
        case "paid": return [placed, paid]
        case "confirmed": return [placed, paid, reserved, confirmed]
        case "held": return [placed, paid, OrderHeld(orderID: orderID, reason: "look", heldAt: time, version: 3)]
        case "shipped":
            return [
                placed, paid, reserved, confirmed,
                OrderShipped(orderID: orderID, shipmentIDs: ["\(orderID)-S1"], shippedAt: time, version: 4),
            ]
        case "completed":
            return [
                placed, paid, reserved, confirmed,
                OrderShipped(orderID: orderID, shipmentIDs: ["\(orderID)-S1"], shippedAt: time, version: 4),
                OrderCompleted.sample(orderID: orderID, completedAt: time, version: 5),
            ]
        case "cancelled":
            return [
                placed,
                OrderCancelled(orderID: orderID, reason: .buyer, cancelledAt: time, refundDue: 0, version: 2),
            ]
        case "case": return [placed, paid, CaseOpened.sample(orderID: orderID)]
        default:
            return [
                placed, paid,
                StockBackordered(
                    orderID: orderID, reservation: 1, allocations: [], missing: [.sample()], version: 1),
            ]
        }
    }
}
