import Contracts

/// A purchase as a channel's order, and what its buyer does afterwards.
///
/// - Shape: one line; the price of a piece makes the SKU. What does not divide by the pieces is the line's discount, so
///   that the sum is exact.
struct DemoOrder {
    let purchase: Purchase
    let channel: DemoChannel
    let fate: DemoFate
    let placedAt: Instant
    let referral: String?

    init(_ purchase: Purchase, seed: UInt64) {
        self.purchase = purchase
        let customer = DemoCustomer(purchase.customer, seed: seed)
        channel = customer.channel
        referral = customer.referralCode
        var random = SeededRandom(seed: seed, "order \(purchase.number)")
        placedAt = Instant(
            milliseconds: Int64(purchase.day.daysSinceEpoch) * 86_400_000 + Int64(random.number(below: 86_400)) * 1000)
        fate = DemoFate.draw(
            &random, purchase: purchase, hasStock: DemoStock.hasStock(Self.sku(purchase), seed: seed))
    }

    var externalOrderID: String { "CDNOW-\(purchase.number)" }
    var orderID: OrderID {
        OrderID(channel: channel.rawValue, externalOrderID: externalOrderID, placedAt: placedAt)
    }
    var key: String { "\(channel.rawValue)/\(externalOrderID)" }
    var sku: String { Self.sku(purchase) }

    /// Rounded up, so that the discount takes off what is too much.
    static func unitPrice(_ purchase: Purchase) -> Int64 { (purchase.cents + purchase.pieces - 1) / purchase.pieces }
    static func sku(_ purchase: Purchase) -> String { "CD-\(unitPrice(purchase))" }

    func order(seed: UInt64) -> OutgoingRecord {
        let customer = DemoCustomer(purchase.customer, seed: seed)
        let unitPrice = Self.unitPrice(purchase)
        let line = ChannelOrder.Line(
            lineID: "1", sku: sku, quantity: purchase.pieces, unitPrice: unitPrice,
            discount: unitPrice * purchase.pieces - purchase.cents, gift: false, giftOf: nil)
        let paid = fate.paysWithOrder && purchase.cents > 0
        let order = ChannelOrder(
            channel: channel.rawValue, externalOrderID: externalOrderID, terminal: channel.kind.rawValue,
            placedAt: placedAt, buyer: customer.buyer, shipTo: customer.address,
            referral: referral.map { ChannelOrder.Referral(code: $0, kind: .link, at: placedAt) }, lines: [line],
            total: purchase.cents,
            payment: paid
                ? ChannelOrder.Payment(
                    paymentID: paymentID, status: .succeeded, amount: purchase.cents, method: "wechat-pay",
                    paidAt: placedAt) : nil)
        return record(order, .channelOrders, "order")
    }

    var payment: OutgoingRecord {
        let payment = ChannelPayment(
            channel: channel.rawValue, externalOrderID: externalOrderID, paymentID: paymentID, status: .succeeded,
            amount: purchase.cents, method: "wechat-pay", paidAt: placedAt + .minutes(1))
        return record(payment, .channelPayments, "payment")
    }

    var cancellation: OutgoingRecord {
        let wish = ChannelOrderCancel(
            channel: channel.rawValue, externalOrderID: externalOrderID, reason: "changed my mind",
            requestedAt: placedAt + .minutes(5))
        return record(wish, .channelOrders, "cancel")
    }

    /// The buyer wants money back: of one piece, or of all.
    var afterSalesRequest: OutgoingRecord {
        let request = AfterSalesRequest(
            channel: channel.rawValue, externalOrderID: externalOrderID, externalCaseID: externalCaseID,
            kind: fate == .returned ? .return : .refund, reason: "not as expected",
            lines: [AfterSalesRequest.Line(lineID: "1", quantity: fate == .refundedPart ? 1 : purchase.pieces)],
            requestedAt: placedAt + .minutes(10))
        return record(request, .channelAfterSales, "after-sales")
    }

    /// The buyer has sent the goods back.
    func goodsSent(waybill: String, at: Instant) -> OutgoingRecord {
        let shipped = AfterSalesShipped(
            channel: channel.rawValue, externalOrderID: externalOrderID, externalCaseID: externalCaseID,
            carrier: "sf", waybill: waybill, shippedAt: at)
        return record(shipped, .channelAfterSales, "goods-sent")
    }

    private var paymentID: String { "P-\(externalOrderID)" }
    private var externalCaseID: String { "AS-\(externalOrderID)" }

    private func record(_ message: some Message, _ topic: Topic, _ purpose: String) -> OutgoingRecord {
        OutgoingRecord(
            message, on: topic, key: key, id: "demo/\(key)/\(purpose)", source: "/channels/\(channel.rawValue)")
    }
}
