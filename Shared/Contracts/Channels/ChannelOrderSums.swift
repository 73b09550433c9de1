extension ChannelOrder {
    /// Every tender: `payments`, and `payment` before them when it is none of them.
    public var tenders: [Payment] {
        guard let payment, !payments.contains(where: { $0.paymentID == payment.paymentID }) else { return payments }
        return [payment] + payments
    }

    /// What the merchant is owed by all sides: the total and the discounts that others bear.
    public var receivable: Int64 {
        discounts.reduce(total) { $1.bearer == .merchant ? $0 : $0 + $1.amount }
    }

    /// Σ(unitPrice·quantity − discount) − orderDiscount + freight + fees + tax unless included.
    ///
    /// - Units: minor units; products of numbers below 10^12 need 128 bits.
    public var calculatedTotal: Int128 {
        let goods = lines.reduce(Int128(0)) { $0 + $1.amount }
        let fees = fees.reduce(Int128(0)) { $0 + Int128($1.amount) }
        return goods - Int128(orderDiscount) + Int128(freight) + fees + Int128(taxIncluded ? 0 : tax)
    }

    /// What reading checks; for orders that were put together from a platform's own payload.
    ///
    /// - Throws: `Fault` naming the line or the total.
    public func check() throws(Fault) {
        try checkLines()
        try checkTotal()
    }

    /// Line ids are unique, gifts cost nothing and name a line, no discount is above its line.
    public func checkLines() throws(Fault) {
        guard !lines.isEmpty else { throw Fault("is empty", field: "lines") }
        let ids = Set(lines.map(\.lineID))
        var seen: Set<String> = []
        for (index, line) in lines.enumerated() {
            guard seen.insert(line.lineID).inserted else {
                throw Fault("stands twice", field: "lines[\(index)].lineId")
            }
            if line.gift, line.unitPrice != 0 {
                throw Fault("unitPrice \(line.unitPrice) of a gift is not 0", field: "lines[\(index)].unitPrice")
            }
            if let main = line.giftOf, main == line.lineID || !ids.contains(main) {
                throw Fault("names no other line", field: "lines[\(index)].giftOf")
            }
            guard line.amount >= 0 else {
                throw Fault("discount \(line.discount) is above the line", field: "lines[\(index)].discount")
            }
        }
    }

    public func checkTotal() throws(Fault) {
        let calculated = calculatedTotal
        guard Int128(total) == calculated else {
            throw Fault("total \(total) is not the sum \(calculated)", field: "total")
        }
    }
}

extension ChannelOrder.Line {
    /// What the line costs before the order's discount.
    public var amount: Int128 { Int128(unitPrice) * Int128(quantity) - Int128(discount) }
}
