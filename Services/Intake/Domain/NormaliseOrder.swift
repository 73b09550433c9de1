public import Contracts

extension IntakeRules {
    /// The order as the whole mall sees it: in SKUs of ours, discount and freight shared out, with its distributor.
    ///
    /// Reading has checked the total already, so that `goodsTotal + freight + fees + tax unless included = total` (I7).
    /// - Throws: `Fault` when the discount is above the goods.
    func normalise(
        _ message: ChannelOrder, _ matched: MatchedLines, _ verdict: AttributionVerdict
    ) throws(Fault) -> OrderPlaced {
        let lines = try sharedOut(message, matched)
        let delivery = DeliveryKind(rawValue: message.delivery.rawValue) ?? .express
        let terms = PaymentTerms(rawValue: message.paymentTerms.rawValue) ?? .prepaid
        return OrderPlaced(
            orderID: message.orderID, kind: .sale,
            reservation: matched.isComplete || message.historical ? 1 : 0, channel: message.channel,
            terminal: message.terminal, campaign: message.campaign, externalOrderID: message.externalOrderID,
            placedAt: message.placedAt, currency: message.currency, buyerID: message.buyerID, region: message.region,
            fingerprints: fingerprints(of: message.shipTo, message.buyer), weightGrams: matched.weightGrams,
            lines: lines, goodsTotal: lines.reduce(0) { $0 + $1.paid },
            freight: message.freight, tax: message.tax, fees: message.fees.reduce(0) { $0 + $1.amount },
            total: message.total, receivable: message.receivable, paymentTerms: terms, delivery: delivery,
            shipBy: message.shipBy, historical: message.historical,
            attribution: verdict.attribution, contest: verdict.attribution == nil ? verdict.contest : [])
    }

    private func sharedOut(_ message: ChannelOrder, _ matched: MatchedLines) throws(Fault) -> [PlacedLine] {
        let goods = message.lines.reduce(Int128(0)) { $0 + $1.amount }
        guard Int128(message.orderDiscount) <= goods else {
            throw Fault("orderDiscount \(message.orderDiscount) is above the goods \(goods)", field: "orderDiscount")
        }
        let lines = message.lines.indices.map { index in
            let line = message.lines[index]
            return PlacedLine(
                lineID: line.lineID, sku: matched.skus[index], quantity: line.quantity, unitPrice: line.unitPrice,
                discount: line.discount, orderDiscountShare: 0, freightShare: 0, paid: 0, gift: line.gift,
                giftOf: line.giftOf, piecesPerUnit: matched.pieces[index])
        }
        // No line is above total and order discount together, so it fits.
        return PlacedLine.sharedOut(lines, orderDiscount: message.orderDiscount, freight: message.freight)
    }
}

extension ChannelOrder {
    /// The order as intake would tell it if every SKU were an item of ours and nobody had sold it.
    ///
    /// - Throws: `Fault` when its sums cannot be.
    public func placedByItself() throws(Fault) -> OrderPlaced {
        let rules = IntakeRules(calendar: .shanghai)
        return try rules.normalise(self, MatchedLines(asTheyAre: lines), AttributionVerdict())
    }

    var orderID: OrderID { OrderID(channel: channel, externalOrderID: externalOrderID, placedAt: placedAt) }

    /// `channel/externalBuyerId`.
    var buyerID: String? { buyer?.externalBuyerID.map { "\(channel)/\($0)" } }

    /// The address without street and names.
    var region: Region? {
        shipTo.map { Region(country: $0.country, province: $0.province, city: $0.city, district: $0.district) }
    }
}
