import Contracts

extension OrderStep {
    /// Changes what an order costs while nobody has paid anything for it.
    ///
    /// Discounts of lines and of the order stay what they were; they are shared out anew (I7).
    /// - Returns: Why not, or `nil`.
    mutating func changePrice(_ command: ChangePrice) -> String? {
        guard order.terms.money == .own else { return "the platform sets the prices of this channel" }
        guard case .legal = order.state.after(.repriced) else { return order.state.refusal(of: .repriced) }
        guard order.confirmedAt == nil else { return "the order is confirmed already" }
        guard order.account.covered == 0, !order.handling.awaitsApproval else {
            return "money was paid for the order already"
        }
        var lines = order.placed.lines
        for price in command.lines {
            guard let index = lines.firstIndex(where: { $0.lineID == price.lineID }) else {
                return "the order has no line \(price.lineID)"
            }
            if let why = lines[index].refusal(ofPrice: price.unitPrice) { return why }
            lines[index] = lines[index].costing(price.unitPrice)
        }
        let freight = command.freight ?? order.placed.freight
        guard freight >= 0 else { return "the freight is below 0" }
        let goods = lines.reduce(Int128(0)) { $0 + $1.amount }
        let orderDiscount = order.placed.lines.reduce(0) { $0 + $1.orderDiscountShare }
        guard Int128(orderDiscount) <= goods else { return "the discount \(orderDiscount) is above the goods" }
        let placed = order.placed
        let other = placed.total - placed.goodsTotal - placed.freight
        guard goods + Int128(freight) + Int128(other) < 1_000_000_000_000 else { return "the total is not possible" }
        lines = PlacedLine.sharedOut(lines, orderDiscount: orderDiscount, freight: freight)
        guard lines != placed.lines || freight != placed.freight else { return "the order costs that already" }
        let goodsTotal = lines.reduce(0) { $0 + $1.paid }
        let total = goodsTotal + freight + other
        revise(
            OrderRevised(
                orderID: orderID, cause: .price, reservation: order.reservation, region: placed.region,
                fingerprints: placed.fingerprints, weightGrams: placed.weightGrams, lines: lines,
                goodsTotal: goodsTotal, freight: freight, total: total,
                receivable: placed.receivable - placed.total + total, actor: command.actor, reason: command.reason,
                revisedAt: now))
        payNothingWhenFree()
        return nil
    }

    /// A total of 0 is paid.
    mutating func payNothingWhenFree() {
        guard order.account.total == 0, move(.paid), !order.placed.historical else { return }
        tell(OrderPaid(orderID: orderID, paymentID: "zero", amount: 0, paidAt: now))
        cancel(.paymentTimeout)
    }

    /// The order is from now on as the revision says.
    mutating func revise(_ revision: OrderRevised) {
        order.placed = order.placed.revised(by: revision)
        order.account.total = revision.total
        order.isRevised = true
        tell(revision)
    }
}

extension PlacedLine {
    /// What the line costs before the order's discount.
    var amount: Int128 { Int128(unitPrice) * Int128(quantity) - Int128(discount) }

    fileprivate func refusal(ofPrice unitPrice: Int64) -> String? {
        guard unitPrice >= 0, unitPrice < 1_000_000_000_000 else {
            return "the price of line \(lineID) is not possible"
        }
        guard !gift || unitPrice == 0 else { return "line \(lineID) is a gift" }
        guard costing(unitPrice).amount >= 0 else { return "the discount of line \(lineID) is above its price" }
        return nil
    }

    fileprivate func costing(_ unitPrice: Int64) -> PlacedLine {
        PlacedLine(
            lineID: lineID, sku: sku, quantity: quantity, unitPrice: unitPrice, discount: discount,
            orderDiscountShare: orderDiscountShare, freightShare: freightShare, paid: paid, gift: gift, giftOf: giftOf,
            piecesPerUnit: piecesPerUnit)
    }

    /// Discount and freight go by what each line costs after its own discount, by largest remainder.
    ///
    /// No line may cost 10^12 or more.
    static func sharedOut(_ lines: [PlacedLine], orderDiscount: Int64, freight: Int64) -> [PlacedLine] {
        let amounts = lines.map { Int64($0.amount) }
        let discounts = Allocation.split(orderDiscount, by: amounts)
        let freights = Allocation.split(freight, by: amounts)
        return lines.indices.map { index in
            let line = lines[index]
            return PlacedLine(
                lineID: line.lineID, sku: line.sku, quantity: line.quantity, unitPrice: line.unitPrice,
                discount: line.discount, orderDiscountShare: discounts[index], freightShare: freights[index],
                paid: amounts[index] - discounts[index], gift: line.gift, giftOf: line.giftOf,
                piecesPerUnit: line.piecesPerUnit)
        }
    }
}
