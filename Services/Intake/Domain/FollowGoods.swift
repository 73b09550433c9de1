import Contracts

/// Parcels on their way: what fulfilment tells, and where it brings the order.
extension OrderStep {
    mutating func noteDispatch(_ fact: ShipmentDispatched) {
        guard fact.direction == .out else { return }
        guard order.goods.note(fact.shipmentID, fact.lines, \.dispatchedAt, fact.dispatchedAt) else { return }
        writeBack(fact)
    }

    mutating func noteDelivery(_ fact: ShipmentDelivered) {
        _ = order.goods.note(fact.shipmentID, fact.lines, \.deliveredAt, fact.deliveredAt)
    }

    mutating func noteReturn(_ fact: ShipmentReturned) {
        _ = order.goods.note(fact.shipmentID, fact.lines, \.returnedAt, fact.returnedAt)
    }

    /// Shipped when nothing is still to leave, delivered when all parcels have arrived, completed when the buyer says so.
    mutating func followGoods() {
        guard let lastDispatchedAt = order.goods.lastDispatchedAt else { return }
        let shipmentIDs = order.goods.shipmentIDs
        if order.goods.haveAllLeft(of: order.placed.lines, stopped: order.unshippedRefunds) {
            if move(.shipped) {
                tell(OrderShipped(orderID: orderID, shipmentIDs: shipmentIDs, shippedAt: lastDispatchedAt))
                startReceipt(lastDispatchedAt + .days(order.terms.receiptAfterShipmentDays))
            }
        } else if shipmentIDs != former?.goods.shipmentIDs, move(.partlyShipped) {
            tell(OrderPartiallyShipped(orderID: orderID, shipmentIDs: shipmentIDs, shippedAt: lastDispatchedAt))
        }
        if order.goods.hasArrived, let deliveredAt = order.goods.lastDeliveredAt, move(.delivered) {
            tell(OrderDelivered(orderID: orderID, deliveredAt: deliveredAt))
            startReceipt(deliveredAt + .days(order.terms.receiptAfterDeliveryDays))
        }
        if order.receivedAt != nil { complete() }
    }
}
