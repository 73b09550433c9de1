/// The money of an order, and whether it adds up.
///
/// - Units: minor units of the order's currency.
/// - Source: DESIGN section 5, invariant I7.
public struct OrderMoney: Sendable, Equatable {
    public struct Line: Sendable, Equatable {
        public let quantity: Int64
        public let unitPrice: Int64
        public let discount: Int64
        /// What it costs the buyer without freight.
        public let paid: Int64

        public init(quantity: Int64, unitPrice: Int64, discount: Int64, paid: Int64) {
            self.quantity = quantity
            self.unitPrice = unitPrice
            self.discount = discount
            self.paid = paid
        }

        /// Before any discount.
        public var list: Int64 { unitPrice * quantity }
        /// Its share of what is taken off the whole order.
        public var orderDiscount: Int64 { list - discount - paid }
    }

    public let lines: [Line]
    public let goodsTotal: Int64
    public let freight: Int64
    public let tax: Int64
    public let fees: Int64
    public let total: Int64

    public init(lines: [Line], goodsTotal: Int64, freight: Int64, tax: Int64, fees: Int64, total: Int64) {
        self.lines = lines
        self.goodsTotal = goodsTotal
        self.freight = freight
        self.tax = tax
        self.fees = fees
        self.total = total
    }

    public var list: Int64 { lines.reduce(0) { $0 + $1.list } }
    public var lineDiscounts: Int64 { lines.reduce(0) { $0 + $1.discount } }
    public var orderDiscount: Int64 { lines.reduce(0) { $0 + $1.orderDiscount } }

    /// The tax is in the prices already.
    public var isTaxIncluded: Bool { tax > 0 && total == goodsTotal + freight + fees }

    public var addsUp: Bool {
        let goods = lines.reduce(0) { $0 + $1.paid }
        return goods == goodsTotal && total == goodsTotal + freight + fees + (isTaxIncluded ? 0 : tax)
    }
}

extension OrderMoney {
    /// What the order would cost with other prices; discounts stay what they were.
    ///
    /// - Parameters:
    ///   - prices: One for each line, for one piece.
    ///   - freight: The new one.
    /// - Returns: Nil for what intake surely refuses: discounts above the goods, a total that is not possible.
    public func total(prices: [Int64], freight: Int64) -> Int64? {
        precondition(prices.count == lines.count, "\(prices.count) prices for \(lines.count) lines")
        var goods = -Int128(orderDiscount)
        for (line, price) in zip(lines, prices) {
            let amount = Int128(price) * Int128(line.quantity) - Int128(line.discount)
            guard amount >= 0 else { return nil }
            goods += amount
        }
        let sum = goods + Int128(freight) + Int128(total - goodsTotal - self.freight)
        guard goods >= 0, 0..<1_000_000_000_000 ~= sum else { return nil }
        return Int64(sum)
    }
}
