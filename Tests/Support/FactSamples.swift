public import Contracts

extension OrderID {
    /// The order `WX-1001` of `wechat-mini`, placed when samples happen.
    public static let sample = sample("WX-1001")

    public static func sample(
        _ externalOrderID: String, channel: String = "wechat-mini", placedAt: Instant = .sample
    ) -> OrderID {
        OrderID(channel: channel, externalOrderID: externalOrderID, placedAt: placedAt)
    }
}

extension OrderPlaced {
    /// A paid-in-advance order of these lines whose sums fit together.
    public static func sample(
        channel: String = "wechat-mini", externalOrderID: String = "WX-1001", placedAt: Instant = .sample,
        kind: OrderKind = .sale, replaces: OrderID? = nil, caseID: String? = nil, reservation: Int64 = 1,
        lines: [PlacedLine] = [.sample()], freight: Int64 = 0, buyerID: String? = "wechat-mini/u-77",
        region: Region? = .sample(), fingerprints: Fingerprints? = nil, weightGrams: Int64 = 1000,
        paymentTerms: PaymentTerms = .prepaid,
        delivery: DeliveryKind = .express, shipBy: Instant? = nil, historical: Bool = false,
        attribution: Attribution? = nil, version: Int64 = 1
    ) -> OrderPlaced {
        let goods = lines.reduce(Int64(0)) { $0 + $1.paid }
        return OrderPlaced(
            orderID: .sample(externalOrderID, channel: channel, placedAt: placedAt), kind: kind, replaces: replaces,
            caseID: caseID, reservation: reservation, channel: channel, externalOrderID: externalOrderID,
            placedAt: placedAt, currency: "CNY", buyerID: buyerID, region: region, fingerprints: fingerprints,
            weightGrams: weightGrams,
            lines: lines, goodsTotal: goods, freight: freight, tax: 0, fees: 0, total: goods + freight,
            receivable: goods + freight, paymentTerms: paymentTerms, delivery: delivery, shipBy: shipBy,
            historical: historical, attribution: attribution, version: version)
    }
}

extension PlacedLine {
    /// A line without a share of the freight; a gift costs nothing.
    public static func sample(
        _ lineID: String = "1", sku: String = "SKU-1", quantity: Int64 = 1, unitPrice: Int64 = 10_000,
        discount: Int64 = 0, orderDiscountShare: Int64 = 0, freightShare: Int64 = 0, giftOf: String? = nil
    ) -> PlacedLine {
        let price = giftOf == nil ? unitPrice : 0
        return PlacedLine(
            lineID: lineID, sku: sku, quantity: quantity, unitPrice: price, discount: discount,
            orderDiscountShare: orderDiscountShare, freightShare: freightShare,
            paid: price * quantity - discount - orderDiscountShare, gift: giftOf != nil, giftOf: giftOf)
    }
}

extension Region {
    public static func sample(province: String = "浙江省", city: String = "杭州市") -> Region {
        Region(country: "CN", province: province, city: city, district: "西湖区")
    }
}

extension Attribution {
    /// The first member of the chain sold the order.
    public static func sample(
        kind: AttributionKind = .binding,
        chain: [ChainLink] = [ChainLink(memberID: "M3", grade: "gold"), ChainLink(memberID: "M1")]
    ) -> Attribution {
        Attribution(
            memberID: chain.first?.memberID ?? "M3", kind: kind, chain: chain, reason: "bound by link", contest: [])
    }
}

extension LineQuantity {
    public static func sample(_ lineID: String = "1", sku: String = "SKU-1", quantity: Int64 = 1) -> LineQuantity {
        LineQuantity(lineID: lineID, sku: sku, quantity: quantity)
    }
}

extension OrderConfirmed {
    public static func sample(
        orderID: OrderID = .sample, reservation: Int64 = 1, warehouse: String = "hangzhou",
        lines: [LineQuantity] = [.sample()], confirmedAt: Instant = .sample, version: Int64 = 3
    ) -> OrderConfirmed {
        OrderConfirmed(
            orderID: orderID, reservation: reservation,
            allocations: [WarehouseAllocation(warehouse: warehouse, lines: lines)], confirmedAt: confirmedAt,
            version: version)
    }
}

extension OrderCompleted {
    /// The after-sales window ends seven days after completion.
    public static func sample(
        orderID: OrderID = .sample, completedAt: Instant = .sample, afterSalesUntil: Instant? = nil,
        version: Int64 = 6
    ) -> OrderCompleted {
        OrderCompleted(
            orderID: orderID, completedAt: completedAt, afterSalesUntil: afterSalesUntil ?? completedAt + .days(7),
            version: version)
    }
}

extension StockReserved {
    public static func sample(
        orderID: OrderID = .sample, reservation: Int64 = 1, warehouse: String = "hangzhou",
        lines: [LineQuantity] = [.sample()], version: Int64 = 1
    ) -> StockReserved {
        StockReserved(
            orderID: orderID, reservation: reservation,
            allocations: [WarehouseAllocation(warehouse: warehouse, lines: lines)],
            routing: Routing(parcels: 1, cost: 900, why: "nearest", rejected: []), version: version)
    }
}

extension ShipmentDispatched {
    public static func sample(
        orderID: OrderID = .sample, shipment: Int = 1, direction: ShipmentDirection = .out,
        warehouse: String = "hangzhou", carrier: String = "sf", waybill: String = "SF1034567890123",
        lines: [LineQuantity] = [.sample()], dispatchedAt: Instant = .sample, promisedBy: Instant? = nil,
        version: Int64 = 3
    ) -> ShipmentDispatched {
        ShipmentDispatched(
            orderID: orderID, shipmentID: "\(orderID)-S\(shipment)", parcelID: "\(orderID)-S\(shipment)",
            direction: direction, warehouse: warehouse, carrier: carrier, waybill: waybill, lines: lines,
            dispatchedAt: dispatchedAt, promisedBy: promisedBy, version: version)
    }
}

extension ShipmentDelivered {
    public static func sample(
        orderID: OrderID = .sample, shipment: Int = 1, carrier: String = "sf", waybill: String = "SF1034567890123",
        lines: [LineQuantity] = [.sample()], deliveredAt: Instant = .sample, version: Int64 = 5
    ) -> ShipmentDelivered {
        ShipmentDelivered(
            orderID: orderID, shipmentID: "\(orderID)-S\(shipment)", carrier: carrier, waybill: waybill,
            lines: lines, deliveredAt: deliveredAt, version: version)
    }
}

extension CaseOpened {
    /// A case about whole lines; its preview gives back `amount` for goods.
    public static func sample(
        orderID: OrderID = .sample, number: Int = 1, externalCaseID: String? = nil, kind: CaseKind = .refund,
        reason: String = "damaged",
        lines: [CaseLine] = [CaseLine(lineID: "1", sku: "SKU-1", quantity: 1)], amount: Int64 = 10_000,
        version: Int64 = 1
    ) -> CaseOpened {
        CaseOpened(
            orderID: orderID, caseID: "\(orderID)-A\(number)", externalCaseID: externalCaseID, kind: kind,
            reason: reason, lines: lines, amount: amount,
            preview: CasePreview(
                goods: amount, freight: 0, commission: 0, stock: lines.reduce(0) { $0 + $1.quantity }),
            version: version)
    }
}

extension CaseRefunded {
    /// The amount is what the lines and the freight give back.
    public static func sample(
        orderID: OrderID = .sample, number: Int = 1,
        lines: [RefundedLine] = [RefundedLine(lineID: "1", quantity: 1, amount: 10_000)], freight: Int64 = 0,
        version: Int64 = 3
    ) -> CaseRefunded {
        CaseRefunded(
            orderID: orderID, caseID: "\(orderID)-A\(number)", refundID: "\(orderID)-R\(number)",
            amount: lines.reduce(freight) { $0 + $1.amount }, lines: lines, freight: freight, version: version)
    }
}
